//! One file a command.

mod fmt;
mod plan;

use crate::args::{Arguments, Command};
use crate::exit_status::ExitStatus;
use crate::failure::Failure;

/// Runs the command that was asked for.
pub fn dispatch(arguments: &Arguments) -> Result<ExitStatus, Failure> {
    match &arguments.command {
        Command::Plan(args) => plan::run(args),
        Command::Fmt(args) => fmt::run(args),
    }
}
