//! ## What
//! An assignment to a variable with which bash itself works: UID, RANDOM, SECONDS, GROUPS, LANG and their like.
//!
//! ## Why
//! bash refuses it, drops it, or behaves otherwise from then on; toe refuses it. Use a name of your own.
//!
//! ## Bad
//! ```nail
//! UID=300
//! ^^^
//! GroupAdd 353 web
//! ```
//!
//! ## Good
//! ```nail
//! WEB_UID=300
//! GroupAdd 353 web
//! UserAdd "$WEB_UID" 353 /srv/web /sbin/nologin web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE205",
    name: "reserved-variable",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("reserved_variable.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let assigned = nail.outline.assignments.iter().map(|at| (&at.assignment.name, at.assignment.name_span));
    let looped = nail.outline.fors.iter().map(|repeated| (&repeated.name, repeated.name_span));
    for (name, span) in assigned.chain(looped).filter(|(name, _)| toe_eval::is_magic_variable(name)) {
        found.add(span, format!("`{name}` is a variable of the shell itself"), "use another name");
    }
}
