//! Words and their pieces.

use pest::iterators::Pair;

use super::builder::Builder;
use super::grammar::Rule;
use crate::error::MAX_NESTING;
use crate::tree::{PartKind, Word, WordPart};

impl Builder<'_, '_> {
    /// A word of any context: its pieces are the matches inside.
    pub(super) fn word(&mut self, pair: Pair<'_, Rule>) -> Word {
        let span = self.span(&pair);
        Word { parts: self.parts(pair.into_inner()), span }
    }

    /// The pieces of a word, adjacent text joined.
    pub(super) fn parts<'a>(&mut self, pairs: impl Iterator<Item = Pair<'a, Rule>>) -> Vec<WordPart> {
        let mut parts: Vec<WordPart> = Vec::new();
        let mut brackets = 0_usize;
        for pair in pairs {
            if pair.as_rule() == Rule::plain_word {
                parts.extend(self.plain_parts(&pair));
                continue;
            }
            let span = self.span(&pair);
            // Who evaluates arithmetic and regular expressions goes as deep as their parentheses.
            match pair.as_rule() {
                Rule::arithmetic_open | Rule::index_open | Rule::regex_open | Rule::substring_open => {
                    brackets += 1;
                }
                Rule::arithmetic_close | Rule::index_close | Rule::regex_close | Rule::substring_close => {
                    brackets = brackets.saturating_sub(1);
                }
                _ => {}
            }
            if brackets > MAX_NESTING {
                self.too_deep(span);
                break;
            }
            let Some(kind) = self.part(pair) else { continue };
            match (parts.last_mut(), kind) {
                (Some(WordPart { kind: PartKind::Literal(text), span: last }), PartKind::Literal(more)) => {
                    text.push_str(&more);
                    *last = last.to(span);
                }
                (_, kind) => parts.push(WordPart { kind, span }),
            }
        }
        parts
    }

    fn part(&mut self, pair: Pair<'_, Rule>) -> Option<PartKind> {
        let text = pair.as_str();
        Some(match pair.as_rule() {
            Rule::escaped | Rule::quoted_escape | Rule::quoted_value_escape | Rule::here_escape => {
                PartKind::Escaped(text.chars().nth(1)?)
            }
            Rule::single_quoted => PartKind::SingleQuoted(between(text, "'", "'").to_owned()),
            Rule::ansi_in_value => {
                let text = between(text, "$'", "'").to_owned();
                if !is_plain_when_decoded(&text) {
                    let span = self.span(&pair);
                    self.outside(
                        span,
                        "`$'..'` inside `${ }` with more than letters, digits, blanks and a few signs",
                        "put the text into a variable first",
                    );
                }
                PartKind::AnsiC(text)
            }
            Rule::ansi_quoted => PartKind::AnsiC(between(text, "$'", "'").to_owned()),
            Rule::double_quoted | Rule::inner_quoted => {
                let in_quotes = std::mem::replace(&mut self.in_quotes, true);
                let parts = self.parts(pair.into_inner());
                self.in_quotes = in_quotes;
                PartKind::DoubleQuoted(parts)
            }
            Rule::simple_parameter | Rule::parameter | Rule::quoted_parameter => {
                PartKind::Param(self.parameter(pair)?)
            }
            Rule::arithmetic => self.arithmetic_part(pair)?,
            Rule::command_substitution => self.command_substitution(pair),
            Rule::backquoted => self.backquoted(pair, false)?,
            Rule::quoted_backquoted => self.backquoted(pair, true)?,
            Rule::EOI | Rule::comment | Rule::empty => return None,
            // Every other piece stands for itself.
            _ => PartKind::Literal(text.to_owned()),
        })
    }
}

/// True for a text that is the same however bash quotes it after decoding.
fn is_plain_when_decoded(text: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let plain = match c {
            '\\' => matches!(chars.next(), Some('n' | 't')),
            c => c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | ':' | ';' | '=' | '_' | '-'),
        };
        if !plain {
            return false;
        }
    }
    true
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    text.strip_prefix(open).and_then(|t| t.strip_suffix(close)).unwrap_or_default()
}

/// The text of a word that is one unquoted piece.
pub(super) fn bare_text(word: &Word) -> Option<&str> {
    match word.parts.as_slice() {
        [WordPart { kind: PartKind::Literal(text), .. }] => Some(text),
        _ => None,
    }
}
