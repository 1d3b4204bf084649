//! ## What
//! A user or group number with a leading zero.
//!
//! ## Why
//! It is read as a decimal number here, and as an octal one by many other tools.
//!
//! ## Bad
//! ```nail
//! GroupAdd 0353 web
//!          ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, directive, fixed};
use toe_plan::DirectiveName;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE508",
    name: "id-leading-zero",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("id_leading_zero.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let ids = match directive(at.command) {
            Some(DirectiveName::GroupAdd) => 1,
            Some(DirectiveName::UserAdd) => 2,
            _ => continue,
        };
        for word in arguments(at.command).take(ids) {
            let Some(text) = fixed(word) else { continue };
            if text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) {
                let digits = text.trim_start_matches('0');
                let decimal = if digits.is_empty() { "0" } else { digits };
                found
                    .add(word.span, format!("`{text}` has a leading zero"), format!("write {decimal}"))
                    .fix(Fix::replace(Safety::Safe, "take the zeros away", word.span, decimal));
            }
        }
    }
}
