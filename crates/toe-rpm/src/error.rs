//! What can go wrong with packages, keys and the database.

use std::fmt::Write as _;
use std::io;

/// An error of this crate. `name` is always the package, key file or database that was being read,
/// as the caller called it, with foreign bytes escaped.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[non_exhaustive]
pub enum Error {
    /// The system refused a read.
    #[error("cannot read {name}")]
    #[diagnostic(code(toe::rpm::read), help("check that the file is there and can be read"))]
    Read {
        /// What was being read.
        name: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file does not begin like a package.
    #[error("{name} is not an rpm package: {reason}")]
    #[diagnostic(
        code(toe::rpm::not_a_package),
        help(
            "check the location: servers often answer with an HTML page, and broken downloads leave empty files"
        )
    )]
    NotAPackage {
        /// The file.
        name: String,
        /// What is there instead.
        reason: String,
    },
    /// The file ends within its headers.
    #[error("{name} is cut off in its {part}")]
    #[diagnostic(code(toe::rpm::truncated), help("fetch the file again"))]
    Truncated {
        /// The file.
        name: String,
        /// `lead`, `signature header`, `header`.
        part: &'static str,
    },
    /// A header breaks the rules of the format.
    #[error("the header of {name} is damaged: {defect}")]
    #[diagnostic(
        code(toe::rpm::damaged_header),
        help(
            "fetch the file again; if it stays so, the package was built wrongly and rpm would refuse it too"
        )
    )]
    Header {
        /// The package or database record.
        name: String,
        /// Which rule.
        #[source]
        defect: HeaderDefect,
    },
    /// A kind of package that is never installed.
    #[error("{name} cannot be installed: it is {what}")]
    #[diagnostic(
        code(toe::rpm::unsupported_package),
        help("name a binary package of rpm 4 or newer instead")
    )]
    Unsupported {
        /// The package.
        name: String,
        /// `a source package`, `a delta package` and so on.
        what: String,
    },
    /// The package needs a feature of rpm that is not known here.
    #[error("{name} needs the rpm feature {feature}, which toe does not know")]
    #[diagnostic(
        code(toe::rpm::unknown_feature),
        help("a newer toe may know it; else use an older build of the package")
    )]
    UnknownFeature {
        /// The package.
        name: String,
        /// `rpmlib(..)`.
        feature: String,
    },
    /// The payload cannot be unpacked, or does not agree with the header.
    #[error("the payload of {name} is damaged: {reason}")]
    #[diagnostic(
        code(toe::rpm::damaged_payload),
        help("fetch the file again; if it stays so, the package was built wrongly or with ill intent")
    )]
    Payload {
        /// The package.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// The database could not be read or written.
    #[error("{doing} the rpm database failed")]
    #[diagnostic(
        code(toe::rpm::database),
        help("check the space on the disk; if the database is damaged, build the root anew")
    )]
    Database {
        /// `opening`, `reading`, `writing` and so on.
        doing: &'static str,
        /// What sqlite says.
        #[source]
        source: rusqlite::Error,
    },
    /// There is no database in the directory.
    #[error("there is no rpm database (rpmdb.sqlite)")]
    #[diagnostic(
        code(toe::rpm::no_database),
        help("name the directory of a chroot that was built with rpm packages")
    )]
    NoDatabase,
    /// The file has other tables than a database of rpm.
    #[error("rpmdb.sqlite is not a database of rpm")]
    #[diagnostic(code(toe::rpm::foreign_database), help("remove it, or build the root anew"))]
    ForeignDatabase,
    /// A file of the database is a link, a device or the like.
    #[error("{name} of the rpm database is not a plain file of its own")]
    #[diagnostic(
        code(toe::rpm::linked_database),
        help("something has put a link in the database's place: look into it, or build the root anew")
    )]
    LinkedDatabase {
        /// The file.
        name: String,
    },
    /// Another program has the database open.
    #[error("the rpm database is in use by another program")]
    #[diagnostic(code(toe::rpm::database_in_use), help("end the rpm or dnf that works on this root"))]
    DatabaseInUse,
    /// Another program has the lock.
    #[error("the rpm database is locked by another program")]
    #[diagnostic(code(toe::rpm::locked), help("wait for the rpm or dnf that works on this root"))]
    Locked,
    /// The database has no such record.
    #[error("the rpm database has no record {hnum}")]
    #[diagnostic(code(toe::rpm::no_record), help("the database is damaged; build the root anew"))]
    NoRecord {
        /// The number.
        hnum: u32,
    },
    /// A key file cannot be used.
    #[error("{name} cannot be used as a public key: {reason}")]
    #[diagnostic(
        code(toe::rpm::key),
        help("name a file with OpenPGP public keys, armored or binary, such as RPM-GPG-KEY-*")
    )]
    Key {
        /// The key file.
        name: String,
        /// Why not.
        reason: String,
    },
    /// A digest is wrong: the file is damaged, or somebody changed it.
    #[error("the {part} of {name} was changed or damaged: its {algorithm} digest is wrong")]
    #[diagnostic(
        code(toe::rpm::digest),
        help("fetch the file again; if it stays so, do not trust the place it comes from")
    )]
    Digest {
        /// The package.
        name: String,
        /// `header` or `payload`.
        part: &'static str,
        /// The digest's name.
        algorithm: String,
    },
    /// No digest covers a part of the package.
    #[error("no digest covers the {part} of {name}")]
    #[diagnostic(code(toe::rpm::no_digest), help("use a build of the package by rpm 4.14 or newer"))]
    NoDigest {
        /// The package.
        name: String,
        /// `header` or `payload`.
        part: &'static str,
    },
    /// The file is longer or shorter than the package says.
    #[error("{name} is cut off or has grown: {found} bytes of {wanted}")]
    #[diagnostic(code(toe::rpm::size), help("fetch the file again"))]
    Size {
        /// The package.
        name: String,
        /// Bytes of header and payload that are there.
        found: u64,
        /// Bytes that the package claims.
        wanted: u64,
    },
    /// A signature is wrong.
    #[error("the signature of {name} by key {key} is bad")]
    #[diagnostic(
        code(toe::rpm::bad_signature),
        help("the package was changed after it was signed: do not use it")
    )]
    BadSignature {
        /// The package.
        name: String,
        /// The key id.
        key: String,
    },
    /// A signature cannot be read.
    #[error("a signature of {name} cannot be read: {reason}")]
    #[diagnostic(code(toe::rpm::unreadable_signature), help("the package is damaged: fetch it again"))]
    UnreadableSignature {
        /// The package.
        name: String,
        /// Why.
        reason: String,
    },
    /// A signature is right, but its key may not be used for it.
    #[error("the signature of {name} by key {key} does not count: {reason}")]
    #[diagnostic(
        code(toe::rpm::unusable_signature),
        help("ask the packager for a package signed anew; `--nosignature` on its Rpm line skips the check")
    )]
    UnusableSignature {
        /// The package.
        name: String,
        /// The key id.
        key: String,
        /// Why.
        reason: String,
    },
    /// There is no signature where one is required.
    #[error("{name} is not signed")]
    #[diagnostic(
        code(toe::rpm::unsigned),
        help(
            "as keys were imported, packages must be signed; `--nosignature` on its Rpm line skips the check"
        )
    )]
    Unsigned {
        /// The package.
        name: String,
    },
    /// Signatures are there, but by keys that are not.
    #[error("{name} is signed by key {keys}, which was not imported")]
    #[diagnostic(
        code(toe::rpm::unknown_key),
        help(
            "import the key with GpgImport before this line, if you trust it; `--nosignature` skips the check"
        )
    )]
    UnknownKey {
        /// The package.
        name: String,
        /// Key ids, with commas between.
        keys: String,
    },
    /// The signature does not cover the payload.
    #[error("the signature of {name} covers its header only, and the header has no digest of the payload")]
    #[diagnostic(
        code(toe::rpm::partly_signed),
        help("use a build of the package by rpm 4.14 or newer; `--nosignature` skips the check")
    )]
    PartlySigned {
        /// The package.
        name: String,
    },
    /// A value of the header cannot be worked with.
    #[error("{name} has a wrong {what}: {reason}")]
    #[diagnostic(
        code(toe::rpm::wrong_value),
        help("the package was built wrongly or with ill intent; it is not installed")
    )]
    Value {
        /// The package.
        name: String,
        /// What the value is, such as `file name`.
        what: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

/// How a header breaks the format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderDefect {
    /// Does not begin with `8e ad e8 01`.
    #[error("it does not begin with the magic bytes")]
    Magic,
    /// More entries or bytes than rpm allows.
    #[error(
        "it claims {entries} entries and {bytes} bytes; at most {max_entries} and {max_bytes} are allowed"
    )]
    TooLarge {
        /// Claimed entries.
        entries: u32,
        /// Claimed data bytes.
        bytes: u32,
        /// Allowed entries.
        max_entries: u32,
        /// Allowed data bytes.
        max_bytes: u32,
    },
    /// Fewer bytes than claimed.
    #[error("it has {got} bytes where {wanted} are claimed")]
    Short {
        /// Bytes that are there.
        got: u64,
        /// Bytes that should be.
        wanted: u64,
    },
    /// No region entry: made by rpm 3.
    #[error("it has no region (a package of rpm 3, or not a package header)")]
    NoRegion,
    /// The region trailer does not fit.
    #[error("its region is inconsistent")]
    Region,
    /// An entry has an unknown type, no values, or lies outside the data.
    #[error("entry {tag}: {reason}")]
    Entry {
        /// The tag number.
        tag: u32,
        /// What is wrong.
        reason: &'static str,
    },
    /// A tag has another type than its meaning wants.
    #[error("entry {tag} has type {found}, {wanted} expected")]
    Type {
        /// The tag number.
        tag: u32,
        /// Its type number.
        found: u32,
        /// What was expected.
        wanted: &'static str,
    },
    /// A tag that must be there is not.
    #[error("entry {tag} is missing")]
    Missing {
        /// The tag number.
        tag: u32,
    },
    /// Arrays that belong together have different lengths.
    #[error("entry {tag} has {found} values where {wanted} are needed")]
    Count {
        /// The tag number.
        tag: u32,
        /// Values that are there.
        found: usize,
        /// Values that should be.
        wanted: usize,
    },
}

/// This crate's results.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn value(name: &str, what: &'static str, reason: impl Into<String>) -> Self {
        Error::Value { name: name.to_owned(), what, reason: reason.into() }
    }
}

/// Foreign bytes for a message: printable ASCII and valid UTF-8 letters as they are, the rest escaped.
pub(crate) fn shown(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() { out.extend(c.escape_default()) } else { out.push(c) }
        }
        for b in chunk.invalid() {
            let _ = write!(out, "\\x{b:02x}");
        }
    }
    if out.chars().count() > 200 {
        out = out.chars().take(200).collect();
        out.push_str("...");
    }
    out
}
