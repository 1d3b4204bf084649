//! From plan to chroot.

mod extract;
mod lua;
mod macros;
mod package_error;
pub mod sandbox;
pub mod transaction;

pub use package_error::PackageError;
