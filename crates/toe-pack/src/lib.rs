//! From chroot to package.
//!
//! [`pair`] writes the output RPM of a SOCK: its tree at SOCK_DIR's path, with scriptlets that make what the plan
//! declares on the host that installs it.

mod declared;
mod error;
mod inventory;
mod label;
mod lua;
mod options;
mod pair;
mod scriptlets;

pub use error::PackError;
pub use options::{Bundled, PairOptions};
pub use pair::{Paired, pair};
pub use toe_rpm::build::LeftOut;
