//! Why an account cannot be added.

/// The same refusals as shadow-utils'.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum AccountError {
    /// groupadd's status 9.
    #[error("the group `{name}` exists already in the SOCK")]
    #[diagnostic(
        code(toe::install::group_exists),
        help("a package or an earlier line made it: leave this line out")
    )]
    GroupExists {
        /// The group.
        name: String,
    },
    /// groupadd's status 4.
    #[error("the GID {gid} is taken in the SOCK by the group `{by}`")]
    #[diagnostic(
        code(toe::install::gid_taken),
        help("choose a number that /etc/group of the SOCK does not have")
    )]
    GidTaken {
        /// The number.
        gid: u32,
        /// Who has it.
        by: String,
    },
    /// useradd's status 6.
    #[error("the SOCK has no group with the GID {gid}")]
    #[diagnostic(code(toe::install::no_such_gid), help("add it first: GroupAdd {gid} NAME"))]
    NoSuchGid {
        /// The number.
        gid: u32,
    },
    /// useradd's status 9.
    #[error("the user `{name}` exists already in the SOCK")]
    #[diagnostic(
        code(toe::install::user_exists),
        help("a package or an earlier line made it: leave this line out")
    )]
    UserExists {
        /// The user.
        name: String,
    },
    /// useradd's status 4.
    #[error("the UID {uid} is taken in the SOCK by the user `{by}`")]
    #[diagnostic(
        code(toe::install::uid_taken),
        help("choose a number that /etc/passwd of the SOCK does not have")
    )]
    UidTaken {
        /// The number.
        uid: u32,
        /// Who has it.
        by: String,
    },
    /// usermod's status 6.
    #[error("the SOCK has no user `{name}`")]
    #[diagnostic(code(toe::install::no_such_user), help("add it first with UserAdd"))]
    NoSuchUser {
        /// The user.
        name: String,
    },
    /// shadow-utils refuse to change one of several.
    #[error("{path} of the SOCK has several entries named `{name}`")]
    #[diagnostic(
        code(toe::install::ambiguous_account),
        help("mend the file; `pwck` and `grpck` name such lines")
    )]
    Ambiguous {
        /// The file.
        path: &'static str,
        /// The entry.
        name: String,
    },
    /// The file is a link, a directory or worse.
    #[error("{path} of the SOCK is a {kind}, not a file")]
    #[diagnostic(code(toe::install::account_file_kind), help("account files must be regular files"))]
    NotAFile {
        /// The file.
        path: &'static str,
        /// What it is.
        kind: &'static str,
    },
    /// An operation inside the SOCK failed.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Root(#[from] toe_root::RootError),
}
