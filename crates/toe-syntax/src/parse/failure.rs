//! From the place where the grammar stopped to a message in the user's words.

use pest::error::{Error, InputLocation};

use super::grammar::Rule;
use super::positions::Positions;
use crate::error::SyntaxError;

/// The error for a text that does not match.
pub(super) fn explain(text: &str, positions: &Positions, error: &Error<Rule>) -> SyntaxError {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(text.len()),
    };
    let rest = text.get(at..).unwrap_or_default();
    let found = match rest.chars().next() {
        None => "the end of the text".to_owned(),
        Some('\n') => "the end of the line".to_owned(),
        Some(c) => format!("`{c}`"),
    };
    let span = positions.span(at, at + rest.chars().next().map_or(0, char::len_utf8));
    SyntaxError::Unexpected { found, help: "quote it, or look at what was opened before".into(), span }
}
