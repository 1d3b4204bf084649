//! About the package that carries the SOCK.

pub mod bad_package_name;
pub mod bad_version;
pub mod missing_package_name;
pub mod missing_release;
pub mod missing_version;
