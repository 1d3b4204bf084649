//! One URL: from the cache when it is still the same, else downloaded, resumed and retried.

use std::{
    io::Read,
    time::{Duration, Instant, SystemTime},
};

use reqwest::{
    blocking::Response,
    header::{
        ACCEPT_ENCODING, CONTENT_RANGE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
        IF_NONE_MATCH, IF_RANGE, LAST_MODIFIED, RANGE, RETRY_AFTER,
    },
};
use toe_plan::Location;
use url::Url;

use crate::{
    FetchOptions, RepoError, Sha256Digest, Tries,
    cache::{Cache, Object},
    client::Clients,
    exchange,
    index::{IndexEntry, key_of},
    network_error::{Attempt, Failure},
    partial::{Partial, read_piece},
    pause::{backoff, retry_after},
    range::ContentRange,
};

/// One URL to fetch.
pub(crate) struct Download<'a> {
    pub options: &'a FetchOptions,
    pub cache: &'a Cache,
    pub clients: &'a Clients,
    pub location: &'a Location,
    pub url: Url,
    /// What the content must be, when it is known.
    pub expected: Option<Sha256Digest>,
    /// True when the result is not wanted any more.
    pub cancelled: &'a dyn Fn() -> bool,
}

/// How a try ended well.
enum Answer {
    /// The partial file is whole.
    Whole { etag: Option<String>, last_modified: Option<String>, resumed: bool },
    /// What the index says is still right.
    NotModified,
}

impl Download<'_> {
    /// The file and whether it came from the cache; `None` when the download was cancelled.
    pub fn run(&self) -> Result<Option<(Object, bool)>, RepoError> {
        if let Some(sha256) = self.expected
            && let Some(object) = self.cache.open(sha256)?
        {
            return Ok(Some((object, true)));
        }
        let key = key_of(&self.url);
        let known = self.known(key)?;
        if self.options.offline {
            return match known {
                Some((_, object)) => Ok(Some((object, true))),
                None => Err(RepoError::Offline {
                    location: self.location.redacted(),
                    cache: self.cache.root().to_owned(),
                }),
            };
        }
        let mut partial = Partial::open(self.cache, key, self.location)?;
        let entry = known.as_ref().map(|(entry, _)| entry);
        for tried in 1.. {
            let attempt =
                Attempt { location: &self.location.redacted(), tries: Tries(tried), options: self.options };
            let (error, asked) = match self.attempt(&attempt, &mut partial, entry) {
                Ok(Answer::NotModified) => {
                    partial.discard()?;
                    return Ok(known.map(|(_, object)| (object, true)));
                }
                Ok(Answer::Whole { etag, last_modified, resumed }) => {
                    let sha256 = partial.digest()?;
                    if let Some(expected) = self.expected.filter(|e| *e != sha256) {
                        let location = self.location.redacted();
                        let error = RepoError::WrongDigest { location, expected, found: sha256 };
                        // The parts may have been of two files: once more from the start.
                        if !resumed {
                            partial.discard()?;
                            return Err(error);
                        }
                        partial.restart(None)?;
                        (error, None)
                    } else {
                        let url = self.location.redacted();
                        let size = partial.length();
                        let entry = IndexEntry { url, sha256: sha256.to_string(), size, etag, last_modified };
                        partial.publish(sha256)?;
                        self.cache.set_entry(key, &entry, self.location)?;
                        return self.published(sha256);
                    }
                }
                Err(Failure::Cancelled) => return Ok(None),
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Again(error, asked)) => (error, asked),
            };
            if tried >= self.options.tries {
                return Err(error);
            }
            if !self.pause(asked.map_or_else(|| backoff(self.options, tried), Duration::from_secs)) {
                return Ok(None);
            }
        }
        unreachable!("the loop ends by the limit of tries")
    }

    /// What the cache has of this URL, when both its entry and its object are whole.
    fn known(&self, key: Sha256Digest) -> Result<Option<(IndexEntry, Object)>, RepoError> {
        let Some(entry) = self.cache.entry(key)? else { return Ok(None) };
        let Ok(sha256) = Sha256Digest::parse(&entry.sha256) else { return Ok(None) };
        if self.expected.is_some_and(|expected| expected != sha256) {
            return Ok(None);
        }
        Ok(self.cache.open(sha256)?.map(|object| (entry, object)))
    }

    fn published(&self, sha256: Sha256Digest) -> Result<Option<(Object, bool)>, RepoError> {
        match self.cache.open(sha256)? {
            Some(object) => Ok(Some((object, false))),
            None => Err(RepoError::Cache {
                doing: "read back",
                path: self.cache.object_path(sha256),
                source: std::io::Error::from(std::io::ErrorKind::NotFound),
            }),
        }
    }

    /// Waits; false when the download was cancelled meanwhile.
    fn pause(&self, pause: Duration) -> bool {
        let until = Instant::now() + pause;
        while let Some(left) = until.checked_duration_since(Instant::now()).filter(|d| !d.is_zero()) {
            if (self.cancelled)() {
                return false;
            }
            std::thread::sleep(left.min(Duration::from_millis(50)));
        }
        !(self.cancelled)()
    }

    fn attempt(
        &self,
        attempt: &Attempt<'_>,
        partial: &mut Partial<'_>,
        known: Option<&IndexEntry>,
    ) -> Result<Answer, Failure> {
        let begun = Instant::now();
        let asked_from = partial.validator().map(|_| partial.length());
        let headers = request_headers(partial, known);
        let mut response = exchange::get(self.clients, attempt, &self.url, &headers)?;
        let header =
            |name: HeaderName| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let (etag, last_modified) = (header(ETAG), header(LAST_MODIFIED));
        let bad = |reason: &str| RepoError::BadAnswer {
            location: attempt.location.to_owned(),
            reason: reason.to_owned(),
            tries: attempt.tries,
        };
        let status = response.status().as_u16();
        let total = match status {
            200 => {
                partial.restart(validator(etag.as_deref(), last_modified.as_deref()))?;
                response.content_length()
            }
            206 => {
                let Some(from) = asked_from else {
                    return Err(Failure::Final(bad("a part (status 206) where the whole was asked for")));
                };
                let range = header(CONTENT_RANGE).and_then(|v| ContentRange::parse(&v));
                let Some(range) = range.filter(|range| range.first == from) else {
                    partial.restart(None)?;
                    return Err(Failure::Again(bad("another part than was asked for"), None));
                };
                let new = validator(etag.as_deref(), last_modified.as_deref());
                if new.is_some_and(|new| Some(new) != partial.validator()) {
                    partial.restart(None)?;
                    return Err(Failure::Again(bad("the file changed between two parts of it"), None));
                }
                range.total.or_else(|| range.last.checked_add(1))
            }
            304 if known.is_some() && asked_from.is_none() => return Ok(Answer::NotModified),
            416 if asked_from.is_some() => {
                partial.restart(None)?;
                return Err(Failure::Again(bad("the rest of the file is refused (status 416)"), None));
            }
            _ => return Err(refusal(attempt, status, header(RETRY_AFTER).as_deref(), &bad)),
        };
        self.receive(attempt, &mut response, partial, total, begun)?;
        Ok(Answer::Whole { etag, last_modified, resumed: status == 206 })
    }

    /// Streams the body to the partial file within the limits of size and time.
    fn receive(
        &self,
        attempt: &Attempt<'_>,
        response: &mut Response,
        partial: &mut Partial<'_>,
        total: Option<u64>,
        begun: Instant,
    ) -> Result<(), Failure> {
        let limit = self.options.max_size;
        let too_large =
            || Failure::Final(RepoError::TooLarge { location: attempt.location.to_owned(), limit });
        if total.is_some_and(|total| total > limit) {
            return Err(too_large());
        }
        let ceiling = total.unwrap_or(limit);
        let mut rate = RateWatch::new(self.options, partial.length());
        let mut buffer = vec![0; 64 << 10];
        loop {
            if (self.cancelled)() {
                return Err(Failure::Cancelled);
            }
            let n = read_piece(response as &mut dyn Read, &mut buffer)
                .map_err(|e| attempt.body_failed(&e, partial.length(), total))?;
            if n == 0 {
                break;
            }
            if partial.length().saturating_add(n as u64) > ceiling {
                partial.restart(None)?;
                return Err(too_large_or_too_long(attempt, total, too_large));
            }
            partial.append(buffer.get(..n).unwrap_or_default())?;
            if rate.too_slow(partial.length()) {
                return Err(Failure::Again(rate.error(attempt), None));
            }
            if let Some(most) = self.options.timeouts.total.filter(|most| begun.elapsed() > *most) {
                let (location, tries) = (attempt.location.to_owned(), attempt.tries);
                let (what, seconds) = ("it was not complete", most.as_secs_f64());
                return Err(Failure::Again(RepoError::Timeout { location, what, seconds, tries }, None));
            }
        }
        let have = partial.length();
        if let Some(want) = total.filter(|want| have < *want) {
            let (location, tries) = (attempt.location.to_owned(), attempt.tries);
            return Err(Failure::Again(RepoError::Truncated { location, have, want, tries }, None));
        }
        Ok(())
    }
}

fn too_large_or_too_long(
    attempt: &Attempt<'_>,
    total: Option<u64>,
    too_large: impl Fn() -> Failure,
) -> Failure {
    if total.is_none() {
        return too_large();
    }
    let (location, tries) = (attempt.location.to_owned(), attempt.tries);
    let reason = "more bytes than it announced".to_owned();
    Failure::Again(RepoError::BadAnswer { location, reason, tries }, None)
}

fn request_headers(partial: &Partial<'_>, known: Option<&IndexEntry>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    // The bytes are hashed and kept as they are served.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    if let Some(validator) = partial.validator() {
        set(RANGE, &format!("bytes={}-", partial.length()));
        set(IF_RANGE, validator);
    } else if let Some(entry) = known {
        if let Some(etag) = &entry.etag {
            set(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &entry.last_modified {
            set(IF_MODIFIED_SINCE, date);
        }
    }
    headers
}

/// What If-Range may hold: a strong ETag, else the date (RFC 9110, 13.1.5).
fn validator<'a>(etag: Option<&'a str>, last_modified: Option<&'a str>) -> Option<&'a str> {
    etag.filter(|etag| !etag.starts_with("W/")).or(last_modified)
}

/// The failure of an answer that brings no file.
fn refusal(
    attempt: &Attempt<'_>,
    status: u16,
    wait: Option<&str>,
    bad: &dyn Fn(&str) -> RepoError,
) -> Failure {
    let location = attempt.location.to_owned();
    match status {
        404 | 410 => Failure::Final(RepoError::NotFound { location, status }),
        401 | 403 | 407 => Failure::Final(RepoError::NotAllowed { location, status }),
        408 | 429 | 500 | 502..=504 | 506..=599 => {
            let asked = wait.and_then(|value| retry_after(value, SystemTime::now()));
            if let Some(seconds) = asked.filter(|s| *s > attempt.options.longest_pause.as_secs()) {
                return Failure::Final(RepoError::Busy { location, status, seconds });
            }
            Failure::Again(RepoError::BadStatus { location, status, tries: attempt.tries }, asked)
        }
        200..=399 => Failure::Final(bad(&format!("status {status} where a file was asked for"))),
        _ => Failure::Final(RepoError::BadStatus { location, status, tries: attempt.tries }),
    }
}

/// Finds transfers that creep: the least rate must be met over each window.
struct RateWatch<'a> {
    options: &'a FetchOptions,
    since: Instant,
    length: u64,
}

impl<'a> RateWatch<'a> {
    fn new(options: &'a FetchOptions, length: u64) -> Self {
        RateWatch { options, since: Instant::now(), length }
    }

    fn too_slow(&mut self, length: u64) -> bool {
        let timeouts = &self.options.timeouts;
        let elapsed = self.since.elapsed();
        if elapsed < timeouts.rate_window {
            return false;
        }
        let came = u128::from(length.saturating_sub(self.length));
        let least = u128::from(timeouts.least_rate) * elapsed.as_millis() / 1000;
        (self.since, self.length) = (Instant::now(), length);
        came < least
    }

    fn error(&self, attempt: &Attempt<'_>) -> RepoError {
        let timeouts = &self.options.timeouts;
        RepoError::TooSlow {
            location: attempt.location.to_owned(),
            least: timeouts.least_rate,
            seconds: timeouts.rate_window.as_secs_f64(),
            tries: attempt.tries,
        }
    }
}
