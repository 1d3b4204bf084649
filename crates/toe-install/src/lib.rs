//! From plan to chroot.

pub mod accounts;
pub mod apply;
mod change;
mod device_node;
mod disk_space;
mod error;
mod extract;
mod file_step;
mod host_copy;
mod host_link;
mod lua;
mod macros;
mod options;
mod owner;
mod package_error;
mod packages;
mod record;
mod rpm_packages;
pub mod run_as;
pub mod sandbox;
mod sew;
mod sock_dir;
mod sock_lock;
mod staging;
pub mod transaction;

pub use disk_space::Need;
pub use error::{InstallError, Placed};
pub use options::{SewOptions, SewReport};
pub use package_error::PackageError;
pub use packages::{Examined, KeyInput, PackageInput, Packages, Setting};
pub use record::{CopiedInput, FetchedInput, LedgerLine, RECORD_PATH, Record};
pub use rpm_packages::{RpmPackages, sew};
pub use sew::sew_with;
pub use sock_dir::{SockDir, SockState};
pub use sock_lock::{SockLock, Waiting};
pub use staging::{Leftover, Stage, clean_leftovers};
