//! Why packages cannot be, or were not, installed.

/// A package could not be installed. The run fails with it, and the SOCK that was there stays.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[non_exhaustive]
pub enum PackageError {
    /// The same package is there.
    #[error("package {package} is already installed")]
    #[diagnostic(code(toe::install::already_installed), help("remove the second Rpm line"))]
    AlreadyInstalled {
        /// Name, version, release, architecture.
        package: String,
    },
    /// A newer version is there.
    #[error("package {package} cannot be installed: {newer}, which is newer, is already installed")]
    #[diagnostic(
        code(toe::install::newer_installed),
        help("keep one of the two Rpm lines; `toe update` moves pins to the newest version")
    )]
    NewerInstalled {
        /// The older one.
        package: String,
        /// The newer one.
        newer: String,
    },
    /// Made for other machines.
    #[error("package {package} is for the architecture {arch}, this machine is {machine}")]
    #[diagnostic(
        code(toe::install::wrong_architecture),
        help("name the package built for this machine, or build the SOCK on one of that architecture")
    )]
    WrongArchitecture {
        /// The package.
        package: String,
        /// Its architecture.
        arch: String,
        /// This machine's.
        machine: String,
    },
    /// Two packages have different files of one name.
    #[error("file {path} from install of {package} conflicts with file from package {other}")]
    #[diagnostic(
        code(toe::install::file_conflict),
        help("install only one of them, or let the later one win with `--replacefiles` on its Rpm line")
    )]
    FileConflict {
        /// The file.
        path: String,
        /// The later package.
        package: String,
        /// The earlier package.
        other: String,
    },
    /// A file or link of a package would have to replace a directory.
    #[error("{path} of {package} is a {kind}, but a directory is there{of}")]
    #[diagnostic(
        code(toe::install::directory_in_the_way),
        help(
            "install the package that makes this link (usually `filesystem`) before those with files below it"
        )
    )]
    DirectoryInTheWay {
        /// The file.
        path: String,
        /// Its package.
        package: String,
        /// What it is.
        kind: &'static str,
        /// ` (made for PACKAGE)`, when it is known.
        of: String,
    },
    /// A scriptlet cannot run here.
    #[error("{scriptlet} of {package} cannot run: {why}")]
    #[diagnostic(
        code(toe::install::scriptlet_unsupported),
        help(
            "put `--noscripts` on the package's Rpm line to install it without scriptlets, and do what it would do with Exec"
        )
    )]
    ScriptletUnsupported {
        /// The package.
        package: String,
        /// `%post`, `%triggerin`.
        scriptlet: String,
        /// Why not.
        why: String,
    },
    /// A scriptlet on which the installation depends failed.
    #[error("{scriptlet} of {package} failed: {end}{output}")]
    #[diagnostic(
        code(toe::install::scriptlet_failed),
        help(
            "its output is above; a package it needs may have to come first, or put `--noscripts` on its Rpm line"
        )
    )]
    ScriptletFailed {
        /// The package.
        package: String,
        /// `%pre`.
        scriptlet: String,
        /// How it ended.
        end: String,
        /// Its last line of output, in parentheses.
        output: String,
    },
    /// A file's content is not what the header says.
    #[error("{path} in the payload of {package} does not have the digest that the header gives")]
    #[diagnostic(
        code(toe::install::digest_mismatch),
        help("the package is damaged or forged: fetch it again, from another place")
    )]
    DigestMismatch {
        /// The file.
        path: String,
        /// Its package.
        package: String,
    },
    /// A capability text that nobody understands.
    #[error("{path} of {package} has the file capability `{text}`, which is not known")]
    #[diagnostic(
        code(toe::install::bad_capability),
        help("the package was built for a newer kernel, or is wrong: rebuild it")
    )]
    BadCapability {
        /// The file.
        path: String,
        /// Its package.
        package: String,
        /// FILECAPS.
        text: String,
    },
    /// A link of the path does not lead to a directory.
    #[error("{package} has files below {path}, which is not a directory")]
    #[diagnostic(
        code(toe::install::not_a_directory),
        help("install the package that owns the target of that link first, or remove the link")
    )]
    NotADirectory {
        /// The directory.
        path: String,
        /// The package.
        package: String,
    },
    /// Reading the package file failed.
    #[error("cannot read {file}")]
    #[diagnostic(code(toe::install::read_package), help("see the cause; fetch the package again"))]
    ReadPackage {
        /// The package file.
        file: String,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// The package itself is wrong.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Rpm(#[from] toe_rpm::Error),
    /// An operation inside the SOCK failed.
    #[error("cannot install {package}")]
    #[diagnostic(code(toe::install::write), help("see the cause; check free space and permissions"))]
    Write {
        /// The package.
        package: String,
        /// What failed.
        #[source]
        source: toe_root::RootError,
    },
    /// The tree of the SOCK cannot be read.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Root(#[from] toe_root::RootError),
    /// No sandbox for a scriptlet.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Sandbox(#[from] crate::sandbox::SandboxError),
    /// A command of an Exec line failed.
    #[error("Exec {command} failed: {end}{output}")]
    #[diagnostic(
        code(toe::install::exec_failed),
        help("its output is above; it runs inside the SOCK, without network and devices of the host")
    )]
    ExecFailed {
        /// Its words.
        command: String,
        /// How it ended.
        end: String,
        /// Its last line of output, in parentheses.
        output: String,
    },
    /// A number that is no package of the transaction.
    #[error("the transaction has no package number {index}")]
    #[diagnostic(code(toe::install::no_such_package), help("this is a fault in toe: please report it"))]
    NoSuchPackage {
        /// The number.
        index: usize,
    },
}

/// A path of a package for messages: bytes that are not printable are escaped.
pub(crate) fn shown(path: &[u8]) -> String {
    match std::str::from_utf8(path) {
        Ok(text) if !text.contains(char::is_control) => text.to_owned(),
        _ => path.escape_ascii().to_string(),
    }
}
