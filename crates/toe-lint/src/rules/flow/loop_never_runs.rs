//! ## What
//! A `for` with nothing after `in`.
//!
//! ## Why
//! Its body never runs. Without `in` it would go through the arguments.
//!
//! ## Bad
//! ```nail
//! for pkg in; do
//!     ^^^
//! 	Rpm "$MREPO_URL/$pkg-1-1.noarch.rpm"
//! done
//! ```
//!
//! ## Good
//! ```nail
//! for pkg in setup filesystem; do
//! 	Rpm "$MREPO_URL/$pkg-1-1.noarch.rpm"
//! done
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE224",
    name: "loop-never-runs",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("loop_never_runs.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for repeated in &nail.outline.fors {
        if repeated.words.as_ref().is_some_and(Vec::is_empty) {
            found.add(
                repeated.name_span,
                "there is nothing after `in`, so the loop never runs",
                "write words after `in`, or leave it out for the arguments",
            );
        }
    }
}
