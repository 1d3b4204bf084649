//! Assignments and arrays in parentheses.

use pest::iterators::Pair;

use super::builder::Builder;
use super::grammar::Rule;
use crate::tree::{ArrayElement, AssignValue, Assignment, PartKind, Subscript, Word};

impl Builder<'_, '_> {
    /// `NAME[i]+=value`.
    pub(super) fn assignment(&mut self, pair: Pair<'_, Rule>) -> Option<Assignment> {
        let span = self.span(&pair);
        let end = pair.as_span().end();
        let mut name = None;
        let (mut index, mut append) = (None, false);
        let mut value = AssignValue::Scalar(Word { parts: Vec::new(), span: self.positions.span(end, end) });
        for piece in pair.into_inner() {
            match piece.as_rule() {
                Rule::identifier => name = Some((piece.as_str().to_owned(), self.span(&piece))),
                Rule::subscript => {
                    let at = self.span(&piece);
                    match self.subscript(piece) {
                        Some(Subscript::Index(word)) => index = Some(*word),
                        _ => self.unexpected(
                            at,
                            "an assignment to all elements",
                            "name one element, as in `a[1]=x`",
                        ),
                    }
                }
                Rule::append => append = true,
                Rule::array => value = AssignValue::Array(self.array(piece)),
                Rule::word_here => value = AssignValue::Scalar(self.word(piece)),
                _ => {}
            }
        }
        if let (Some(index), AssignValue::Array(_)) = (&index, &value) {
            self.unexpected(index.span, "an array as one element", "bash has no arrays in arrays");
        }
        let (name, name_span) = name?;
        Some(Assignment { name, name_span, index, append, value, span })
    }

    fn array(&mut self, pair: Pair<'_, Rule>) -> Vec<ArrayElement> {
        let mut elements = Vec::new();
        for element in pair.into_inner().filter(|p| p.as_rule() == Rule::element) {
            let span = self.span(&element);
            let text = element.as_str();
            let Some(piece) = element.into_inner().next() else { continue };
            if piece.as_rule() != Rule::indexed_element {
                if let Some((what, help)) = unread_index(text) {
                    self.outside(span, what, help);
                }
                let value = self.word(piece);
                if has_open_bracket(&value) {
                    let what = "an element that begins with `[` and has no `]` for it";
                    self.outside(span, what, "quote the bracket");
                }
                elements.push(ArrayElement { index: None, append: false, value });
                continue;
            }
            let end = piece.as_span().end();
            let mut value = Word { parts: Vec::new(), span: self.positions.span(end, end) };
            let (mut index, mut append) = (None, false);
            for part in piece.into_inner() {
                match part.as_rule() {
                    Rule::index => index = Some(self.word(part)),
                    Rule::append => append = true,
                    Rule::word_here => value = self.word(part),
                    _ => {}
                }
            }
            elements.push(ArrayElement { index, append, value });
        }
        elements
    }
}

/// Why an element that was read as a word has an index for bash, and what to do about it.
fn unread_index(element: &str) -> Option<(&'static str, &'static str)> {
    // Bash joins continued lines first.
    let joined = element.replace("\\\n", "");
    let has_index = joined.starts_with('[') && (joined.contains("]=") || joined.contains("]+="));
    let why = if joined == element {
        ("an index that holds brackets, in a list of elements", "put the index into a variable first")
    } else {
        ("an index continued on the next line, in a list of elements", "write it in one line")
    };
    has_index.then_some(why)
}

/// True for `[..` without its `]`: bash reads on through the words that follow.
fn has_open_bracket(word: &Word) -> bool {
    let mut depth = 0_usize;
    for (i, part) in word.parts.iter().enumerate() {
        let PartKind::Literal(text) = &part.kind else {
            if i == 0 {
                return false;
            }
            continue;
        };
        if i == 0 && !text.starts_with('[') {
            return false;
        }
        for c in text.chars() {
            match c {
                '[' => depth += 1,
                ']' if depth == 1 => return false,
                ']' => depth -= 1,
                _ => {}
            }
        }
    }
    depth > 0
}
