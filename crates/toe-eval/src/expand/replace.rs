//! `${x/p/r}` with `&` in the replacement (bash 5.2, patsub_replacement).

use toe_syntax::tree::{ReplaceKind, Word};

use crate::machine::Machine;
use crate::stop::Run;

use super::pattern::Pattern;
use super::piece::{Piece, escaped_text};
use super::{Context, tilde::Tilde};

/// The replacement: text, and the places where the match itself goes.
#[derive(Debug, Clone)]
pub(crate) struct Replacement {
    pieces: Vec<Option<String>>,
}

/// A compiled `/p/r`.
#[derive(Debug, Clone)]
pub(crate) struct Substitution {
    kind: ReplaceKind,
    pattern: Pattern,
    replacement: Replacement,
}

impl Machine<'_> {
    /// Expands pattern and replacement.
    pub(crate) fn substitution(
        &mut self,
        kind: ReplaceKind,
        pattern: &Word,
        replacement: Option<&Word>,
    ) -> Run<Substitution> {
        let context = Context {
            // Behind `/#` and `/%` the tilde does not begin the text that bash expands.
            tilde: if pattern.parts.is_empty() || matches!(kind, ReplaceKind::Prefix | ReplaceKind::Suffix) {
                Tilde::Off
            } else {
                Tilde::Word
            },
            ..Context::SINGLE
        };
        let pieces = self.pieces(pattern, context)?;
        let text = self.checked_pattern_text(&pieces)?;
        // Bash looks for these marks after expansion, so a value can begin with one.
        let (kind, text) = match (kind, text.chars().next()) {
            (ReplaceKind::First, Some('#')) => (ReplaceKind::Prefix, &text[1..]),
            (ReplaceKind::First, Some('%')) => (ReplaceKind::Suffix, &text[1..]),
            (kind, _) => (kind, text.as_str()),
        };
        // Bash puts a `*` behind the pattern to look for it anywhere, which such a backslash quotes.
        if text.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1 {
            return Err(self.not_in_subset(
                "a pattern that ends in a backslash which quotes nothing".to_owned(),
                "quote the pattern, as in `${x/\"$y\"/z}`",
            ));
        }
        // Bash takes such a star for an active one when it looks whether the value can match at all.
        if kind != ReplaceKind::Suffix && text.starts_with('*') && ends_in_quoted_star(text) {
            return Err(self.not_in_subset(
                "a pattern of a replacement that begins with `*` and ends in a quoted `*`",
                "write the last one as `[*]`",
            ));
        }
        // Bash takes the first `]` for the end of the bracket when it counts how long a match must be.
        if text.contains("[!]") || text.contains("[^]") {
            return Err(self.not_in_subset(
                "a bracket that begins with `!]` in the pattern of a replacement",
                "put the `]` behind another character, as in `[!a]]`, or use another operator",
            ));
        }
        let pattern = self.compile(text)?;
        // Bash counts each sign behind such a bracket as one character that a match must have.
        if pattern.signs_behind_open_bracket {
            return Err(self.not_in_subset(
                "a `[` without `]` before `*` or a backslash in the pattern of a replacement",
                "quote the bracket, as in `${x/\\[*/z}`",
            ));
        }
        let replacement = match replacement {
            Some(word) => Replacement::parse(&self.pieces(word, Context::SINGLE)?),
            None => Replacement { pieces: Vec::new() },
        };
        Ok(Substitution { kind, pattern, replacement })
    }

    /// Replaces in one value.
    pub(crate) fn replace(&mut self, text: &str, how: &Substitution) -> Run<String> {
        let chars: Vec<char> = text.chars().collect();
        how.pattern.check_text(&chars).map_err(|e| self.pattern_error(&e))?;
        let mut out = String::new();
        match how.kind {
            ReplaceKind::Prefix => {
                self.charge(how.pattern.cost(chars.len()))?;
                let end = how.pattern.prefix(&chars, true);
                if let Some(end) = end {
                    how.replacement.push(&chars[..end], &mut out);
                }
                out.extend(&chars[end.unwrap_or(0)..]);
            }
            ReplaceKind::Suffix => {
                self.charge(how.pattern.cost(chars.len()))?;
                let back: Vec<char> = chars.iter().rev().copied().collect();
                let length = how.pattern.reversed().prefix(&back, true);
                let start = chars.len() - length.unwrap_or(0);
                out.extend(&chars[..start]);
                if length.is_some() {
                    how.replacement.push(&chars[start..], &mut out);
                }
            }
            ReplaceKind::First | ReplaceKind::All => {
                if how.pattern.is_empty() {
                    return Ok(text.to_owned());
                }
                let mut at = 0;
                let mut done = false;
                if chars.is_empty() {
                    // The empty value is one chance to match.
                    if how.pattern.matches(&chars) {
                        how.replacement.push(&[], &mut out);
                    }
                    return Ok(out);
                }
                while at < chars.len() {
                    if done {
                        out.extend(&chars[at..]);
                        break;
                    }
                    let mut work = 0;
                    let found = how.pattern.counted_prefix(&chars[at..], true, &mut work);
                    self.charge(1 + work / 8)?;
                    let length = found.unwrap_or(0);
                    if found.is_none() && how.pattern.begins_with_star() {
                        out.extend(&chars[at..]);
                        break;
                    }
                    if length == 0 {
                        out.push(chars[at]);
                        at += 1;
                        continue;
                    }
                    how.replacement.push(&chars[at..at + length], &mut out);
                    self.check_word(out.len())?;
                    at += length;
                    done = how.kind == ReplaceKind::First;
                }
            }
        }
        self.check_word(out.len())?;
        Ok(out)
    }
}

impl Replacement {
    /// In unquoted text `&` is the match, `\&` is `&` and `\\` is a backslash.
    fn parse(pieces: &[Piece]) -> Self {
        let mut out: Vec<Option<String>> = Vec::new();
        let mut run = String::new();
        // As in bash, a backslash that an expansion ends with may meet those of the quotes behind it.
        let text = escaped_text(pieces, |c| matches!(c, '&' | '\\'));
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '&' => {
                    out.push(Some(std::mem::take(&mut run)));
                    out.push(None);
                }
                '\\' if matches!(chars.peek(), Some('&' | '\\')) => run.extend(chars.next()),
                c => run.push(c),
            }
        }
        out.push(Some(run));
        Replacement { pieces: out }
    }

    fn push(&self, matched: &[char], out: &mut String) {
        for piece in &self.pieces {
            match piece {
                Some(text) => out.push_str(text),
                None => out.extend(matched),
            }
        }
    }
}

/// True for a `*` at the end behind an odd number of backslashes.
fn ends_in_quoted_star(text: &str) -> bool {
    text.strip_suffix('*').is_some_and(|rest| rest.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1)
}
