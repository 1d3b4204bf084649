//! From the place where the grammar stopped to a message in the user's words.

use pest::error::{Error, ErrorVariant, InputLocation};

use toe_source::Span;

use super::grammar::Rule;
use super::open_constructs::{Kind, Open, State, scan};
use super::positions::Positions;
use crate::error::SyntaxError;

/// Words that only stand after others.
const CLOSERS: [&str; 8] = ["then", "elif", "else", "fi", "do", "done", "esac", "}"];

/// The error for a text that does not match.
pub(super) fn explain(text: &str, positions: &Positions, error: &Error<Rule>) -> SyntaxError {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(text.len()),
    };
    if let ErrorVariant::CustomError { .. } = &error.variant {
        // The matcher's own guard of its stack.
        return SyntaxError::TooDeep { span: positions.span(at, at) };
    }
    let at = closer_before(text, at).unwrap_or(at);
    let rest = text.get(at..).unwrap_or_default();
    let state = scan(text, at);
    let span = positions.span(at, at + token(rest).len());
    let failure = Failure { text, positions, at, rest, span, state };
    failure
        .here_document()
        .or_else(|| failure.outside())
        .or_else(|| failure.quote())
        .or_else(|| failure.else_if())
        .or_else(|| failure.bracket_joined())
        .or_else(|| failure.unfinished())
        .or_else(|| failure.pattern())
        .unwrap_or_else(|| failure.unexpected())
}

/// The start of a reserved word in the place of a command that ends at `at`. The matcher reads such a word as
/// the beginning of an assignment, and stops behind it; it is the word itself that is out of place.
fn closer_before(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, ';' | '&' | '|' | ')')).next()?;
    let ends = text.get(at..)?.chars().next().is_none_or(|c| c.is_whitespace() || ";&|)".contains(c));
    let start = at - word.len();
    (ends && CLOSERS.contains(&word) && scan(text, start).command_place).then_some(start)
}

/// The word or the operator at the start of `rest`.
pub(super) fn token(rest: &str) -> &str {
    let word = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let operator = rest.find(|c: char| !matches!(c, '&' | '|' | ';')).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    rest.get(..word.max(operator).max(first)).unwrap_or_default()
}

/// Where and in what a match stopped.
pub(super) struct Failure<'t> {
    pub(super) text: &'t str,
    pub(super) positions: &'t Positions,
    pub(super) at: usize,
    pub(super) rest: &'t str,
    pub(super) span: Span,
    pub(super) state: State,
}

impl Failure<'_> {
    pub(super) fn innermost(&self) -> Option<Open> {
        self.state.open.last().copied()
    }

    /// Bash that a nail may not use, known by where the match stopped.
    fn outside(&self) -> Option<SyntaxError> {
        let before = self.text.get(..self.at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let inner = self.innermost().map(|o| o.kind);
        let (what, instead) = match self.rest.chars().next()? {
            '[' if before.ends_with('$') => ("arithmetic in `$[ ]`", "write `$((..))`"),
            '(' if before.ends_with(['@', '?', '*', '+', '!']) => {
                ("an extended pattern such as `@(a|b)`", "write the alternatives one by one, or use `=~`")
            }
            '{' if matches!(inner, Some(Kind::Compound { opener: "for" | "select", .. })) => {
                ("a loop with its body in braces", "write `do` and `done`")
            }
            '@' if inner == Some(Kind::Parameter) => ("`${x@..}`", "use the value as it is"),
            '*' | '@' if inner == Some(Kind::Parameter) => ("`${!x*}`", "name the variables"),
            '!' if inner == Some(Kind::Parameter) && before.ends_with("${") => {
                ("this form of `${! }`", "write `${!x}`")
            }
            ')' if inner == Some(Kind::Arithmetic) => {
                ("a subshell directly in parentheses", "group commands with `{ ..; }`")
            }
            ' ' | '\t' | '\n' | ';' if before.ends_with(']') && Self::brackets_in_command(line) => {
                ("a command whose name has brackets", "quote it")
            }
            '"' | '\'' | '\\' | '$' | '`' if here_delimiter(line) => (
                "a here-document whose delimiter is quoted in part",
                "quote all of it, or nothing: `<<'END'`",
            ),
            _ if line.trim_end_matches([' ', '\t', '-']).ends_with("<<") => (
                "a here-document whose delimiter is quoted in part",
                "quote all of it, or nothing: `<<'END'`",
            ),
            _ => return None,
        };
        Some(SyntaxError::NotInSubset { what: what.into(), instead: instead.into(), span: self.span })
    }

    fn brackets_in_command(line: &str) -> bool {
        let name = line.rfind([' ', '\t', ';']).map_or(line, |i| line.get(i + 1..).unwrap_or_default());
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.contains('[')
    }

    /// Something that was begun and not ended.
    fn unfinished(&self) -> Option<SyntaxError> {
        let word = token(self.rest);
        let ends = self.rest.is_empty();
        let closes = CLOSERS.contains(&word) || matches!(word, ";" | ";;" | ")" | "&" | "&&" | "|" | "||");
        if let Some((before, start)) = self.state.after
            && self.state.command_place
            && (closes || ends)
            && !ends
        {
            let opened = self.positions.span(start, start + before.len());
            return Some(SyntaxError::EmptyList {
                before: before.into(),
                after: word.into(),
                opened,
                span: self.span,
            });
        }
        let Open { kind, start, end } = self.innermost()?;
        let opened = self.positions.span(start, end);
        let missed = self.span;
        let (what, closer) = match kind {
            Kind::Compound { opener, closer, stage } => {
                let missing = match (opener, stage) {
                    ("if", "if" | "elif") => "then",
                    ("while" | "until" | "for" | "select", "while" | "until" | "for" | "select" | "in") => {
                        "do"
                    }
                    ("case", "case") => "in",
                    _ => closer,
                };
                let other_closer = CLOSERS.contains(&word) && self.state.command_place;
                let body = self.text.get(end..self.at).unwrap_or_default();
                let no_head_end = match missing {
                    "in" => !self.rest.starts_with(['(', '<', '>', '&', '|', ';']),
                    "do" => {
                        opener == "for" && body.contains('\n') && self.rest.starts_with(char::is_alphabetic)
                    }
                    _ => false,
                };
                let help = match missing {
                    "then" | "do" | "in" => format!("write `{missing}` after the head of the `{opener}`"),
                    _ if other_closer && matches!(word, "fi" | "done" | "esac" | "}") => {
                        format!("what `{opener}` begins ends with `{closer}`, not with `{word}`")
                    }
                    "fi" if body.contains("else if ") => {
                        "`else if` begins an `if` of its own: write `elif`, or one `fi` more".to_owned()
                    }
                    _ => format!("add `{missing}` where the command begun by `{opener}` ends"),
                };
                return (ends || other_closer || no_head_end || (word == ")" && self.closes_outer()))
                    .then_some(SyntaxError::Unfinished { opener, closer: missing, help, opened, missed });
            }
            _ if !ends => return None,
            Kind::SingleQuote => return Some(self.unclosed_quote('\'', kind, opened, missed)),
            Kind::DoubleQuote => return Some(self.unclosed_quote('"', kind, opened, missed)),
            Kind::AnsiQuote => ("the quote", "`'`"),
            Kind::Backquote => ("the backquote", "another backquote"),
            Kind::Parameter => ("the `${`", "`}`"),
            Kind::Substitution => ("the `$(`", "`)`"),
            Kind::Arithmetic => ("the arithmetic", "`))`"),
            Kind::Array => ("the list of elements", "`)`"),
            Kind::Subshell => ("the parenthesis", "`)`"),
            Kind::Test => ("the `[[`", "`]]`"),
        };
        let help = format!("close it with {closer}");
        Some(SyntaxError::Unclosed { what, help, opened, missed, suspect: None })
    }

    fn closes_outer(&self) -> bool {
        self.state.open.iter().any(|o| matches!(o.kind, Kind::Substitution | Kind::Subshell))
    }

    fn unexpected(&self) -> SyntaxError {
        let word = token(self.rest);
        let found = match word {
            "" => "the end of the text".to_owned(),
            "\n" => "the end of the line".to_owned(),
            " " | "\t" => "a blank".to_owned(),
            _ => format!("`{word}`"),
        };
        let inner = self.innermost().map(|o| o.kind);
        let help = match word {
            "then" | "elif" | "else" | "fi" => {
                "this belongs to an `if`, and none is open here: take it away, or begin the `if`"
            }
            "do" | "done" => "this belongs to a loop, and none is open here: take it away, or begin the loop",
            "esac" => "this belongs to a `case`, and none is open here",
            "}" => "no `{` is open here; quote it if it belongs to a word",
            "in" => "this belongs to a `for` or `case`; quote it if it is a word",
            "(" | ")" => "quote the parenthesis if it belongs to a word",
            "&&" | "||" | "|" | "&" | "|&" => {
                "a command is needed before and after this; quote it if it belongs to a word"
            }
            ";" | ";;" | ";&" | ";;&" => "a command is needed before this; quote it if it belongs to a word",
            "\n" | "" if inner == Some(Kind::Test) => {
                "write an operator and a word, or `]]`, in the same line"
            }
            "\n" | "" => "something is missing at the end of this line",
            _ if inner == Some(Kind::Test) => {
                "write `[[ WORD OPERATOR WORD ]]` and join tests with `&&` and `||`"
            }
            " " | "\t" if inner == Some(Kind::Parameter) => "take the blank away: `${NAME}`",
            _ if inner == Some(Kind::Parameter) => {
                "after the name comes `}` or an operator: `:-` `:=` `:?` `:+` `#` `%` `/` `:` `^` `,`"
            }
            _ if inner == Some(Kind::Arithmetic) => "arithmetic has numbers, names and operators",
            _ => "end the command before it with `;` or a new line, or quote it",
        };
        SyntaxError::Unexpected { found, help: help.into(), span: self.span }
    }
}

/// Whether the last word of `line` is the delimiter of a here-document.
fn here_delimiter(line: &str) -> bool {
    line.rsplit_once("<<")
        .is_some_and(|(_, word)| !word.trim_start_matches(['-', ' ', '\t']).contains([' ', '\t', ';']))
}
