//! Mistakes that are often made, and what the author most likely meant.

use toe_source::Span;

use super::failure::{Failure, token};
use super::open_constructs::{Kind, scan};
use crate::error::SyntaxError;

impl Failure<'_> {
    /// A here-document without its end, which takes all that follows for its text.
    pub(super) fn here_document(&self) -> Option<SyntaxError> {
        let (start, delimiter) = self.state.here_open.as_ref().filter(|_| self.rest.is_empty())?;
        let from = self.text.get(*start..)?;
        let indented = from.lines().skip(1).any(|line| line.trim_start() == delimiter && line != delimiter);
        let help = if indented {
            format!("the line `{delimiter}` must not be indented; after `<<-` it may be, with tabs")
        } else {
            format!("end the text with a line that is `{delimiter}` and nothing else")
        };
        let announced = from.find('\n').map_or(self.text.len(), |newline| start + newline);
        Some(SyntaxError::UnclosedHereDocument {
            delimiter: delimiter.clone(),
            help,
            opened: self.positions.span(*start, announced),
            missed: self.span,
        })
    }

    /// A quote at which the match stopped, as no other follows.
    pub(super) fn quote(&self) -> Option<SyntaxError> {
        let (kind, closer) = match self.rest.chars().next()? {
            '\'' => (Kind::SingleQuote, '\''),
            '"' => (Kind::DoubleQuote, '"'),
            _ => return None,
        };
        let end = self.text.len();
        let open = scan(self.text, end).open.into_iter().find(|o| o.start == self.at && o.kind == kind);
        open.map(|_| self.unclosed_quote(closer, kind, self.span, self.positions.span(end, end)))
    }

    pub(super) fn unclosed_quote(&self, closer: char, kind: Kind, opened: Span, missed: Span) -> SyntaxError {
        let suspect = self.state.ended_in_word.filter(|(k, _)| *k == kind).map(|(_, at)| at);
        let help = match (suspect, kind) {
            (None, _) => format!("close it with `{closer}`"),
            (Some(_), Kind::SingleQuote) => {
                "an apostrophe ends a text in single quotes: put the text into double quotes".to_owned()
            }
            (Some(_), _) => format!("close it with `{closer}`, or the text before it, where that should end"),
        };
        let suspect = suspect.map(|at| self.positions.span(at, at + 1));
        SyntaxError::Unclosed { what: "the quote", help, opened, missed, suspect }
    }

    /// `then` after something that is no `if` and no `elif`, such as `elseif`.
    pub(super) fn else_if(&self) -> Option<SyntaxError> {
        let Some(Kind::Compound { opener: "if", stage: "then" | "else", .. }) =
            self.innermost().map(|o| o.kind)
        else {
            return None;
        };
        let (start, _) = self.line_before()?;
        let word = token(self.text.get(start..)?);
        (token(self.rest) == "then" && matches!(word, "elseif" | "elsif" | "elsfi" | "elseIf" | "elfi")).then(
            || SyntaxError::Unexpected {
                found: format!("`{word}`"),
                help: "write `elif`".to_owned(),
                span: self.positions.span(start, start + word.len()),
            },
        )
    }

    /// `if[`, where a blank is missing.
    pub(super) fn bracket_joined(&self) -> Option<SyntaxError> {
        let (start, line) = self.line_before()?;
        let word = ["if[", "elif[", "while[", "until["].into_iter().find(|w| line.starts_with(w))?;
        let reserved = word.trim_end_matches('[');
        Some(SyntaxError::Unexpected {
            found: format!("`{word}`"),
            help: format!("put a blank between `{reserved}` and `[`"),
            span: self.positions.span(start, start + word.len()),
        })
    }

    /// Commands in a `case` that has no `esac`, or whose pattern has no `)`.
    pub(super) fn pattern(&self) -> Option<SyntaxError> {
        let open = self.innermost()?;
        let Kind::Compound { opener: "case", stage: "in", .. } = open.kind else { return None };
        let (start, _) = self.line_before()?;
        let line = self.text.get(start..)?.lines().next().unwrap_or_default();
        let opened = self.positions.span(open.start, open.end);
        let span = self.positions.span(start, start + line.trim_end().len());
        (start >= open.end).then_some(SyntaxError::NoPattern { opened, span })
    }

    /// Where the text of the line begins in which the match stopped, and that text up to there.
    fn line_before(&self) -> Option<(usize, &str)> {
        let before = self.text.get(..self.at)?;
        let line = before.rsplit('\n').next()?.trim_start();
        Some((self.at - line.len(), line))
    }
}
