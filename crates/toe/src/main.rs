//! The `toe` program: arguments, terminals, exit status and the rendering of reports.
//! The only crate that prints, reads the environment or ends the process.

#[macro_use]
mod output;

mod args;
mod assembling;
mod commands;
mod demo;
mod editorconfig;
mod exit_status;
mod failure;
mod foot;
mod nail_bytes;
mod nail_files;
mod noted;
mod package_facts;
mod packaging;
mod privilege;
mod progress;
mod project_files;
mod render;
mod replace_file;
mod terminal;
mod workers;

use std::process::ExitCode;

use clap::Parser;

/// Trees of nails are many small allocations: `fmt` and `lint` are about a sixth faster than with the allocator of
/// glibc. It must be one that stays usable behind `fork` in a process with threads, which the sandbox relies on:
/// jemalloc is (it takes its locks around `fork`), mimalloc is not.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    let terminal = terminal::Terminal::from_environment(arguments.common.color, arguments.common.quiet);
    let status = match commands::dispatch(&arguments, &terminal) {
        Ok(status) => status,
        Err(failure) => failure.report(&arguments, &terminal),
    };
    status.into()
}
