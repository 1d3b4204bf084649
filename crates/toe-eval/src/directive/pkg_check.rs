//! `PkgCheck NAME`: a condition over the plan so far and the SOCK.

use std::collections::BTreeSet;

use toe_plan::{Nevra, Step};
use toe_source::{Diagnostic, Severity, Span};

use crate::EvalErrorKind;
use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;
use crate::suggest;

use super::planned_packages::package_of;

/// Where the chroot is built when the foot does not say.
pub(crate) const DEFAULT_SOCK_DIR: &str = "/var/deploy";

/// More names that PkgCheck said no to are not remembered.
const MOST_MISSED: usize = 100;
/// More packages are not compared with them.
const MOST_COMPARED: usize = 10_000;

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
        let there = self.is_package_there(&name.text)?;
        if !there && self.packages_missed.len() < MOST_MISSED {
            self.packages_missed.push((name.text.clone(), self.origin_of(name.span)));
        }
        Ok(i32::from(!there))
    }

    /// Warns of each PkgCheck that said no to what is nearly the name of a package of the plan, when the plan
    /// never comes to have what was asked for.
    pub(crate) fn warn_of_misspelt_packages(&mut self) {
        if self.packages_missed.is_empty() {
            return;
        }
        let packages: Vec<(Nevra, Span)> = self
            .directives
            .iter()
            .filter_map(|directive| match &directive.step {
                Step::Rpm { location, .. } => {
                    let nevra = Nevra::from_file_name(location.file_name())?;
                    Some((nevra, directive.arg_spans.first().copied().unwrap_or(directive.origin.span)))
                }
                _ => None,
            })
            .take(MOST_COMPARED)
            .collect();
        let names: BTreeSet<&str> = packages.iter().map(|(nevra, _)| nevra.name.as_str()).collect();
        for (word, origin) in std::mem::take(&mut self.packages_missed) {
            if packages.iter().any(|(nevra, _)| nevra.is_named(&word)) {
                continue;
            }
            let Some(near) = suggest::nearest_package(&word, names.iter().copied()) else { continue };
            let Some((_, span)) = packages.iter().find(|(nevra, _)| nevra.name == near) else { continue };
            let warning = Diagnostic {
                code: "toe::eval::package_name".to_owned(),
                severity: Severity::Warning,
                message: format!("no Rpm line has a package `{word}`"),
                causes: Vec::new(),
                labels: Vec::new(),
                help: Some(format!("did you mean `{near}`? PkgCheck says no to `{word}`")),
                fix: None,
                included_from: origin.included_from.to_vec(),
            };
            self.warnings
                .push(warning.with_label(origin.span, "asked for here").with_label(*span, "in the plan"));
        }
    }

    /// True when the package is earlier in the plan or in the SOCK.
    pub(super) fn is_package_there(&mut self, name: &str) -> Run<bool> {
        // Each end of a name in the word is a look-up of what stands before it.
        let ends = name.bytes().filter(|b| matches!(b, b'-' | b'.')).count() as u64;
        self.charge(16 + ends * (1 + name.len() as u64 / 64))?;
        self.planned_packages.follow(&self.directives);
        let mut work = 0;
        let planned = self.planned_packages.candidates(name).any(|index| {
            work += 1;
            let package = self.directives.get(index).and_then(package_of);
            package.is_some_and(|package| package.is_named(name))
        });
        self.charge(work / 2)?;
        if planned {
            return Ok(true);
        }
        let sock_dir = self.variable("SOCK_DIR")?;
        Ok(self.host.pkg_check(sock_dir.as_deref().unwrap_or(DEFAULT_SOCK_DIR), name))
    }
}
