//! The word of `${x-word}` and `${x+word}`, and where bash splits it in ways of its own: those are refused.

use toe_syntax::tree::{PartKind, Word, WordPart};

use crate::machine::Machine;
use crate::stop::Run;

use super::Context;
use super::piece::Piece;
use super::split::Ifs;
use super::tilde::Tilde;

impl Machine<'_> {
    /// The word of `-` and `+`: unquoted, its own quotes count and its text is split.
    pub(super) fn expand_default(&mut self, word: &Word, context: Context, out: &mut Vec<Piece>) -> Run {
        let tilde = if context.quoted { Tilde::Off } else { Tilde::Word };
        let context = Context { split_literals: context.split && !context.quoted, tilde, ..context };
        let list_before = std::mem::replace(&mut self.empty_list_seen, false);
        let start = out.len();
        self.deeper(|machine| machine.parts(&word.parts, context, out))?;
        // A list without elements is nothing only where it stands in the quotes themselves.
        let list_within = std::mem::replace(&mut self.empty_list_seen, list_before);
        self.empty_kept |= context.quoted && list_within;
        self.empty_marked |= !context.quoted && out[start..].iter().any(Piece::is_empty_quote);
        if !context.quoted && context.split && self.loses_empty_quotes(&out[..start], &out[start..]) {
            return Err(self.not_in_subset(
                "empty quotes in the word of `${ }`, behind a blank of an expansion and other empty quotes,",
                "put the expansion into quotes, or make two words of it",
            ));
        }
        if !context.quoted && context.split && self.splits_joined_list(word) {
            return Err(self.not_in_subset(
                "`$@` in the word of `${ }` without quotes, while IFS holds more than blanks,",
                "put `$@` into quotes, or write it beside `${ }`",
            ));
        }
        if self.separates_beside_list(word, context, &out[start..]) {
            return Err(self.not_in_subset(
                "a separator of IFS beside `$@` in the word of `${ }`",
                "leave the separator out, or write `$@` beside `${ }`",
            ));
        }
        if !context.quoted && context.split && word.parts.iter().any(|part| self.is_list_of_fields(part)) {
            let ifs = self.ifs();
            let mut texts = out[start..].iter().filter(|piece| piece.len() > 0);
            let is_edge = |piece: Option<&Piece>| matches!(piece, Some(Piece::Text { text, split: true, .. }) if ifs.is_edge(text));
            if is_edge(texts.next()) || is_edge(texts.next_back()) {
                return Err(self.not_in_subset(
                    "`$@` in a word of `${ }` that begins or ends with a blank",
                    "leave the blank out, or write `$@` beside `${ }`",
                ));
            }
        }
        Ok(())
    }

    /// Beside a list of fields, bash splits the text of the word in quotes too, and drops a separator at its end.
    fn separates_beside_list(&self, word: &Word, context: Context, expanded: &[Piece]) -> bool {
        let ifs = self.ifs();
        if ifs.is_blank() || !word.parts.iter().any(|part| self.is_list_of_fields(part)) {
            return false;
        }
        if context.quoted {
            return word.parts.iter().any(|part| literals_separate(part, &ifs));
        }
        let last = expanded.iter().rfind(|piece| piece.len() > 0);
        let separates = |text: &str| text.chars().next_back().is_some_and(|c| ifs.is_delimiter(c));
        context.split && matches!(last, Some(Piece::Text { text, split: true, .. }) if separates(text))
    }

    /// Bash joins the list with spaces, whatever IFS is, and splits the text once more.
    fn splits_joined_list(&self, word: &Word) -> bool {
        let ifs = self.ifs();
        ifs.first().is_some()
            && !ifs.is_blank()
            && word
                .parts
                .iter()
                .any(|part| !matches!(part.kind, PartKind::DoubleQuoted(_)) && self.is_list_of_fields(part))
    }

    /// Bash drops the field of empty quotes in the word of an expansion when the field before it ended in the same
    /// word and empty quotes stood there too.
    fn loses_empty_quotes(&self, before: &[Piece], added: &[Piece]) -> bool {
        let ended = before.iter().rev().find(|piece| piece.len() > 0);
        let ended = matches!(ended, Some(Piece::Text { text, split: true, .. }) if self.ifs().is_edge(text));
        ended
            && !added.is_empty()
            && added.iter().all(Piece::is_empty_quote)
            && before.iter().any(Piece::is_empty_quote)
    }
}

/// True when text that is written in `part` holds a separator.
fn literals_separate(part: &WordPart, ifs: &Ifs) -> bool {
    match &part.kind {
        PartKind::Literal(text) => ifs.separates(text),
        PartKind::Escaped(c) => ifs.is_delimiter(*c),
        PartKind::DoubleQuoted(parts) => parts.iter().any(|part| literals_separate(part, ifs)),
        _ => false,
    }
}
