//! What can go wrong between a plan and a SOCK.

use std::io;

use toe_plan::Directive;
use toe_source::{Diagnostic, Label, Origin};

/// Why a SOCK was not built. Whatever it is, the SOCK that was there before is untouched.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[non_exhaustive]
pub enum InstallError {
    /// SOCK_DIR is no place for a SOCK.
    #[error("cannot build a SOCK at {path}: {why}")]
    #[diagnostic(
        code(toe::install::sock_dir_refused),
        help("set SOCK_DIR (or --root) to an absolute path of its own, such as /var/deploy/NAME")
    )]
    SockDirRefused {
        /// SOCK_DIR as given.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// Another run works on the same SOCK.
    #[error("{path} is being built by {holder}")]
    #[diagnostic(code(toe::install::busy), help("wait for it to end; a run that was killed holds nothing"))]
    Busy {
        /// SOCK_DIR.
        path: String,
        /// Who, such as `process 123`.
        holder: String,
    },
    /// The system refused something outside the SOCK's tree.
    #[error("cannot {action} {path}")]
    #[diagnostic(code(toe::install::host), help("see the cause; check permissions and free space there"))]
    Host {
        /// A verb that takes the path.
        action: &'static str,
        /// A path of the host.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// Too little space for the new tree.
    #[error("{path} has {have} {what} left, the new SOCK takes {need}")]
    #[diagnostic(
        code(toe::install::no_space),
        help("free space there, or build on another file system with --root")
    )]
    NoSpace {
        /// The directory beside which it would be built.
        path: String,
        /// `bytes` or `inodes`.
        what: &'static str,
        /// How many are needed.
        need: u64,
        /// How many there are.
        have: u64,
    },
    /// An operation inside the SOCK failed.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Root(#[from] toe_root::RootError),
    /// Something could not be fetched.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Repo(#[from] toe_repo::RepoError),
    /// A package could not be installed.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Package(#[from] crate::PackageError),
    /// A program could not be run inside the SOCK.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Sandbox(#[from] crate::sandbox::SandboxError),
    /// A user or group could not be added or changed.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Account(#[from] crate::accounts::AccountError),
    /// `die` was reached.
    #[error("{message}")]
    #[diagnostic(code(toe::install::die), help("the nail ends the run here with `die`"))]
    Die {
        /// Its words.
        message: String,
    },
    /// A link on the host would replace something that is not ours.
    #[error("cannot link {link} to the SOCK: {why}")]
    #[diagnostic(
        code(toe::install::host_link_taken),
        help("remove what is there, change the Symlink line, or run with --no-host-links")
    )]
    HostLinkTaken {
        /// The link.
        link: String,
        /// What stands in the way.
        why: String,
    },
    /// The foot changed in a way that adding cannot follow.
    #[error("{path} cannot be brought up to this foot by adding to it: {why}")]
    #[diagnostic(code(toe::install::needs_fresh), help("run with --fresh to build it from nothing"))]
    NeedsFresh {
        /// SOCK_DIR.
        path: String,
        /// The first thing that is in the way.
        why: String,
    },
    /// The record inside the SOCK is damaged.
    #[error("the record {path} inside the SOCK cannot be read: {why}")]
    #[diagnostic(code(toe::install::bad_record), help("run with --fresh to build the SOCK from nothing"))]
    BadRecord {
        /// Its path inside.
        path: &'static str,
        /// What is wrong.
        why: String,
    },
    /// An owner that the SOCK does not know.
    #[error("the SOCK has no {kind} `{name}`")]
    #[diagnostic(
        code(toe::install::unknown_owner),
        help("add it with UserAdd or GroupAdd in an earlier line, or write its number")
    )]
    UnknownOwner {
        /// `user` or `group`.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// Something of the host that Copy cannot copy.
    #[error("cannot copy {path} into the SOCK: it is a {kind}")]
    #[diagnostic(
        code(toe::install::copy_kind),
        help("Copy takes files, directories and links; make devices with Mknod")
    )]
    CopyKind {
        /// The host path.
        path: String,
        /// What it is.
        kind: &'static str,
    },
    /// What this build of `toe` cannot do yet.
    #[error("{what} cannot be done yet")]
    #[diagnostic(code(toe::install::not_yet), help("leave it out for now"))]
    NotYet {
        /// What was asked for.
        what: String,
    },
    /// An error of one directive, with its place.
    #[error(transparent)]
    #[diagnostic(transparent)]
    At(Box<Placed>),
    /// More than one thing is wrong; nothing was written.
    #[error("{} things are wrong with the packages", errors.len())]
    #[diagnostic(code(toe::install::several), help("each of them has to be mended"))]
    Several {
        /// They, in the order of the foot.
        errors: Vec<InstallError>,
    },
}

/// An error and the directive that led to it.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("{error}")]
#[diagnostic(forward(error))]
pub struct Placed {
    /// What went wrong.
    #[source]
    error: Box<InstallError>,
    /// Where the directive stands.
    origin: Origin,
}

impl InstallError {
    pub(crate) fn host(action: &'static str, path: &str, source: impl Into<io::Error>) -> Self {
        InstallError::Host { action, path: path.to_owned(), source: source.into() }
    }

    /// One error for several; the only one stays what it is.
    pub(crate) fn all(errors: impl IntoIterator<Item = InstallError>) -> Self {
        let mut errors: Vec<InstallError> = errors.into_iter().collect();
        match errors.pop() {
            Some(only) if errors.is_empty() => only,
            Some(last) => {
                errors.push(last);
                InstallError::Several { errors }
            }
            None => InstallError::Several { errors },
        }
    }

    /// The same error at a directive; one that has a place keeps it.
    pub fn at(self, directive: &Directive) -> Self {
        self.at_origin(&directive.origin)
    }

    /// The same error at a place of the nail; one that has a place keeps it.
    pub fn at_origin(self, origin: &Origin) -> Self {
        match self {
            InstallError::At(_) | InstallError::Several { .. } => self,
            error => InstallError::At(Box::new(Placed { error: Box::new(error), origin: origin.clone() })),
        }
    }

    /// The directive's place, where one led to the error.
    pub fn origin(&self) -> Option<&Origin> {
        match self {
            InstallError::At(placed) => Some(&placed.origin),
            _ => None,
        }
    }

    /// The error itself, without its place.
    pub fn kind(&self) -> &InstallError {
        match self {
            InstallError::At(placed) => placed.error.kind(),
            error => error,
        }
    }

    /// What the binary renders, one for each thing that is wrong.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        match self.kind() {
            InstallError::Several { errors } => errors.iter().flat_map(InstallError::diagnostics).collect(),
            _ => vec![self.diagnostic()],
        }
    }

    /// Message, causes, help, and the place where one is known.
    pub fn diagnostic(&self) -> Diagnostic {
        let mut diagnostic = Diagnostic::from_error(self.kind());
        if let Some(origin) = self.origin() {
            diagnostic.labels.push(Label { span: origin.span, message: String::new() });
            diagnostic.included_from = origin.included_from.to_vec();
        }
        diagnostic
    }
}
