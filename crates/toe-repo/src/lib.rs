//! Fetching packages and keys into a cache that is addressed by content, and the yum configuration
//! that names repositories.
//!
//! [`Fetcher::fetch_all`] turns locations into open files with their SHA-256. A second run asks the
//! servers only whether anything changed, a run with [`FetchOptions::offline`] asks nobody, and an
//! interrupted download goes on where it stopped. Nothing that is stored or reported holds the user,
//! the password or the query of a URL.

mod cache;
mod client;
mod digest;
mod download;
mod error;
mod exchange;
mod fetcher;
mod index;
mod local_file;
mod network_error;
mod options;
mod partial;
mod pause;
mod range;
mod yumconf;

pub use digest::{DigestError, Sha256Digest};
pub use error::{RepoError, Tries};
pub use fetcher::{FetchFailure, Fetched, Fetcher, Want};
pub use options::{FetchOptions, Timeouts};
pub use yumconf::{GpgPolicy, RepoSection, Setting, YumConf, YumConfError, YumVariables};
