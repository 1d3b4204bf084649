//! About the package that carries the SOCK.

pub mod bad_package_name;
pub mod bad_version;
