//! `PkgCheck NAME`: a condition over the plan so far and the SOCK.

use toe_plan::{Nevra, Step};

use crate::EvalErrorKind;
use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

/// Where the chroot is built when the foot does not say.
pub(crate) const DEFAULT_SOCK_DIR: &str = "/var/deploy";

impl Machine<'_> {
    pub(super) fn package_check(&mut self, args: &[Expanded]) -> Run<i32> {
        let [name] = args else {
            return Err(self.error(EvalErrorKind::BadArgument {
                message: format!("PkgCheck takes 1 word, here are {}", args.len()),
                help: "write: PkgCheck NAME".to_owned(),
            }));
        };
        if name.text.is_empty() || name.text.starts_with('-') || name.text.chars().any(char::is_control) {
            self.here = name.span;
            return Err(self.error(EvalErrorKind::BadArgument {
                message: format!("`{}` cannot be the name of a package", name.text.escape_debug()),
                help: "write a name, name-version or name-version-release, with or without .arch".to_owned(),
            }));
        }
        self.is_package_there(&name.text).map(|there| i32::from(!there))
    }

    /// True when the package is earlier in the plan or in the SOCK.
    pub(super) fn is_package_there(&mut self, name: &str) -> Run<bool> {
        self.charge(16 + self.directives.len() as u64 / 2)?;
        let planned = self.directives.iter().any(|directive| match &directive.step {
            Step::Rpm { location, .. } => {
                Nevra::from_file_name(location.file_name()).is_some_and(|nevra| nevra.is_named(name))
            }
            _ => false,
        });
        if planned {
            return Ok(true);
        }
        let sock_dir = self.variable("SOCK_DIR")?;
        Ok(self.host.pkg_check(sock_dir.as_deref().unwrap_or(DEFAULT_SOCK_DIR), name))
    }
}
