//! ## What
//! Two users with one number.
//!
//! ## Why
//! A file belongs to a number: each user could read and change what the other owns.
//!
//! ## Bad
//! ```nail
//! UserAdd 300 100 /srv/web /sbin/nologin web
//! UserAdd 300 100 /srv/log /sbin/nologin log
//!         ^^^
//! ```
//!
//! ## Good
//! ```nail
//! UserAdd 300 100 /srv/web /sbin/nologin web
//! UserAdd 301 100 /srv/log /sbin/nologin log
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE504",
    name: "duplicate-uid",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("duplicate_uid.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let key = |at: &StepAt| match &at.step {
        Step::UserAdd { uid, .. } => Some(*uid),
        _ => None,
    };
    for (first, again) in steps.repeated(key) {
        let place = again.word(0);
        found
            .add(place, "this number is taken by another user", "give each user a number of its own")
            .also(first.word(0), "first here")
            .through(&again.included_from);
    }
}
