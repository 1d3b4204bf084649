//! Plain words, and the commands and assignments that consist of them.

use pest::iterators::Pair;
use toe_source::Span;

use super::builder::Builder;
use super::grammar::Rule;
use crate::tree::{
    AndOr, Arg, AssignValue, Assignment, Command, CommandKind, Param, ParamOp, PartKind, Pipeline, Simple,
    Word, WordPart,
};

impl Builder<'_, '_> {
    /// A command of plain words.
    pub(super) fn plain_command(&mut self, pair: Pair<'_, Rule>) -> AndOr {
        let span = self.span(&pair);
        let mut args = Vec::with_capacity(2);
        for piece in pair.into_inner() {
            let (text, start) = (piece.as_str(), piece.as_span().start());
            if piece.as_rule() == Rule::plain_arguments {
                args.extend(plain_words(text).map(|(at, word)| Arg::Word(self.plain_word(word, start + at))));
            } else {
                args.push(Arg::Word(self.plain_word(text, start)));
            }
        }
        statement(Simple { assignments: Vec::new(), args, redirects: Vec::new(), span }, span)
    }

    /// `NAME=WORD`.
    pub(super) fn plain_assignment(&mut self, pair: Pair<'_, Rule>) -> Option<AndOr> {
        let span = self.span(&pair);
        let end = pair.as_span().end();
        let mut inner = pair.into_inner();
        let name = inner.next()?;
        let name_span = self.span(&name);
        let value = match inner.next() {
            Some(word) => self.plain_word(word.as_str(), word.as_span().start()),
            None => Word { parts: Vec::new(), span: self.positions.span(end, end) },
        };
        let assignment = Assignment {
            name: name.as_str().to_owned(),
            name_span,
            index: None,
            append: false,
            value: AssignValue::Scalar(value),
            span,
        };
        let assignments = vec![assignment];
        Some(statement(Simple { assignments, args: Vec::new(), redirects: Vec::new(), span }, span))
    }

    fn plain_word(&mut self, text: &str, offset: usize) -> Word {
        let span = self.positions.span(offset, offset + text.len());
        Word { parts: self.split_plain(text, offset, false), span }
    }

    /// The pieces of a plain word. The grammar has made sure of their form.
    pub(super) fn plain_parts(&mut self, pair: &Pair<'_, Rule>) -> Vec<WordPart> {
        self.split_plain(pair.as_str(), pair.as_span().start(), false)
    }

    /// Splits `text`, which begins at `offset`, at dollars and quotes: quotes are text in quotes.
    fn split_plain(&mut self, text: &str, offset: usize, in_quotes: bool) -> Vec<WordPart> {
        // Most words are text alone.
        let mut parts = Vec::with_capacity(1);
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let until = |sign| rest.bytes().skip(1).position(|b| b == sign).map_or(rest.len(), |i| i + 2);
            let inner = |length: usize| rest.get(1..length - 1).unwrap_or_default();
            let (kind, length) = match rest.as_bytes().first() {
                Some(b'$') => {
                    let braced = rest.starts_with("${");
                    let length = if braced { until(b'}') } else { name_length(rest) };
                    let name =
                        rest.get(1 + usize::from(braced)..length - usize::from(braced)).unwrap_or_default();
                    let span = self.positions.span(offset + at, offset + at + length);
                    let Some(name) = self.parameter_name(name, span) else { break };
                    (
                        PartKind::Param(Param {
                            name,
                            index: None,
                            indirect: false,
                            op: ParamOp::None,
                            braced,
                        }),
                        length,
                    )
                }
                Some(b'"') if !in_quotes => {
                    let length = until(b'"');
                    (PartKind::DoubleQuoted(self.split_plain(inner(length), offset + at + 1, true)), length)
                }
                Some(b'\'') if !in_quotes => {
                    let length = until(b'\'');
                    (PartKind::SingleQuoted(inner(length).to_owned()), length)
                }
                _ => {
                    let is_sign = |b| b == b'$' || !in_quotes && (b == b'"' || b == b'\'');
                    let length = rest.bytes().position(is_sign).unwrap_or(rest.len());
                    (PartKind::Literal(rest.get(..length).unwrap_or_default().to_owned()), length)
                }
            };
            parts.push(WordPart { kind, span: self.positions.span(offset + at, offset + at + length) });
            at += length;
        }
        parts
    }
}

/// The words of plain arguments, each behind a blank, and where they begin.
fn plain_words(arguments: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 1;
    std::iter::from_fn(move || {
        let rest = arguments.get(at..)?;
        let length = word_length(rest.as_bytes());
        let word = (at, rest.get(..length)?);
        at += length + 1;
        Some(word)
    })
}

/// The length of the plain word that `text` begins with, up to a blank outside of quotes.
fn word_length(text: &[u8]) -> usize {
    let mut length = 0;
    while let Some(rest) = text.get(length..) {
        let Some(end) = rest.iter().position(|byte| matches!(byte, b' ' | b'"' | b'\'')) else { break };
        length += end;
        let quote = rest.get(end).copied().filter(|byte| *byte != b' ');
        let Some(quote) = quote else { return length };
        let quoted = rest.get(end + 1..).unwrap_or_default();
        length += 2 + quoted.iter().position(|byte| *byte == quote).unwrap_or(quoted.len());
    }
    text.len()
}

/// The length of `$` and the name or digit behind it.
fn name_length(text: &str) -> usize {
    let name = text.get(1..).unwrap_or_default();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return 2;
    }
    1 + name.bytes().position(|b| !b.is_ascii_alphanumeric() && b != b'_').unwrap_or(name.len())
}

fn statement(simple: Simple, span: Span) -> AndOr {
    let command = Command { kind: CommandKind::Simple(simple), redirects: Vec::new(), span };
    AndOr { first: Pipeline { negated: false, command, span }, rest: Vec::new(), span }
}
