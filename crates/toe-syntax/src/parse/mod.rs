//! From text to tree: the grammar matches, the builder makes nodes, spans and errors of the match.

mod arithmetic;
mod assignments;
mod builder;
mod compounds;
mod conditionals;
mod continued_tokens;
mod failure;
mod grammar;
#[cfg(test)]
mod grammar_examples;
mod here_documents;
mod known_mistakes;
mod likely_mistakes;
mod lists;
mod open_constructs;
mod parameters;
mod plain_commands;
mod positions;
mod redirects;
mod simple_commands;
mod substitutions;
mod text;
mod words;

pub(crate) use simple_commands::{DECLARATIONS, RESERVED};

use toe_source::{SourceId, Span};

use crate::error::SyntaxError;
use crate::tree::{List, Nail};

pub(crate) use text::byte_order_mark;
pub use text::decode;

/// What parsing gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The tree; when there are errors, what could be read of it, not to be evaluated.
    pub nail: Nail,
    /// What is wrong, in the order of the text; empty for a nail.
    pub errors: Vec<SyntaxError>,
}

/// The stack for [`crate::error::MAX_NESTING`] levels of the grammar in a build without optimisation, in bytes.
/// Only what is used of it is ever touched.
const STACK_SIZE: usize = 256 * 1024 * 1024;
/// The stack for [`SHALLOW`] levels, in bytes.
const SHALLOW_STACK: usize = 1024 * 1024;
/// Nails rarely nest deeper, and most stacks have the room for it.
const SHALLOW: usize = 4;

/// Reads a nail. Never fails as a whole and never panics: what is wrong is in
/// [`Parsed::errors`].
pub fn parse(source: SourceId, text: &str) -> Parsed {
    if let Err(error) = text::check(source, text) {
        return Parsed { nail: empty_nail(source, text.len()), errors: vec![error] };
    }
    let scanned = open_constructs::scan(text, text.len());
    let at = |offset: usize| Span::new(source, offset, offset + 1);
    let refused = scanned.too_deep.map(|o| SyntaxError::TooDeep { span: at(o) });
    if let Some(error) = refused.or(scanned.too_many.map(|o| SyntaxError::TooManyTokens { span: at(o) })) {
        return Parsed { nail: empty_nail(source, text.len()), errors: vec![error] };
    }
    // How deep a nail may nest does not depend on the stack of who calls.
    // What backquotes and here-documents hold was not scanned.
    let is_shallow = scanned.deepest <= SHALLOW && !text.contains('`') && !text.contains("<<");
    let needed = if is_shallow { SHALLOW_STACK } else { STACK_SIZE };
    let build = |text: &str| stacker::maybe_grow(needed, STACK_SIZE, || builder::build_nail(source, text));
    let mut parsed = build(text);
    let errors = continued_tokens::recognized(text, parsed.errors, |joined| build(joined).errors);
    parsed.errors = known_mistakes::recognized(text, errors);
    parsed
}

/// Reads a nail from the bytes of its file: [`decode`] and [`parse`].
pub fn parse_bytes(source: SourceId, bytes: &[u8]) -> Parsed {
    match decode(source, bytes) {
        Ok(text) => parse(source, text),
        Err(error) => Parsed { nail: empty_nail(source, bytes.len()), errors: vec![error] },
    }
}

fn empty_nail(source: SourceId, length: usize) -> Nail {
    Nail {
        body: List::default(),
        comments: Vec::new(),
        span: Span::new(source, 0, length.min(u32::MAX as usize)),
    }
}
