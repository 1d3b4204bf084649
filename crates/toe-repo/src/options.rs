//! What a caller decides about fetching.

use std::{path::PathBuf, time::Duration};

/// How fetching behaves. [`FetchOptions::new`] gives the values of the manual; tests shorten them.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// Where downloads are kept; made when it is missing.
    pub cache_dir: PathBuf,
    /// Take everything from the cache and ask no server.
    pub offline: bool,
    /// How many downloads run at once; at least one.
    pub jobs: usize,
    /// When a server is given up on.
    pub timeouts: Timeouts,
    /// How often one file is tried, the first time included; at least one.
    pub tries: u32,
    /// The pause before the second try. It doubles with each try, and up to a quarter of it is
    /// added at random so that many machines do not come back at the same moment.
    pub first_pause: Duration,
    /// The longest pause that a server may ask for with Retry-After.
    pub longest_pause: Duration,
    /// No file may be larger, in bytes.
    pub max_size: u64,
    /// What the User-Agent header says.
    pub user_agent: String,
    /// Certificates in PEM that are trusted besides those of the system.
    pub ca_file: Option<PathBuf>,
    /// Take proxies from the environment (`http_proxy`, `https_proxy`, `no_proxy`).
    pub system_proxy: bool,
}

/// When a server is given up on.
#[derive(Debug, Clone)]
pub struct Timeouts {
    /// For the connection to be made.
    pub connect: Duration,
    /// For the answer to begin, and for each further piece of it to arrive.
    pub stall: Duration,
    /// Bytes a second below which a transfer counts as dead; zero switches the rule off.
    pub least_rate: u64,
    /// The time over which the rate is taken.
    pub rate_window: Duration,
    /// For one try as a whole; `None` is no limit, because a big file on a thin line may take hours.
    pub total: Option<Duration>,
}

impl FetchOptions {
    /// The usual values with this cache.
    pub fn new(cache_dir: impl Into<PathBuf>) -> Self {
        FetchOptions {
            cache_dir: cache_dir.into(),
            offline: false,
            jobs: 4,
            timeouts: Timeouts::default(),
            tries: 5,
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_mins(1),
            max_size: 16 << 30,
            user_agent: concat!("toe/", env!("CARGO_PKG_VERSION")).to_owned(),
            ca_file: None,
            system_proxy: true,
        }
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Timeouts {
            connect: Duration::from_secs(15),
            stall: Duration::from_secs(30),
            least_rate: 1000,
            rate_window: Duration::from_secs(30),
            total: None,
        }
    }
}
