//! ## What
//! Two groups with one number.
//!
//! ## Why
//! A file belongs to a number: both groups would own what either owns.
//!
//! ## Bad
//! ```nail
//! GroupAdd 353 web
//! GroupAdd 353 log
//!          ^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! GroupAdd 354 log
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE503",
    name: "duplicate-gid",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("duplicate_gid.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let key = |at: &StepAt| match &at.step {
        Step::GroupAdd { gid, .. } => Some(*gid),
        _ => None,
    };
    for (first, again) in steps.repeated(key) {
        let place = again.word(0);
        found
            .add(place, "this number is taken by another group", "give each group a number of its own")
            .also(first.word(0), "first here")
            .through(&again.included_from);
    }
}
