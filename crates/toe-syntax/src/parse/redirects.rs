//! Redirections: the few that mean something where nothing is printed and nothing is read.

use pest::iterators::Pair;

use super::builder::Builder;
use super::grammar::Rule;
use super::words::bare_text;
use crate::tree::{Redirect, RedirectKind};

const INSTEAD: &str = "the redirections of a nail are `>/dev/null`, `2>/dev/null`, `&>/dev/null`, `2>&1`, `</dev/null` and `<<`; to make a file, use `Write`";

impl Builder<'_, '_> {
    /// What stands at `at` is among the words of `[`.
    fn in_brackets(&self, at: usize) -> bool {
        let line = self.text.get(..at).and_then(|text| text.rsplit('\n').next()).unwrap_or_default();
        let command = line.rsplit([';', '&', '|']).next().unwrap_or_default();
        command.split_whitespace().rfind(|word| matches!(*word, "[" | "]")) == Some("[")
    }

    /// A redirection, or `None` when it was refused.
    pub(super) fn redirect(&mut self, pair: Pair<'_, Rule>) -> Option<Redirect> {
        let span = self.span(&pair);
        let start = pair.as_span().start();
        let text = pair.as_str();
        let (mut fd, mut operator, mut target) = (None, None, None);
        for piece in pair.clone().into_inner() {
            match piece.as_rule() {
                Rule::descriptor => match piece.as_str().parse::<u32>() {
                    Ok(n) => fd = Some(n),
                    Err(_) => fd = Some(u32::MAX),
                },
                Rule::here_operator => {
                    if !matches!(fd, None | Some(0)) {
                        self.outside(span, "a here-document for another descriptor", "leave the number out");
                    }
                    return Some(Redirect {
                        fd,
                        kind: RedirectKind::HereDoc(self.here_document(&pair)),
                        span,
                    });
                }
                Rule::outside_here_string => {
                    self.outside(
                        span,
                        "a here-string `<<<`",
                        "assign the text to a variable, and take parts of it with ${NAME%% *} and ${NAME#* }",
                    );
                    return None;
                }
                Rule::redirection_operator => operator = Some(piece.as_str()),
                Rule::word => target = Some(self.word(piece)),
                _ => {}
            }
        }
        let target = target?;
        let number = bare_text(&target).and_then(|t| t.parse::<u32>().ok());
        let null = bare_text(&target) == Some("/dev/null");
        let kind = match (operator?, fd) {
            (">", None | Some(1 | 2)) if null => RedirectKind::Out(target),
            ("&>", None) if null => RedirectKind::OutAndErr(target),
            (">&", None) if null => RedirectKind::OutAndErr(target),
            (">&", Some(2)) if number == Some(1) => RedirectKind::DupOut(1),
            ("<", None | Some(0)) if null => RedirectKind::In(target),
            ("<", None) if self.file_read == Some(start) => RedirectKind::In(target),
            _ => {
                let shown: String = text.chars().take(40).collect();
                let instead = match operator {
                    Some("<" | ">") if self.in_brackets(start) => {
                        "`[` compares numbers with -lt and -gt; `<` and `>` redirect there"
                    }
                    Some("<") => "to read a file, use `$(<FILE)`, as in `for WORD in $(<FILE); do`",
                    _ => INSTEAD,
                };
                self.outside(span, format!("the redirection `{shown}`"), instead);
                return None;
            }
        };
        Some(Redirect { fd, kind, span })
    }
}
