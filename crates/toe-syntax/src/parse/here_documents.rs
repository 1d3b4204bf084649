//! Here-documents: which body belongs to which operator, and what is in it.

use std::collections::{HashMap, VecDeque};

use pest::iterators::Pair;
use toe_source::Span;

use super::builder::Builder;
use super::grammar::Rule;
use super::positions::{Excerpt, Positions};
use crate::error::SyntaxError;
use crate::tree::{HereDoc, PartKind, WordPart};

/// The lines of a here-document, as offsets into the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body {
    /// The body, with the newline of its last line.
    start: usize,
    end: usize,
    /// After the delimiter.
    delimiter_end: usize,
}

/// Gives each operator, by its offset, the body that follows its line.
///
/// Bash reads the bodies at the first newline outside quotes, wherever that is. Where that is not
/// in the same substitution or array as the operator, the case is refused.
#[derive(Default)]
pub(super) struct Announced<'t> {
    bodies: HashMap<usize, Body>,
    /// Operators without a body so far, and in what they stand.
    waiting: VecDeque<(Pair<'t, Rule>, Option<usize>)>,
    /// What is open at the place looked at: its beginning and its end.
    open: Vec<(usize, usize)>,
}

impl<'t> Announced<'t> {
    /// Takes the matches of a text in their order.
    pub(super) fn meet(
        &mut self,
        pair: Pair<'t, Rule>,
        positions: &Positions,
        errors: &mut Vec<SyntaxError>,
    ) {
        match pair.as_rule() {
            Rule::command_substitution | Rule::outside_process_substitution | Rule::array => {
                let span = pair.as_span();
                self.inside(span.start());
                self.open.push((span.start(), span.end()));
            }
            Rule::redirection if pair.clone().into_inner().any(|p| p.as_rule() == Rule::here_operator) => {
                let inside = self.inside(pair.as_span().start());
                self.waiting.push_back((pair, inside));
            }
            Rule::here_first => {
                // The grammar has room for three: the text of a fourth would be sought behind the next line.
                errors.extend(self.waiting.get(3).map(|(operator, _)| too_many(operator, positions)));
                self.waiting.truncate(3);
                self.body(&pair, positions, errors);
            }
            Rule::here_second | Rule::here_third => self.body(&pair, positions, errors),
            _ => {}
        }
    }

    /// The innermost of what is open at `offset`.
    fn inside(&mut self, offset: usize) -> Option<usize> {
        while self.open.last().is_some_and(|(_, end)| *end <= offset) {
            self.open.pop();
        }
        self.open.last().map(|(start, _)| *start)
    }

    fn body(&mut self, pair: &Pair<'t, Rule>, positions: &Positions, errors: &mut Vec<SyntaxError>) {
        let span = pair.as_span();
        let inside = self.inside(span.start());
        let Some((operator, at)) = self.waiting.pop_front() else { return };
        if at != inside {
            errors.push(straddling(&operator, positions));
        }
        let mut inner = pair.clone().into_inner();
        let Some(lines) = inner.next().map(|p| p.as_span()) else { return };
        if inner.any(|p| p.as_rule() == Rule::here_unclosed) {
            errors.push(unclosed(&operator, positions, span.end()));
        }
        // The lines' match begins with the newline before the first of them.
        let (start, end) = if lines.start() == lines.end() {
            (lines.start() + 1, lines.start() + 1)
        } else {
            (lines.start() + 1, (lines.end() + 1).min(span.end()))
        };
        let (start, end) = (start.min(span.end()), end.min(span.end()));
        self.bodies.insert(operator.as_span().start(), Body { start, end, delimiter_end: span.end() });
    }

    /// The bodies, when all matches were met.
    pub(super) fn finish(self, positions: &Positions, errors: &mut Vec<SyntaxError>) -> HashMap<usize, Body> {
        for (operator, _) in self.waiting {
            errors.push(unclosed(&operator, positions, operator.as_span().end()));
        }
        self.bodies
    }
}

fn delimiter_of(operator: &Pair<'_, Rule>) -> String {
    let word = operator.clone().into_inner().find(|p| p.as_rule() == Rule::here_delimiter);
    word.map(|p| p.as_str().trim_start_matches('\\').trim_matches(['\'', '"']).to_owned()).unwrap_or_default()
}

fn unclosed(operator: &Pair<'_, Rule>, positions: &Positions, missed: usize) -> SyntaxError {
    let span = operator.as_span();
    let delimiter = delimiter_of(operator);
    SyntaxError::UnclosedHereDocument {
        help: format!("end the text with a line that is `{delimiter}` and nothing else"),
        delimiter,
        opened: positions.span(span.start(), span.end()),
        missed: positions.span(missed, missed),
    }
}

fn too_many(operator: &Pair<'_, Rule>, positions: &Positions) -> SyntaxError {
    let span = operator.as_span();
    SyntaxError::NotInSubset {
        what: "a fourth here-document in one line".into(),
        instead: "begin it in a line of its own".into(),
        span: positions.span(span.start(), span.end()),
    }
}

fn straddling(operator: &Pair<'_, Rule>, positions: &Positions) -> SyntaxError {
    let span = operator.as_span();
    SyntaxError::NotInSubset {
        what: "a here-document whose text begins inside or outside of another substitution".into(),
        instead: "put the substitution into a variable first".into(),
        span: positions.span(span.start(), span.end()),
    }
}

impl Builder<'_, '_> {
    /// The here-document announced by `redirection`.
    pub(super) fn here_document(&mut self, redirection: &Pair<'_, Rule>) -> HereDoc {
        let strip_tabs =
            redirection.as_str().trim_start_matches(|c: char| c.is_ascii_digit()).starts_with("<<-");
        let raw = redirection.clone().into_inner().find(|p| p.as_rule() == Rule::here_delimiter);
        let quoted = raw.is_some_and(|p| p.as_str().starts_with(['\'', '"', '\\']));
        let delimiter = delimiter_of(redirection);
        let at = redirection.as_span().start();
        let Some(body) = self.bodies.get(&at).copied() else {
            // Its absence was reported when the bodies were given out.
            let span = self.span(redirection);
            return HereDoc { delimiter, quoted, strip_tabs, body: Vec::new(), body_span: span };
        };
        let body_span = self.positions.span(body.start, body.delimiter_end);
        let raw = self.text.get(body.start..body.end).unwrap_or_default();
        let positions = self.positions.clone();
        let mut excerpt = Excerpt::new(&positions);
        let mut offset = body.start;
        for line in logical_lines(raw, quoted) {
            let tabs = if strip_tabs { leading_tabs(line, quoted) } else { 0 };
            let kept = line.get(tabs..).unwrap_or_default();
            if !quoted
                && line.contains("\\\n")
                && kept.replace("\\\n", "").trim_end_matches('\n') == delimiter
            {
                let span = self.positions.span(offset, offset + line.len());
                self.outside(
                    span,
                    "a delimiter of a here-document split over two lines",
                    "write it in one line",
                );
            }
            let mut from = offset + tabs;
            for piece in pieces_of_line(kept, quoted) {
                excerpt.take(piece, from);
                from += piece.len() + "\\\n".len();
            }
            offset += line.len();
        }
        let (text, positions) = excerpt.finish(body.start);
        let body = self.here_parts(&text, positions, quoted);
        HereDoc { delimiter, quoted, strip_tabs, body, body_span }
    }

    fn here_parts(&mut self, text: &str, positions: Positions, quoted: bool) -> Vec<WordPart> {
        if text.is_empty() {
            return Vec::new();
        }
        if quoted {
            let span: Span = positions.span(0, text.len());
            return vec![WordPart { kind: PartKind::Literal(text.to_owned()), span }];
        }
        let mut inner = self.within(text, positions);
        let parts = inner.matched(Rule::here_text).into_iter().flatten().flat_map(Pair::into_inner);
        inner.parts(parts)
    }
}

/// The length of the tabs that `line` begins with once it is joined, and of what continues it before or between them.
fn leading_tabs(line: &str, quoted: bool) -> usize {
    let mut rest = line;
    while let Some(shorter) =
        rest.strip_prefix('\t').or_else(|| rest.strip_prefix("\\\n").filter(|_| !quoted))
    {
        rest = shorter;
    }
    line.len() - rest.len()
}

/// The line without what continues it. Bash joins a here-document's lines before it reads anything else in it, so
/// within the quotes of a substitution too.
fn pieces_of_line(line: &str, quoted: bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (i, _) in line_ends(line).filter(|(_, escaped)| *escaped && !quoted) {
        pieces.extend(line.get(start..i - 1));
        start = i + 1;
    }
    pieces.extend(line.get(start..));
    pieces
}

/// The newlines of `text`, and whether a backslash stands before them that is not itself behind one.
fn line_ends(text: &str) -> impl Iterator<Item = (usize, bool)> {
    let mut escaped = false;
    text.bytes().enumerate().filter_map(move |(i, byte)| {
        let before = escaped;
        escaped = byte == b'\\' && !escaped;
        (byte == b'\n').then_some((i, before))
    })
}

/// Lines with their newlines; where a backslash joins two, they are one.
fn logical_lines(text: &str, quoted: bool) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (i, _) in line_ends(text).filter(|(_, escaped)| quoted || !escaped) {
        lines.extend(text.get(start..=i));
        start = i + 1;
    }
    lines.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continued_lines_are_joined() {
        assert_eq!(pieces_of_line("a\\\nb\\\n\\\\\n", false), ["a", "b", "\\\\\n"]);
        assert_eq!(pieces_of_line("a\\\n", true), ["a\\\n"]);
    }

    #[test]
    fn tabs_go_when_the_lines_are_joined() {
        assert_eq!(leading_tabs("\t\\\n\tx\\\n\ty\n", false), "\t\\\n\t".len());
        assert_eq!(leading_tabs("\t\\\n\tx\n", true), "\t".len());
    }
}
