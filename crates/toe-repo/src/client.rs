//! The HTTP clients: one for http, and one for https that is made when the first such URL comes.

use std::sync::OnceLock;

use reqwest::{Certificate, blocking::Client, blocking::ClientBuilder, redirect::Policy};

use crate::{FetchOptions, RepoError};

/// The clients of one [`crate::Fetcher`]; connections are reused within each.
#[derive(Debug, Default)]
pub(crate) struct Clients {
    plain: OnceLock<Result<Client, String>>,
    tls: OnceLock<Result<Client, TlsSetupError>>,
}

#[derive(Debug, Clone)]
enum TlsSetupError {
    NoAuthorities,
    BadFile(String),
    Other(String),
}

impl Clients {
    /// The client of `scheme`. They are two because a machine without certificate authorities can
    /// still use http, while the client for https cannot even be made there.
    pub fn of_scheme(
        &self,
        scheme: &str,
        options: &FetchOptions,
        location: &str,
    ) -> Result<&Client, RepoError> {
        if scheme == "https" {
            return self.tls.get_or_init(|| tls(options)).as_ref().map_err(|e| match e {
                TlsSetupError::NoAuthorities => RepoError::NoAuthorities { location: location.to_owned() },
                TlsSetupError::BadFile(reason) => RepoError::BadAuthorities {
                    path: options.ca_file.clone().unwrap_or_default(),
                    reason: reason.clone(),
                },
                TlsSetupError::Other(reason) => RepoError::Client { reason: reason.clone() },
            });
        }
        let plain = self.plain.get_or_init(|| {
            base(options).tls_certs_only([]).build().map_err(|e| crate::network_error::root_cause(&e))
        });
        plain.as_ref().map_err(|reason| RepoError::Client { reason: reason.clone() })
    }
}

fn base(options: &FetchOptions) -> ClientBuilder {
    // Without a provider the first client panics; a second installation fails and does no harm.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder()
        .user_agent(&options.user_agent)
        .connect_timeout(options.timeouts.connect)
        // For the answer to begin and, as the body is streamed, for each read of it.
        .timeout(options.timeouts.stall)
        .redirect(Policy::none())
        .referer(false)
        .http2_max_header_list_size(64 << 10);
    if options.system_proxy { builder } else { builder.no_proxy() }
}

fn tls(options: &FetchOptions) -> Result<Client, TlsSetupError> {
    let mut builder = base(options);
    if let Some(path) = &options.ca_file {
        let text = std::fs::read(path).map_err(|e| TlsSetupError::BadFile(e.to_string()))?;
        let certificates = Certificate::from_pem_bundle(&text)
            .map_err(|e| TlsSetupError::BadFile(crate::network_error::root_cause(&e)))?;
        if certificates.is_empty() {
            return Err(TlsSetupError::BadFile("no certificate is in it".to_owned()));
        }
        builder = builder.tls_certs_merge(certificates);
    }
    builder.build().map_err(|e| {
        let reason = crate::network_error::root_cause(&e);
        if reason.contains("No CA certificates were loaded") {
            TlsSetupError::NoAuthorities
        } else {
            TlsSetupError::Other(reason)
        }
    })
}
