//! What can go wrong beneath a root.

use std::io;

/// An operation beneath a [`crate::Root`] that did not happen. Paths are those seen inside the root.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum RootError {
    /// The system refused.
    #[error("cannot {action} {path}")]
    #[diagnostic(code(toe::root::system), help("{}", system_help(source)))]
    System {
        /// What was being done, as a verb that takes the path.
        action: &'static str,
        /// To what, as the root sees it, with foreign bytes escaped.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The path cannot be one inside a root.
    #[error("{path} is not a path inside the SOCK: {why}")]
    #[diagnostic(
        code(toe::root::bad_path),
        help("give a path without `..` and NUL, at most 4095 bytes long, 255 bytes a component")
    )]
    BadPath {
        /// The path, with foreign bytes escaped.
        path: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The object is not of the kind that the operation needs.
    #[error("cannot {action} {path}: it is a {kind}")]
    #[diagnostic(code(toe::root::wrong_kind), help("remove it, or change what expects something else there"))]
    WrongKind {
        /// What was being done.
        action: &'static str,
        /// To what.
        path: String,
        /// What stands there.
        kind: &'static str,
    },
    /// Another file system is mounted inside the tree.
    #[error("{path} is on another file system than the tree that holds it")]
    #[diagnostic(code(toe::root::mount_inside), help("unmount it (findmnt shows it) and run again"))]
    MountInside {
        /// The mount point.
        path: String,
    },
    /// Symbolic links that lead to each other, or too many of them.
    #[error("cannot resolve {path}: more than 40 symbolic links")]
    #[diagnostic(code(toe::root::link_loop), help("look at the links with `ls -l` and mend the loop"))]
    LinkLoop {
        /// The path being resolved.
        path: String,
    },
}

impl RootError {
    pub(crate) fn system(action: &'static str, path: &[u8], source: impl Into<io::Error>) -> Self {
        RootError::System { action, path: crate::path::shown(path), source: source.into() }
    }

    /// The system's error number, where the system refused.
    pub fn errno(&self) -> Option<i32> {
        match self {
            RootError::System { source, .. } => source.raw_os_error(),
            _ => None,
        }
    }

    /// True when the object, or a directory on the way to it, does not exist.
    pub fn is_not_found(&self) -> bool {
        matches!(self, RootError::System { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }

    /// True when something stands where a new object was to be made.
    pub fn is_already_exists(&self) -> bool {
        matches!(self, RootError::System { source, .. } if source.kind() == io::ErrorKind::AlreadyExists)
    }
}

fn system_help(source: &io::Error) -> &'static str {
    use rustix::io::Errno;
    match source.raw_os_error().map(Errno::from_raw_os_error) {
        Some(Errno::NOSPC | Errno::DQUOT) => {
            "free space (and inodes: `df -i`) on that file system and run again"
        }
        Some(Errno::ROFS) => "that file system is mounted read-only: build on one that can be written",
        Some(Errno::IO) => "the disk reports an error: see `dmesg`",
        Some(Errno::ACCESS | Errno::PERM) => "run as root, or give a directory that this user may write",
        Some(Errno::NOTDIR) => {
            "a part of the path that must be a directory is something else: look at it with `ls -l`"
        }
        Some(Errno::NOENT) => "a part of the path is missing",
        _ => "the system's own words are above",
    }
}
