//! The text a tree was read from, as the printer asks about it: lines, columns, and what stands
//! between two nodes.

use toe_source::Span;

use super::here_documents;
use crate::tree::{Comment, Nail};

/// A nail's text with its line starts, comments and here-document bodies.
pub(super) struct Original<'a> {
    text: &'a str,
    lines: Vec<usize>,
    /// Start and end of each here-document with its delimiter, ascending.
    bodies: Vec<(usize, usize)>,
    /// The comments that are not part of a here-document.
    pub comments: Vec<&'a Comment>,
}

impl<'a> Original<'a> {
    pub fn new(text: &'a str, nail: &'a Nail) -> Self {
        let lines = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1).collect();
        let mut bodies = if text.contains("<<") { here_documents::bodies(nail) } else { Vec::new() };
        bodies.sort_unstable();
        let inside = |at: usize| {
            let after = bodies.partition_point(|(start, _)| *start <= at);
            after.checked_sub(1).and_then(|i| bodies.get(i)).is_some_and(|(_, end)| at < *end)
        };
        let comments = nail.comments.iter().filter(|c| !inside(c.span.start as usize)).collect();
        Original { text, lines, bodies, comments }
    }

    /// The bytes `start..end`; empty when they are not text.
    pub fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The text from `start` on.
    pub fn rest(&self, start: usize) -> &'a str {
        self.text.get(start..).unwrap_or_default()
    }

    /// The text of `span`.
    pub fn of(&self, span: Span) -> &'a str {
        self.slice(span.start as usize, span.end as usize)
    }

    /// The line of the byte at `offset`, from one.
    pub fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset) + 1
    }

    /// True when the line before that of `offset` ends a here-document.
    pub fn follows_document(&self, offset: usize) -> bool {
        let start = offset - self.column(offset);
        let ends_there = |newline: usize| self.bodies.binary_search_by_key(&newline, |(_, end)| *end).is_ok();
        start.checked_sub(1).is_some_and(ends_there)
    }

    /// Bytes between the start of its line and `offset`.
    pub fn column(&self, offset: usize) -> usize {
        let before = self.lines.partition_point(|start| *start <= offset);
        offset - before.checked_sub(1).and_then(|i| self.lines.get(i)).copied().unwrap_or(0)
    }

    /// The first byte at or after `from` that is not blank, newline, continuation, comment,
    /// here-document or a `;` between commands.
    pub fn next_token(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            at += match rest {
                [b' ' | b'\t', ..] => 1,
                [b'\\', b'\n', ..] => 2,
                [b'\n', ..] => self.body_at(at + 1) - at,
                [b'#', ..] => rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()),
                [b';', b';' | b'&', ..] => return at,
                [b';', ..] => 1,
                _ => return at,
            };
        }
    }

    /// The end of the here-document that begins at `at`, or `at`.
    fn body_at(&self, at: usize) -> usize {
        match self.bodies.binary_search_by_key(&at, |(start, _)| *start) {
            Ok(found) => self.bodies.get(found).map_or(at, |(_, end)| (*end).max(at)),
            Err(_) => at,
        }
    }
}
