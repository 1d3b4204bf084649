//! ## What
//! A number with a leading zero in arithmetic.
//!
//! ## Why
//! It is octal: `010` is eight, and `08` is an error.
//!
//! ## Bad
//! ```nail
//! GroupAdd $((0300 + 53)) web
//!             ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd $((300 + 53)) web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::PartKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE118",
    name: "octal-number",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("octal_number.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.parts.iter().filter(|at| at.arithmetic) {
        let PartKind::Literal(_) = at.part.kind else { continue };
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '#';
        let mut start = at.part.span.start as usize;
        for token in nail.text_of(at.part.span).split_inclusive(|c: char| !is_word(c)) {
            let number = token.trim_end_matches(|c: char| !is_word(c));
            if number.len() > 1 && number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit()) {
                let digits = number.trim_start_matches('0');
                let place = nail.at(start, start + number.len());
                let decimal = if digits.is_empty() { "0" } else { digits };
                found
                    .add(
                        place,
                        format!("`{number}` is an octal number"),
                        format!("take the zeros away, or write 8#{digits} if octal is meant"),
                    )
                    .fix(Fix::replace(Safety::Unsafe, "make it decimal", place, decimal));
            }
            start += token.len();
        }
    }
}
