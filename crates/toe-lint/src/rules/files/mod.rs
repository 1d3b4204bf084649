//! About what the SOCK holds besides packages: files, directories, links, commands and services.

pub mod bad_mode;
pub mod bad_owner;
pub mod bad_unit_name;
pub mod destination_escapes;
pub mod service_command_relative;
