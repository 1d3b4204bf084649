//! Words that a fix puts into double quotes.

use toe_source::{Fix, Safety};
use toe_syntax::SyntaxError;
use toe_syntax::tree::{PartKind, Word};

use crate::nail_view::NailView;

/// `word` in one pair of double quotes, where that only keeps it from being split and matched with file names:
/// no piece of it is quoted yet, and none means something else in quotes.
pub fn quoted(nail: &NailView, word: &Word) -> Option<String> {
    let is_same_in_quotes = |kind: &PartKind| match kind {
        PartKind::Literal(text) => !text.starts_with('~'),
        PartKind::CommandSubst(substitution) => !substitution.backquoted,
        PartKind::Param(_) | PartKind::Arith(_) => true,
        PartKind::Escaped(_) | PartKind::SingleQuoted(_) | PartKind::AnsiC(_) | PartKind::DoubleQuoted(_) => {
            false
        }
    };
    let text = nail.text_of(word.span);
    let is_plain = word.parts.iter().all(|part| is_same_in_quotes(&part.kind)) && !text.contains("\\\n");
    // The operators of `${ }` read quotes and backslashes otherwise between double quotes.
    let is_simple = !text.contains(['"', '\'', '\\']);
    (is_plain && is_simple).then(|| format!("\"{text}\""))
}

/// What puts a word into quotes that ends early at one of its signs.
pub fn quote_meant_word(error: &SyntaxError, text: &str) -> Option<Fix> {
    let SyntaxError::SignInWord { word: Some(word), .. } = error else { return None };
    let written = text.get(word.start as usize..word.end as usize)?;
    Some(Fix::replace(Safety::Safe, "quote the word", *word, format!("\"{written}\"")))
}
