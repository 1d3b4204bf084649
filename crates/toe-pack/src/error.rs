//! What can go wrong while a SOCK is packed.

use toe_root::RootError;
use toe_rpm::build::BuildError;

/// Why a SOCK could not be packed.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum PackError {
    /// The foot does not say what the package is called.
    #[error("the foot sets no {name}, so the package has no {what}")]
    #[diagnostic(code(toe::pack::variable_missing), help("write `{name}=..` into the foot"))]
    VariableMissing {
        /// The variable.
        name: &'static str,
        /// What it names.
        what: &'static str,
    },
    /// EPOCH is not a number.
    #[error("EPOCH is `{}`, which is not a number from 0 to 4294967295", .value.escape_debug())]
    #[diagnostic(code(toe::pack::epoch), help("write `EPOCH=1`, or leave EPOCH out"))]
    Epoch {
        /// The value.
        value: String,
    },
    /// `SOCK_DIR` cannot be a path of a package.
    #[error("SOCK_DIR is `{}`, where no package can be installed", .value.escape_debug())]
    #[diagnostic(
        code(toe::pack::sock_dir),
        help("SOCK_DIR is an absolute path other than `/`, without `..` and control characters")
    )]
    SockDir {
        /// The value.
        value: String,
    },
    /// The foot has a Service, which is not packaged yet.
    #[error("the foot declares the service `{}`, and services are not packaged yet", .name.escape_debug())]
    #[diagnostic(
        code(toe::pack::service_not_yet),
        help("take the Service line out and ship the unit by other means")
    )]
    ServiceNotYet {
        /// Name of the unit.
        name: String,
    },
    /// The tree could not be read.
    #[error("reading the SOCK for the package")]
    #[diagnostic(
        code(toe::pack::tree),
        help("nothing may be mounted inside the SOCK, and all of it must be readable")
    )]
    Tree {
        /// What the tree said.
        #[source]
        source: RootError,
    },
    /// A file's capabilities are in a form that packages do not know.
    #[error("`{}` has a `security.capability` attribute that cannot be read", .path.escape_debug())]
    #[diagnostic(code(toe::pack::capability), help("set the file's capabilities again with setcap"))]
    Capability {
        /// Path inside the SOCK.
        path: String,
    },
    /// The package could not be written.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Build(#[from] BuildError),
}

impl From<RootError> for PackError {
    fn from(source: RootError) -> Self {
        PackError::Tree { source }
    }
}
