//! ## What
//! Two `Service` lines of one name.
//!
//! ## Why
//! They would be one unit, and only one of them can be in it.
//!
//! ## Bad
//! ```nail
//! Service web root:root /usr/sbin/web
//! Service web root:root /usr/sbin/web-log
//!         ^^^
//! ```
//!
//! ## Good
//! ```nail
//! Service web root:root /usr/sbin/web
//! Service web-log root:root /usr/sbin/web-log
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE639",
    name: "duplicate-service",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("duplicate_service.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let key = |at: &StepAt| match &at.step {
        Step::Service { name, .. } => Some(name.clone()),
        _ => None,
    };
    for (first, again) in steps.repeated(key) {
        found
            .add(again.word(0), "this service is here twice", "give it another name, or remove the line")
            .also(first.word(0), "first here")
            .through(&again.included_from);
    }
}
