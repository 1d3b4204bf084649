//! What was found, where, and what to do about it: the one shape in which every crate reports.

use crate::{Fix, Span};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Works, but could be written better.
    Style,
    /// Probably a mistake.
    Warning,
    /// Wrong: the run stops.
    Error,
}

/// A place that a diagnostic points at, with a few words about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there; may be empty.
    pub message: String,
}

/// A finding, ready to be rendered by the binary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, such as `toe::eval::unset_variable`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What was found, one sentence without a full stop.
    pub message: String,
    /// The causes below the message, outermost first (such as an error of the system).
    pub causes: Vec<String>,
    /// Where; the first is the main place.
    pub labels: Vec<Label>,
    /// What to write or do instead.
    pub help: Option<String>,
    /// The Include commands that led to the main place, outermost first.
    pub included_from: Vec<Span>,
    /// What would mend it, where that is known.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Takes code, message, causes, severity and help from an error that derives
    /// [`miette::Diagnostic`]. Places are added by the crate that knows them.
    pub fn from_error(error: &(dyn miette::Diagnostic + 'static)) -> Self {
        let mut causes = Vec::new();
        let mut cause = std::error::Error::source(error);
        while let Some(e) = cause {
            causes.push(e.to_string());
            cause = e.source();
        }
        Diagnostic {
            code: error.code().map(|c| c.to_string()).unwrap_or_default(),
            severity: match error.severity() {
                None | Some(miette::Severity::Error) => Severity::Error,
                Some(miette::Severity::Warning) => Severity::Warning,
                Some(miette::Severity::Advice) => Severity::Info,
            },
            message: error.to_string(),
            causes,
            labels: Vec::new(),
            help: error.help().map(|h| h.to_string()),
            included_from: Vec::new(),
            fix: None,
        }
    }

    /// Adds a place.
    #[must_use]
    pub fn with_label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Sets the include chain of the main place.
    #[must_use]
    pub fn with_include_chain(mut self, chain: impl IntoIterator<Item = Span>) -> Self {
        self.included_from = chain.into_iter().collect();
        self
    }
}
