//! From the errors of the HTTP client to what a user can act on.

use std::{error::Error, io};

use url::Url;

use crate::{FetchOptions, RepoError, Tries};

/// A failed try, and whether another one may succeed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The run is over for another reason.
    Cancelled,
    /// Another try may succeed; the server may have said when, in seconds.
    Again(RepoError, Option<u64>),
    /// No further try makes sense.
    Final(RepoError),
}

impl From<RepoError> for Failure {
    fn from(error: RepoError) -> Self {
        Failure::Final(error)
    }
}

/// What a try is about, for messages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempt<'a> {
    pub location: &'a str,
    pub tries: Tries,
    pub options: &'a FetchOptions,
}

impl Attempt<'_> {
    /// The failure of a request to `url` before its body.
    pub fn request_failed(&self, url: &Url, error: &reqwest::Error) -> Failure {
        let location = self.location.to_owned();
        let host = host_and_port(url);
        let timeouts = &self.options.timeouts;
        if error.is_timeout() {
            let (what, limit) = if error.is_connect() {
                ("no connection", timeouts.connect)
            } else {
                ("no answer", timeouts.stall)
            };
            let seconds = limit.as_secs_f64();
            return Failure::Again(RepoError::Timeout { location, what, seconds, tries: self.tries }, None);
        }
        let mut resolving = false;
        for cause in causes(error) {
            resolving |= cause.to_string() == "dns error";
            if let Some(tls) = tls_error(cause) {
                return Failure::Final(RepoError::Tls { location, reason: tls_reason(tls) });
            }
        }
        if resolving {
            return Failure::Final(RepoError::UnknownHost { location, host: host_name(url) });
        }
        match io_kind(error) {
            Some(io::ErrorKind::ConnectionRefused) => Failure::Final(RepoError::Refused { location, host }),
            _ if error.is_connect() => {
                let reason = root_cause(error);
                Failure::Again(RepoError::Unreachable { location, host, reason, tries: self.tries }, None)
            }
            _ => self.body_failed(error, 0, None),
        }
    }

    /// The failure of a connection after `have` of `want` bytes of the file were there.
    pub fn body_failed(&self, error: &(dyn Error + 'static), have: u64, want: Option<u64>) -> Failure {
        let location = self.location.to_owned();
        let timed_out =
            causes(error).any(|c| c.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_timeout));
        if timed_out {
            let seconds = self.options.timeouts.stall.as_secs_f64();
            let what = "nothing more came";
            return Failure::Again(RepoError::Timeout { location, what, seconds, tries: self.tries }, None);
        }
        if let Some(want) = want.filter(|want| have < *want && io_kind(error).is_none_or(ended)) {
            return Failure::Again(RepoError::Truncated { location, have, want, tries: self.tries }, None);
        }
        let reason = root_cause(error);
        // What hyper says of an answer that breaks the rules of HTTP.
        if reason.starts_with("invalid ") || reason.contains("too large") || reason.contains("malformed") {
            return Failure::Final(RepoError::BadAnswer { location, reason, tries: self.tries });
        }
        Failure::Again(RepoError::Connection { location, reason, tries: self.tries }, None)
    }
}

fn ended(kind: io::ErrorKind) -> bool {
    kind == io::ErrorKind::UnexpectedEof || kind == io::ErrorKind::Other
}

/// The last cause, which is what the system or the peer said; it never holds the URL.
pub(crate) fn root_cause(error: &(dyn Error + 'static)) -> String {
    let last = causes(error).last();
    match last {
        Some(cause) if !cause.is::<reqwest::Error>() => cause.to_string(),
        _ => "the client gives no reason".to_owned(),
    }
}

/// `HOST:PORT` of a URL.
pub(crate) fn host_and_port(url: &Url) -> String {
    match url.port_or_known_default() {
        Some(port) => format!("{}:{port}", host_name(url)),
        None => host_name(url),
    }
}

fn host_name(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// The error and its causes. An I/O error hides the error it wraps from `source`, so that is
/// visited, too.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |e| {
        let e: &'a (dyn Error + 'static) = *e;
        if let Some(inner) = e.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            return Some(inner as &'a (dyn Error + 'static));
        }
        e.source()
    })
}

fn io_kind(error: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    causes(error).filter_map(|c| c.downcast_ref::<io::Error>()).map(io::Error::kind).last()
}

fn tls_error<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    cause.downcast_ref()
}

fn tls_reason(error: &rustls::Error) -> String {
    use rustls::{CertificateError as C, Error as E};
    match error {
        E::InvalidCertificate(C::UnknownIssuer) => {
            "the issuer of the server's certificate is not trusted".to_owned()
        }
        E::InvalidCertificate(C::Expired | C::ExpiredContext { .. }) => {
            "the server's certificate has expired".to_owned()
        }
        E::InvalidCertificate(C::NotValidYet | C::NotValidYetContext { .. }) => {
            "the server's certificate is not valid yet".to_owned()
        }
        E::InvalidCertificate(C::NotValidForName | C::NotValidForNameContext { .. }) => {
            "the server's certificate is for another host".to_owned()
        }
        E::InvalidMessage(_) => "the server does not speak TLS".to_owned(),
        other => other.to_string(),
    }
}
