//! Tilde expansion (bash manual, 3.5.2), of `~` alone and `~/` only.

use crate::machine::Machine;
use crate::stop::Run;

use super::piece::Piece;

/// Where tildes are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tilde {
    /// Nowhere.
    Off,
    /// At the start of a word only.
    Start,
    /// At the start of a word, and after `=` and `:` of a word that looks like an assignment.
    Word,
    /// At the start of an assigned value and after each `:`.
    Assignment,
}

impl Machine<'_> {
    /// Pushes the literal `text`, the first of its word when `first`; `last` when nothing follows it.
    pub(crate) fn push_literal(
        &mut self,
        text: &str,
        first: bool,
        last: bool,
        tilde: Tilde,
        out: &mut Vec<Piece>,
    ) -> Run {
        if tilde == Tilde::Off || !text.contains('~') {
            out.push(Piece::Text { text: text.to_owned(), quoted: false, split: false });
            return Ok(());
        }
        let assignment = match tilde {
            Tilde::Assignment => Some(0),
            Tilde::Word if first => text.find('=').filter(|e| is_name(&text[..*e])).map(|e| e + 1),
            _ => None,
        };
        let mut plain = String::new();
        let mut rest = text;
        let mut at_start = first;
        while !rest.is_empty() {
            let offset = text.len() - rest.len();
            let starts = at_start || assignment == Some(offset) && offset > 0;
            if starts && rest.starts_with('~') {
                let colon_ends = assignment.is_some_and(|a| offset >= a);
                let end = rest.find(|c| c == '/' || colon_ends && c == ':');
                let name = &rest[..end.unwrap_or(rest.len())];
                if tilde == Tilde::Start && !last && rest.starts_with("~:") {
                    return Err(self.not_in_subset(
                        "`~:` at the start of a word that braces made, before an expansion or quotes",
                        "write each word by itself",
                    ));
                }
                if end.is_none() && !last {
                    // Something quoted or expanded follows: bash leaves the tilde.
                    plain.push_str(rest);
                    break;
                }
                if name != "~" {
                    return Err(self.not_in_subset(
                        format!("`{name}`, the home of a user"),
                        "write the directory, or quote the tilde",
                    ));
                }
                let Some(home) = self.scope.get("HOME").and_then(crate::scope::Variable::scalar) else {
                    return Err(self.error(crate::EvalErrorKind::UnsetVariable {
                        name: "HOME".to_owned(),
                        help: "`~` needs HOME: pass it in with --env HOME, or quote the tilde".to_owned(),
                    }));
                };
                if !plain.is_empty() {
                    out.push(Piece::Text { text: std::mem::take(&mut plain), quoted: false, split: false });
                }
                out.push(Piece::quoted(&*home));
                rest = &rest[1..];
                at_start = false;
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            plain.push(c);
            rest = &rest[c.len_utf8()..];
            at_start = c == ':' && assignment.is_some_and(|a| offset >= a);
        }
        if !plain.is_empty() {
            out.push(Piece::Text { text: plain, quoted: false, split: false });
        }
        Ok(())
    }
}

/// True for a variable's name.
pub(crate) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
