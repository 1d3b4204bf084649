//! How long to wait before another try.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    time::{Duration, SystemTime},
};

use crate::FetchOptions;

/// The pause after try number `tried` (from one): the first pause, doubled with each try, and up to
/// a quarter more.
pub(crate) fn backoff(options: &FetchOptions, tried: u32) -> Duration {
    let doubled = options.first_pause.saturating_mul(1 << tried.saturating_sub(1).min(16));
    let doubled = doubled.min(options.longest_pause);
    // A fresh hasher is seeded by the system, which is all the randomness that is needed here.
    let random = (RandomState::new().build_hasher().finish() % 1024) as u32;
    doubled + doubled * random / 4096
}

/// Seconds from now that a Retry-After header names, as a number or a date (RFC 9110, 10.2.3).
pub(crate) fn retry_after(value: &str, now: SystemTime) -> Option<u64> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(seconds);
    }
    let at = httpdate::parse_http_date(value).ok()?;
    Some(at.duration_since(now).unwrap_or_default().as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double() {
        let options = FetchOptions::new("/nowhere");
        for (tried, seconds) in [(1, 1), (2, 2), (3, 4), (4, 8), (40, 60)] {
            let pause = backoff(&options, tried).as_secs_f64();
            let least = f64::from(seconds);
            assert!((least..=least * 1.25).contains(&pause), "{tried}: {pause}");
        }
    }

    #[test]
    fn retry_after_is_a_number_or_a_date() {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        assert_eq!(retry_after(" 120 ", now), Some(120));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:50:00 GMT", now), Some(23));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:00:00 GMT", now), Some(0));
        assert_eq!(retry_after("soon", now), None);
        assert_eq!(retry_after("-5", now), None);
    }
}
