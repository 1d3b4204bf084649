//! About programs that are not part of the language.

pub mod chroot_command;
pub mod command_not_allowed;
pub mod directive_in_loop_over_glob;
pub mod exec_without_shell;
pub mod host_dependent;
pub mod network_in_substitution;
pub mod non_idempotent_command;
pub mod runs_on_host;
pub mod unignored_status;
