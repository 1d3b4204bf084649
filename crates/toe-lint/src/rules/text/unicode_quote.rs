//! ## What
//! Curly quotes at the start of a word.
//!
//! ## Why
//! Word processors and web pages put them where `"` and `'` were. To bash they are letters: they quote nothing
//! and end up in the word.
//!
//! ## Bad
//! ```nail
//! Gecos web “The web service”
//!           ^
//! ```
//!
//! ## Good
//! ```nail
//! Gecos web "The web service"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;
use toe_syntax::tree::PartKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE005",
    name: "unicode-quote",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("unicode_quote.rs"),
    check: Check::Tree(check),
};

/// The quotes that editors put in place of ASCII ones.
const CURLY: [char; 8] =
    ['\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}'];

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.words {
        let Some(part) = at.word.parts.first() else { continue };
        let PartKind::Literal(text) = &part.kind else { continue };
        // Within a word it may be an apostrophe; at its start it was meant to quote.
        if let Some(quote) = text.chars().next().filter(|c| CURLY.contains(c)) {
            let start = part.span.start as usize;
            found.add(
                nail.at(start, start + quote.len_utf8()),
                format!("`{quote}` is a letter to bash and quotes nothing"),
                "write \" or ', or a backslash before it if the character is meant",
            );
        }
    }
}
