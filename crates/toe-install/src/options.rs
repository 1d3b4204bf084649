//! What a caller decides about a run, and what it is told afterwards.

use std::path::PathBuf;
use std::time::Duration;

use toe_root::Privilege;

use crate::{Leftover, Waiting};

/// How `sew` behaves.
#[derive(Debug, Clone)]
pub struct SewOptions {
    /// SOCK_DIR instead of the plan's.
    pub sock_dir: Option<PathBuf>,
    /// No scriptlet and no trigger runs.
    pub no_scripts: bool,
    /// Build from nothing; what people added to the SOCK goes.
    pub fresh: bool,
    /// Take over a directory with other content.
    pub adopt: bool,
    /// Leave out the `Symlink` lines.
    pub no_host_links: bool,
    /// SOURCE_DATE_EPOCH, seconds; without it the newest build time of the packages counts.
    pub source_date: Option<i64>,
    /// Threads for decompression and writing, at least one.
    pub jobs: usize,
    /// What to do while another run holds the SOCK.
    pub waiting: Waiting,
    /// Whether owners and devices can be made or only noted.
    pub privilege: Privilege,
}

impl Default for SewOptions {
    fn default() -> Self {
        SewOptions {
            sock_dir: None,
            no_scripts: false,
            fresh: false,
            adopt: false,
            no_host_links: false,
            source_date: None,
            jobs: 1,
            waiting: Waiting::Limited(Duration::from_hours(1)),
            privilege: Privilege::Real,
        }
    }
}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SewReport {
    /// The SOCK.
    pub sock_dir: PathBuf,
    /// False when everything was there already and nothing was touched.
    pub changed: bool,
    /// Packages installed by this run, as NEVRA, in order.
    pub installed: Vec<String>,
    /// Leftovers of killed runs that were mended or removed.
    pub leftovers: Vec<Leftover>,
    /// Links made on the host.
    pub host_links: Vec<PathBuf>,
    /// True when owners or devices could only be noted in the record.
    pub has_ledger: bool,
}
