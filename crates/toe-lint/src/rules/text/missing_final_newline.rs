//! ## What
//! A nail whose last line does not end.
//!
//! ## Why
//! Programs that read lines, and texts that are put together, expect the newline.
//!
//! ## Bad
//! ```nail
//! Dir /srv/web⟨end⟩
//!            ^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /srv/web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE012",
    name: "missing-final-newline",
    severity: Severity::Style,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("missing_final_newline.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let Some(last) = nail.text.chars().last().filter(|last| *last != '\n') else { return };
    let end = nail.text.len();
    // After a here-document this may be its delimiter, and all the same a line.
    found
        .add(nail.at(end - last.len_utf8(), end), "the last line does not end", "end it with a newline")
        .fix(Fix::replace(Safety::Safe, "end the last line", nail.at(end, end), "\n"));
}
