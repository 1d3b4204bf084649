//! One file a command.

mod demo;
mod explain;
mod fmt;
mod lint;
mod pair;
mod plan;
mod run;
mod sew;

use crate::args::{Arguments, Command};
use crate::exit_status::ExitStatus;
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::workers::with_large_stacks;

/// Runs the command that was asked for.
pub fn dispatch(arguments: &Arguments, terminal: &Terminal) -> Result<ExitStatus, Failure> {
    match &arguments.command {
        Command::Run(args) => run::run(args, terminal),
        Command::Sew(args) => sew::run(args, terminal),
        Command::Pair(args) => pair::run(args, terminal),
        Command::Plan(args) => plan::run(args, terminal),
        Command::Fmt(args) => with_large_stacks(|| fmt::run(args)),
        Command::Lint(args) => with_large_stacks(|| lint::run(args, terminal)),
        Command::Explain(args) => explain::run(args),
    }
}
