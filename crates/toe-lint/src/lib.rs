//! Rules about nails.
//!
//! What a run requires before anything is processed is here already: [`required`]. Rules about a single tree and
//! about the include graph will stand beside it, a file each.

mod required;

pub use required::required;

use toe_source::Diagnostic;

/// What the rules found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings, in the order of the rules and then of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// True when a run must not go on.
    pub fn stops_a_run(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == toe_source::Severity::Error)
    }
}
