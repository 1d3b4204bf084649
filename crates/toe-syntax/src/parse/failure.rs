//! From the place where the grammar stopped to a message in the user's words.

use pest::error::{Error, ErrorVariant, InputLocation};

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
    let rest = text.get(at..).unwrap_or_default();
    let state = scan(text, at);
    let span = positions.span(at, at + token(rest).len());
    let failure = Failure { text, positions, at, rest, span, state };
    failure.outside().or_else(|| failure.unfinished()).unwrap_or_else(|| failure.unexpected())
}

/// The word or the operator at the start of `rest`.
fn token(rest: &str) -> &str {
    let word = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let operator = rest.find(|c: char| !matches!(c, '&' | '|' | ';')).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    rest.get(..word.max(operator).max(first)).unwrap_or_default()
}

struct Failure<'t> {
    text: &'t str,
    positions: &'t Positions,
    at: usize,
    rest: &'t str,
    span: toe_source::Span,
    state: State,
}

impl Failure<'_> {
    fn innermost(&self) -> Option<Open> {
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
            '!' if inner == Some(Kind::Parameter) => ("this form of `${! }`", "write `${!x}`"),
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
                return (ends || other_closer || (word == ")" && self.closes_outer()))
                    .then_some(SyntaxError::Unfinished { opener, closer: missing, opened, missed });
            }
            _ if !ends => return None,
            Kind::SingleQuote | Kind::AnsiQuote => ("the quote", "`'`"),
            Kind::DoubleQuote => ("the quote", "`\"`"),
            Kind::Backquote => ("the backquote", "another backquote"),
            Kind::Parameter => ("the `${`", "`}`"),
            Kind::Substitution => ("the `$(`", "`)`"),
            Kind::Arithmetic => ("the arithmetic", "`))`"),
            Kind::Array => ("the list of elements", "`)`"),
            Kind::Subshell => ("the parenthesis", "`)`"),
            Kind::Test => ("the `[[`", "`]]`"),
        };
        Some(SyntaxError::Unclosed { what, closer, opened, missed })
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
                "this belongs to an `if`, and none is open here: end the command before it with `;`"
            }
            "do" | "done" => {
                "this belongs to a loop, and none is open here: end the command before it with `;`"
            }
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
            _ if inner == Some(Kind::Parameter) => {
                "write `${NAME}` or `${NAME OPERATOR WORD}` as bash has it"
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
