//! ## What
//! Two users, or two groups, of one name.
//!
//! ## Why
//! The second is refused when the SOCK is assembled.
//!
//! ## Bad
//! ```nail
//! GroupAdd 353 web
//! GroupAdd 354 web
//!              ^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web /sbin/nologin web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE505",
    name: "duplicate-name",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("duplicate_name.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let key = |at: &StepAt| match &at.step {
        Step::GroupAdd { name, .. } => Some((false, name.clone())),
        Step::UserAdd { name, .. } => Some((true, name.clone())),
        _ => None,
    };
    for (first, again) in steps.repeated(key) {
        let last = |at: &StepAt| at.args.last().copied().unwrap_or(at.span);
        found
            .add(last(again), "this name is taken", "give it another name, or remove the line")
            .also(last(first), "first here")
            .through(&again.included_from);
    }
}
