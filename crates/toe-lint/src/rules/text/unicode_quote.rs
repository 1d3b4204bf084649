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
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::PartKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE005",
    name: "unicode-quote",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
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
            let finding = found.add(
                nail.at(start, start + quote.len_utf8()),
                format!("`{quote}` is a letter to bash and quotes nothing"),
                "write \" or ', or a backslash before it if the character is meant",
            );
            if let Some(fix) = straight(nail, start, quote) {
                finding.fix(fix);
            }
        }
    }
}

/// Both quotes made straight, when the partner is on the same line and what is between them means the same in
/// straight quotes.
fn straight(nail: &NailView, start: usize, quote: char) -> Option<Fix> {
    let (ascii, family) = match quote {
        '\u{201c}'..='\u{201f}' => ("\"", "\u{201c}\u{201d}\u{201e}\u{201f}"),
        _ => ("'", "\u{2018}\u{2019}\u{201a}\u{201b}"),
    };
    let inner = start + quote.len_utf8();
    let line = nail.text.get(inner..)?.lines().next()?;
    let length = line.find(|c| family.contains(c))?;
    if line[..length].contains(['"', '\'', '\\', '`']) || (ascii == "'" && line[..length].contains('$')) {
        return None;
    }
    let partner = inner + length;
    let width = line[length..].chars().next()?.len_utf8();
    let opening = nail.at(start, inner);
    Some(
        Fix::replace(Safety::Unsafe, "make the quotes straight", opening, ascii)
            .and(nail.at(partner, partner + width), ascii),
    )
}
