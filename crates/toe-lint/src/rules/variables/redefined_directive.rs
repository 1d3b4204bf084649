//! ## What
//! A function with the name of a directive.
//!
//! ## Why
//! From there on the function runs where a reader, and every included nail, means the directive.
//!
//! ## Bad
//! ```nail
//! Rpm() {
//! ^^^
//! 	log "not today: $1"
//! }
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm"
//! ```
//!
//! ## Good
//! ```nail
//! rpm_of() {
//! 	Rpm "$MREPO_URL/$1.el9.x86_64.rpm"
//! }
//! rpm_of web-1.2-1
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_plan::DirectiveName;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE211",
    name: "redefined-directive",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("redefined_directive.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.functions {
        let function = at.function;
        if DirectiveName::from_word(&function.name).is_some() {
            found.add(
                function.name_span,
                format!("this function takes the place of the directive `{}`", function.name),
                "give it another name",
            );
        }
    }
}
