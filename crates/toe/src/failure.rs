//! A failed command: its findings with the sources they point into.

use toe_source::{Diagnostic, SourceMap};

use crate::args::{Arguments, Command, Format, LintFormat};
use crate::exit_status::ExitStatus;
use crate::render;
use crate::terminal::Terminal;

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    /// At least one.
    pub diagnostics: Vec<Diagnostic>,
    /// The nails that were read.
    pub sources: SourceMap,
}

impl Failure {
    /// A failure with one finding that no nail is to blame for, or whose spans are in `sources`.
    pub fn new(diagnostic: Diagnostic, sources: SourceMap) -> Self {
        Failure { diagnostics: vec![diagnostic], sources }
    }

    /// A failure from an error of the binary itself.
    pub fn of(error: &(dyn miette::Diagnostic + 'static)) -> Self {
        Failure::new(Diagnostic::from_error(error), SourceMap::new())
    }

    /// Shows it: text on stderr, or the JSON document on stdout where that was asked for.
    pub fn report(&self, arguments: &Arguments, terminal: &Terminal) -> ExitStatus {
        let format = match &arguments.command {
            Command::Run(a) => a.format,
            Command::Sew(a) => a.format,
            Command::Pair(a) => a.format,
            Command::Plan(a) => a.format,
            Command::Lint(a) if a.format == LintFormat::Json => Format::Json,
            Command::Fmt(_) | Command::Lint(_) | Command::Explain(_) => Format::Text,
        };
        match format {
            Format::Json => outln!("{:#}", render::json::failure(&self.diagnostics, &self.sources)),
            Format::Text => {
                for diagnostic in &self.diagnostics {
                    err!("{}", render::text::render(diagnostic, &self.sources, terminal));
                }
            }
        }
        ExitStatus::Failed
    }
}
