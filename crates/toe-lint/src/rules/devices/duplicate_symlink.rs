//! ## What
//! One link on the host with two `Symlink` lines.
//!
//! ## Why
//! There is one link at the end, and only the nail's order says which.
//!
//! ## Bad
//! ```nail
//! Symlink /var/log/web var/log/web
//! Symlink /var/log/web var/log/httpd
//!         ^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Symlink /var/log/web var/log/web
//! Symlink /var/log/httpd var/log/httpd
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE618",
    name: "duplicate-symlink",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("duplicate_symlink.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let key = |at: &StepAt| match &at.step {
        Step::Symlink { link, .. } => Some(link.clone()),
        _ => None,
    };
    for (first, again) in steps.repeated(key) {
        let place = again.word(0);
        found
            .add(place, "this link is made twice", "keep one of the lines")
            .also(first.word(0), "first here")
            .through(&again.included_from);
    }
}
