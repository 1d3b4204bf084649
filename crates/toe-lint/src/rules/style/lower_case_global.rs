//! ## What
//! A variable with a lower-case name that is set outside of functions and used in no loop there. (Off by default.)
//!
//! ## Why
//! Variables that other nails of a foot see are in capitals by custom, those of a function and its loops are not.
//!
//! ## Bad
//! ```nail
//! release=el9
//! ^^^^^^^
//! log "$release"
//! ```
//!
//! ## Good
//! ```nail
//! RELEASE_OF=el9
//! log "$RELEASE_OF"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use std::collections::BTreeSet;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE807",
    name: "lower-case-global",
    severity: Severity::Style,
    fix: None,
    by_default: false,
    source: include_str!("lower_case_global.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let mut told = BTreeSet::new();
    for at in nail.outline.assignments.iter().filter(|at| !at.around.function && !at.before_command) {
        let name = at.assignment.name.as_str();
        let is_looped = nail.outline.fors.iter().any(|repeated| repeated.name == name);
        if !at.around.conditional
            && !is_looped
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && told.insert(name)
        {
            found.add(
                at.assignment.name_span,
                format!("`{name}` is seen by all nails of the foot"),
                format!("write {}", name.to_ascii_uppercase()),
            );
        }
    }
}
