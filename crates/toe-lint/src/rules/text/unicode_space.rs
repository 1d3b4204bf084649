//! ## What
//! A blank of Unicode (such as the no-break space U+00A0) outside of quotes.
//!
//! ## Why
//! It comes along when text is pasted from a web page, looks like a space, and is a letter to bash: two words
//! become one.
//!
//! ## Bad
//! ```nail
//! GroupAdd 353⟨C2 A0⟩web
//!             ^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::PartKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE004",
    name: "unicode-space",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("unicode_space.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.parts.iter().filter(|at| !at.quoted) {
        let PartKind::Literal(_) = &at.part.kind else { continue };
        for (offset, c) in nail.text_of(at.part.span).char_indices() {
            if c.is_whitespace() && !c.is_ascii() {
                let start = at.part.span.start as usize + offset;
                let place = nail.at(start, start + c.len_utf8());
                found
                    .add(
                        place,
                        format!("this is not a space but U+{:04X}, a letter to bash", c as u32),
                        "write an ordinary space, or quote the word if the character is meant",
                    )
                    .fix(Fix::replace(Safety::Safe, "make it a space", place, " "));
            }
        }
    }
}
