//! About what the SOCK holds besides packages: files, directories, links, commands and services.

pub mod bad_mode;
pub mod bad_owner;
pub mod bad_unit_name;
pub mod command_has_sock_dir;
pub mod copy_from_outside;
pub mod copy_from_sock_dir;
pub mod copy_through_symlink;
pub mod destination_escapes;
pub mod destination_twice;
pub mod directory_not_searchable;
pub mod duplicate_service;
pub mod exec_instead_of_directive;
pub mod exec_needs_shell;
pub mod link_to_itself;
pub mod relative_destination;
pub mod script_not_executable;
pub mod service_command_relative;
pub mod service_suffix;
pub mod setuid_mode;
pub mod world_writable;
