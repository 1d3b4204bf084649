//! What can go wrong while a package is written.

use std::path::PathBuf;

/// Why a package could not be written.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum BuildError {
    /// A name, version, release or architecture that cannot be part of a package's name.
    #[error("the package's {what} is `{}`, which {why}", .value.escape_debug())]
    #[diagnostic(
        code(toe::rpm::build_name),
        help("use letters, digits and `.` `_` `+` `~` `^`; only the name may also have `-`")
    )]
    Name {
        /// Which part.
        what: &'static str,
        /// The part as it was given.
        value: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A text with a NUL, which a header cannot hold.
    #[error("the package's {what} has a NUL byte")]
    #[diagnostic(code(toe::rpm::build_text), help("remove the NUL byte"))]
    Text {
        /// Which field.
        what: String,
    },
    /// A path that a package cannot hold.
    #[error("`{}` cannot be a path of a package: it {why}", .path.display())]
    #[diagnostic(
        code(toe::rpm::build_path),
        help("give absolute paths without `.`, `..`, doubled slashes and NUL")
    )]
    Path {
        /// The path.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The same path was added twice.
    #[error("`{}` was added to the package twice", .path.display())]
    #[diagnostic(code(toe::rpm::build_duplicate), help("add each path once"))]
    Duplicate {
        /// The path.
        path: PathBuf,
    },
    /// A member of a hard-link set differs from the others.
    #[error("`{}` is hard-linked with `{}` but differs from it in {what}", .path.display(), .first.display())]
    #[diagnostic(
        code(toe::rpm::build_hard_link),
        help("members of a set share size, mode, owner, time and capabilities")
    )]
    HardLink {
        /// The member.
        path: PathBuf,
        /// The set's first member.
        first: PathBuf,
        /// What differs.
        what: &'static str,
    },
    /// A device number beyond the 16 bits of FILERDEVS.
    #[error("`{}` has the device number {major}:{minor}, but packages hold no number above 255:255", .path.display())]
    #[diagnostic(code(toe::rpm::build_device), help("make the device at install time"))]
    Device {
        /// The node.
        path: PathBuf,
        /// Its major number.
        major: u32,
        /// Its minor number.
        minor: u32,
    },
    /// A file's content could not be read.
    #[error("reading `{}` for the package", .path.display())]
    #[diagnostic(code(toe::rpm::build_read), help("make the file readable and build again"))]
    Read {
        /// The file's path in the package.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file was not as long as its metadata said.
    #[error("`{}` changed while it was packed: {expected} bytes were expected, {found} were read", .path.display())]
    #[diagnostic(code(toe::rpm::build_changed), help("stop what writes to it and build again"))]
    Changed {
        /// The file's path in the package.
        path: PathBuf,
        /// Size given with the entry, in bytes.
        expected: u64,
        /// Bytes read (the count stops one past the expected size).
        found: u64,
    },
    /// The output could not be written.
    #[error("writing the package `{}`", .path.display())]
    #[diagnostic(
        code(toe::rpm::build_write),
        help("the directory must exist and be writable, with room for twice the package")
    )]
    Write {
        /// The output file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// More files or text than a header holds.
    #[error("the package's header would exceed what rpm reads ({limit})")]
    #[diagnostic(code(toe::rpm::build_header), help("split the package"))]
    HeaderTooLarge {
        /// The limit that is exceeded.
        limit: &'static str,
    },
}
