//! ## What
//! Two comments for one user.
//!
//! ## Why
//! The second takes the place of the first.
//!
//! ## Bad
//! ```nail
//! Gecos web The web service
//! Gecos web The other service
//!       ^^^
//! ```
//!
//! ## Good
//! ```nail
//! Gecos web The web service
//! Gecos log The other service
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE517",
    name: "gecos-twice",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("gecos_twice.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let key = |at: &StepAt| match &at.step {
        Step::Gecos { user, .. } => Some(user.clone()),
        _ => None,
    };
    for (first, again) in steps.repeated(key) {
        let place = again.word(0);
        found
            .add(place, "this user has a comment already", "keep one of the lines")
            .also(first.word(0), "first here")
            .through(&again.included_from);
    }
}
