//! ## What
//! The same device twice.
//!
//! ## Why
//! The second takes the place of the first. Often a nail is included twice.
//!
//! ## Bad
//! ```nail
//! Mknod c 1 3 null
//! Mknod c 1 3 null
//!             ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Mknod c 1 3 null
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE605",
    name: "duplicate-device",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("duplicate_device.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let key = |at: &StepAt| match &at.step {
        Step::Mknod { path, .. } => Some(path.clone()),
        _ => None,
    };
    for (first, again) in steps.repeated(key) {
        let place = again.word(3);
        found
            .add(place, "this device is made twice", "remove one of the lines")
            .also(first.word(3), "first here")
            .through(&again.included_from);
    }
}
