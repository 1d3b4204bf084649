//! One request and the redirects it leads through.

use reqwest::{blocking::Response, header::HeaderMap, header::LOCATION};
use toe_plan::Location;
use url::Url;

use crate::{
    RepoError,
    client::Clients,
    network_error::{Attempt, Failure},
};

/// How many redirects are followed for one file.
const MOST_REDIRECTS: usize = 10;

/// Asks for `url`. Redirects are followed here and not by the client: only to http and https, never
/// from https to http, and the user and password of `url` go to its own scheme, host and port only.
pub(crate) fn get(
    clients: &Clients,
    attempt: &Attempt<'_>,
    url: &Url,
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    let mut at = url.clone();
    for followed in 0.. {
        let client = clients.of_scheme(at.scheme(), attempt.options, attempt.location)?;
        let request = client.get(at.clone()).headers(headers.clone());
        let response = request.send().map_err(|e| attempt.request_failed(&at, &e))?;
        if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(response);
        }
        let target = target(&at, &response).ok_or_else(|| {
            Failure::Final(RepoError::BadAnswer {
                location: attempt.location.to_owned(),
                reason: "it redirects without a usable Location".to_owned(),
                tries: attempt.tries,
            })
        })?;
        let refused = if followed >= MOST_REDIRECTS {
            Some("it is one redirect too many (10 are followed)")
        } else if !matches!(target.scheme(), "http" | "https") {
            Some("only http and https are followed")
        } else if at.scheme() == "https" && target.scheme() == "http" {
            Some("it leaves https")
        } else {
            None
        };
        if let Some(reason) = refused {
            return Err(Failure::Final(RepoError::Redirect {
                location: attempt.location.to_owned(),
                target: Location::Url(target.into()).redacted(),
                reason,
            }));
        }
        at = with_credentials_of(target, url);
    }
    unreachable!("the loop ends by the limit of redirects")
}

fn target(from: &Url, response: &Response) -> Option<Url> {
    let value = response.headers().get(LOCATION)?.to_str().ok()?;
    from.join(value).ok()
}

/// A server may not choose the user that is sent to another one; on the same server the first
/// URL's user stays.
fn with_credentials_of(mut target: Url, first: &Url) -> Url {
    let same = target.origin() == first.origin();
    let (user, password) = if same { (first.username(), first.password()) } else { ("", None) };
    // Both fail only for URLs without a host, which http and https always have.
    let _ = target.set_username(user);
    let _ = target.set_password(password);
    target
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_stay_with_their_server() {
        let first = Url::parse("https://u:p@h/a").unwrap();
        let to = |target: &str| with_credentials_of(Url::parse(target).unwrap(), &first).to_string();
        assert_eq!(to("https://h/b"), "https://u:p@h/b");
        assert_eq!(to("https://x:y@h/b"), "https://u:p@h/b");
        assert_eq!(to("https://h:8443/b"), "https://h:8443/b");
        assert_eq!(to("https://x:y@other/b"), "https://other/b");
        assert_eq!(to("http://h/b"), "http://h/b");
    }
}
