//! ## What
//! `local` outside of a function.
//!
//! ## Why
//! bash refuses it: there is nothing that the variable could be local to.
//!
//! ## Bad
//! ```nail
//! local version=1.2
//! ^^^^^^^^^^^^^^^^^
//! Dir "/srv/$version"
//! ```
//!
//! ## Good
//! ```nail
//! version=1.2
//! Dir "/srv/$version"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, words};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE208",
    name: "local-outside-function",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("local_outside_function.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.commands.iter().filter(|at| !at.around.function) {
        if words(at.command).next().and_then(bare) == Some("local") {
            found.add(at.command.span, "this is in no function", "take the word `local` away");
        }
    }
}
