//! Text, spans, origins with their include chains, diagnostics and fixes.
//!
//! This crate knows nothing of shells, packages or terminals and does no I/O. Every other crate
//! names places and findings with these types; only the binary renders them.

mod diagnostic;
mod fix;
mod line_index;
mod observer;
mod source_map;
mod span;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use fix::{Edit, Fix, Safety};
pub use line_index::{LineColumn, LineIndex};
pub use observer::{Event, Observer, Silent};
pub use source_map::{SourceFile, SourceMap};
pub use span::{Origin, SourceId, Span};
