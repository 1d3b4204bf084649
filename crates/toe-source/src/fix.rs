//! What would mend a finding: edits of the text that it points into.

use crate::Span;

/// Whether a fix may be made without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// The nail means what it meant, or what only can have been meant: `toe lint --fix` makes it.
    Safe,
    /// The nail may mean something else afterwards: made on request only (`--unsafe`).
    Unsafe,
}

/// One replacement: the text of `span` becomes `text`. An empty span inserts, an empty text removes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Edits that belong together, all of one text and none overlapping another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an imperative: `quote the expansion`.
    pub title: String,
    /// Whether it may be made without asking.
    pub safety: Safety,
    /// In any order.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that replaces one place.
    pub fn replace(safety: Safety, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Fix { title: title.into(), safety, edits: vec![Edit { span, text: text.into() }] }
    }

    /// The same with one more edit.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Self {
        self.edits.push(Edit { span, text: text.into() });
        self
    }
}
