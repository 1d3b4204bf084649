//! What can go wrong while fetching.

use std::{io, path::PathBuf};

use crate::Sha256Digest;

/// How often something was tried; shows as ` (5 tries)`, and as nothing for a single one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries(pub u32);

impl std::fmt::Display for Tries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 > 1 { write!(f, " ({} tries)", self.0) } else { Ok(()) }
    }
}

/// Why a package or key could not be fetched. `location` is always without secrets
/// ([`toe_plan::Location::redacted`]).
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[non_exhaustive]
pub enum RepoError {
    /// A path of the host that is not there.
    #[error("cannot open `{path}`: there is no such file")]
    #[diagnostic(
        code(toe::repo::no_such_file),
        help(
            "check the path; a relative path counts from the directory in which toe was started, and packages of a \
             repository are usually named with ${{MREPO_URL}}/NAME.rpm"
        )
    )]
    NoSuchFile {
        /// The path as written.
        path: String,
    },

    /// A path of the host that cannot be read.
    #[error("cannot {doing} `{path}`")]
    #[diagnostic(
        code(toe::repo::unreadable_file),
        help("check the permissions of the file and of each directory above it")
    )]
    UnreadableFile {
        /// The path as written.
        path: String,
        /// An infinitive, such as `open`.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },

    /// A path of the host that is no regular file.
    #[error("`{path}` is {kind}, not a file")]
    #[diagnostic(code(toe::repo::not_a_file), help("name a file: a package (.rpm) or a public key"))]
    NotAFile {
        /// The path as written.
        path: String,
        /// What it is, with its article.
        kind: &'static str,
    },

    /// A file of the host was written to while it was read.
    #[error("`{path}` changed while it was read")]
    #[diagnostic(
        code(toe::repo::file_changed),
        help("wait until whatever writes the file is done, and run again")
    )]
    FileChanged {
        /// The path as written.
        path: String,
    },

    /// A URL that cannot be understood.
    #[error("`{location}` is not a URL that can be fetched: {reason}")]
    #[diagnostic(
        code(toe::repo::bad_url),
        help("write http://HOST/PATH or https://HOST/PATH; check the variables that the URL is made of")
    )]
    BadUrl {
        /// What was to be fetched.
        location: String,
        /// What is wrong with it.
        reason: String,
    },

    /// 404 or 410.
    #[error("cannot fetch `{location}`: the server has no such file (status {status})")]
    #[diagnostic(
        code(toe::repo::not_found),
        help(
            "check MREPO_URL and the file name; repositories drop old versions when newer ones come, and the name must \
             hold version, release and architecture"
        )
    )]
    NotFound {
        /// What was to be fetched.
        location: String,
        /// The status of HTTP.
        status: u16,
    },

    /// 401, 403 or 407.
    #[error("cannot fetch `{location}`: the server does not allow it (status {status})")]
    #[diagnostic(
        code(toe::repo::not_allowed),
        help("check the user and password in the URL, or whether this machine may use the repository")
    )]
    NotAllowed {
        /// What was to be fetched.
        location: String,
        /// The status of HTTP.
        status: u16,
    },

    /// Any other status that is not success.
    #[error("cannot fetch `{location}`: the server answered with status {status}{tries}")]
    #[diagnostic(
        code(toe::repo::bad_status),
        help("the trouble is on the server's side: look at it, or try later or another mirror")
    )]
    BadStatus {
        /// What was to be fetched.
        location: String,
        /// The status of HTTP.
        status: u16,
        /// How often it was tried.
        tries: Tries,
    },

    /// The server asks to come back later than we wait.
    #[error(
        "cannot fetch `{location}`: the server is busy (status {status}) and asks to wait {seconds} seconds"
    )]
    #[diagnostic(code(toe::repo::busy), help("run again later, or use another mirror"))]
    Busy {
        /// What was to be fetched.
        location: String,
        /// The status of HTTP.
        status: u16,
        /// What Retry-After says.
        seconds: u64,
    },

    /// Nobody listens there.
    #[error("cannot fetch `{location}`: {host} refuses the connection")]
    #[diagnostic(
        code(toe::repo::refused),
        help("check host and port in MREPO_URL, and that the server runs")
    )]
    Refused {
        /// What was to be fetched.
        location: String,
        /// Host and port.
        host: String,
    },

    /// The connection could not be made for another reason.
    #[error("cannot fetch `{location}`: no connection to {host}: {reason}{tries}")]
    #[diagnostic(
        code(toe::repo::unreachable),
        help("check the network of this machine and the host in MREPO_URL")
    )]
    Unreachable {
        /// What was to be fetched.
        location: String,
        /// Host and port.
        host: String,
        /// What the system said.
        reason: String,
        /// How often it was tried.
        tries: Tries,
    },

    /// The name has no address.
    #[error("cannot fetch `{location}`: the name {host} cannot be resolved")]
    #[diagnostic(
        code(toe::repo::unknown_host),
        help("check the spelling of the host in MREPO_URL, and the name servers of this machine")
    )]
    UnknownHost {
        /// What was to be fetched.
        location: String,
        /// The host.
        host: String,
    },

    /// Nothing came in time.
    #[error("cannot fetch `{location}`: {what} within {seconds} s{tries}")]
    #[diagnostic(
        code(toe::repo::timeout),
        help(
            "check the network and the server; what was fetched so far is kept and the next run goes on there"
        )
    )]
    Timeout {
        /// What was to be fetched.
        location: String,
        /// What did not happen, such as `no connection`.
        what: &'static str,
        /// The limit.
        seconds: f64,
        /// How often it was tried.
        tries: Tries,
    },

    /// The transfer crept.
    #[error("cannot fetch `{location}`: less than {least} bytes a second came over {seconds} s{tries}")]
    #[diagnostic(
        code(toe::repo::too_slow),
        help("try another mirror; what was fetched so far is kept and the next run goes on there")
    )]
    TooSlow {
        /// What was to be fetched.
        location: String,
        /// Bytes a second.
        least: u64,
        /// The window.
        seconds: f64,
        /// How often it was tried.
        tries: Tries,
    },

    /// The encrypted connection failed.
    #[error("cannot fetch `{location}`: no trusted connection: {reason}")]
    #[diagnostic(
        code(toe::repo::tls),
        help(
            "check that the URL's host is the one in the server's certificate, that this machine's clock is right, and \
             that the certificate's issuer is among the trusted ones (package ca-certificates)"
        )
    )]
    Tls {
        /// What was to be fetched.
        location: String,
        /// What is wrong with it.
        reason: String,
    },

    /// No certificate authority is known.
    #[error("cannot fetch `{location}`: this machine has no certificates of authorities to check https with")]
    #[diagnostic(
        code(toe::repo::no_authorities),
        help("install the package ca-certificates, or set SSL_CERT_FILE to a bundle in PEM")
    )]
    NoAuthorities {
        /// What was to be fetched.
        location: String,
    },

    /// The connection broke.
    #[error("cannot fetch `{location}`: the connection broke: {reason}{tries}")]
    #[diagnostic(
        code(toe::repo::connection),
        help("what was fetched so far is kept and the next run goes on there")
    )]
    Connection {
        /// What was to be fetched.
        location: String,
        /// What the system said.
        reason: String,
        /// How often it was tried.
        tries: Tries,
    },

    /// Less came than was announced.
    #[error("cannot fetch `{location}`: it ended after {have} of {want} bytes{tries}")]
    #[diagnostic(
        code(toe::repo::truncated),
        help(
            "what was fetched so far is kept and the next run goes on there; a proxy on the way may cut it off"
        )
    )]
    Truncated {
        /// What was to be fetched.
        location: String,
        /// Bytes that came.
        have: u64,
        /// Bytes that were announced.
        want: u64,
        /// How often it was tried.
        tries: Tries,
    },

    /// An answer that makes no sense in HTTP.
    #[error("cannot fetch `{location}`: the server's answer makes no sense: {reason}{tries}")]
    #[diagnostic(
        code(toe::repo::bad_answer),
        help("check that MREPO_URL names a web server that serves files")
    )]
    BadAnswer {
        /// What was to be fetched.
        location: String,
        /// What is wrong with it.
        reason: String,
        /// How often it was tried.
        tries: Tries,
    },

    /// More bytes than are allowed.
    #[error("cannot fetch `{location}`: it is larger than the limit of {limit} bytes")]
    #[diagnostic(code(toe::repo::too_large), help("check that the URL names a package or a key"))]
    TooLarge {
        /// What was to be fetched.
        location: String,
        /// The limit.
        limit: u64,
    },

    /// A redirect that is not followed.
    #[error("cannot fetch `{location}`: the server redirects to `{target}`, which is not followed: {reason}")]
    #[diagnostic(code(toe::repo::redirect), help("name the final URL in the foot if it is the right one"))]
    Redirect {
        /// What was to be fetched.
        location: String,
        /// Where it points, without secrets.
        target: String,
        /// Why it is not followed.
        reason: &'static str,
    },

    /// The content is not what was expected.
    #[error("`{location}` has the SHA-256 {found}, expected was {expected}")]
    #[diagnostic(
        code(toe::repo::wrong_digest),
        help(
            "the file is not the one that was locked: it was replaced on the server, or damaged on its way; compare it \
             with its signature before a new lock is written"
        )
    )]
    WrongDigest {
        /// What was fetched.
        location: String,
        /// What was expected.
        expected: Sha256Digest,
        /// What came.
        found: Sha256Digest,
    },

    /// Needed from the network, which must not be used.
    #[error("`{location}` is not in the cache `{cache}`, and this run is offline")]
    #[diagnostic(code(toe::repo::offline), help("run once without --offline"))]
    Offline {
        /// What was to be fetched.
        location: String,
        /// The cache directory.
        cache: PathBuf,
    },

    /// No space is left for the cache.
    #[error("cannot keep `{location}`: no space is left in the cache `{cache}`")]
    #[diagnostic(
        code(toe::repo::cache_full),
        help("make space there, or let the cache be on a larger file system")
    )]
    CacheFull {
        /// What was to be fetched.
        location: String,
        /// The cache directory.
        cache: PathBuf,
        /// What the system said.
        source: io::Error,
    },

    /// The cache cannot be used.
    #[error("cannot {doing} `{path}` of the cache")]
    #[diagnostic(
        code(toe::repo::cache),
        help("check that this user may write there, or let the cache be elsewhere")
    )]
    Cache {
        /// An infinitive, such as `make the directory`.
        doing: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },

    /// The certificates named by the caller cannot be used.
    #[error("cannot use the certificates of `{path}`: {reason}")]
    #[diagnostic(code(toe::repo::bad_authorities), help("the file must hold certificates in PEM"))]
    BadAuthorities {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },

    /// The HTTP client could not be started.
    #[error("cannot start fetching: {reason}")]
    #[diagnostic(
        code(toe::repo::client),
        help("check proxies in the environment and the limits of this process")
    )]
    Client {
        /// What is wrong.
        reason: String,
    },
}
