//! Where something stands in a nail.

use std::sync::Arc;

/// A file in a [`crate::SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u32);

/// A range of bytes in one source; `end` is the first byte after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// First byte after the range.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `source`.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        Span { source, start: start as u32, end: end as u32 }
    }

    /// The smallest span that holds both; both must be in the same source.
    pub fn to(self, other: Span) -> Span {
        debug_assert_eq!(self.source, other.source, "spans of one source are joined");
        Span { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when no byte is in it.
    pub fn is_empty(self) -> bool {
        self.end == self.start
    }
}

/// A span and the `Include` words that led to its file, outermost (in the foot) first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The place itself.
    pub span: Span,
    /// The places of the Include commands, outermost first; empty in the foot.
    pub included_from: Arc<[Span]>,
}

impl Origin {
    /// A place in the foot itself.
    pub fn in_foot(span: Span) -> Self {
        Origin { span, included_from: Arc::from([]) }
    }
}
