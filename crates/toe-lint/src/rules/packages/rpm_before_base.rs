//! ## What
//! A directive that puts something into the SOCK, above the `Base` that starts it.
//!
//! ## Why
//! It is taken into the same SOCK all the same, but the nail reads as if it were not; the original tool wrote it
//! somewhere else.
//!
//! ## Bad
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm
//! ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! Base /var/deploy/web
//! ```
//!
//! ## Good
//! ```nail
//! Base /var/deploy/web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE412",
    name: "rpm-before-base",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("rpm_before_base.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let is_base = |at: &StepAt| matches!(at.step, Step::Base { .. });
    let Some(base) = steps.all.iter().position(is_base) else { return };
    let writes = |at: &&StepAt| !matches!(at.step, Step::Log { .. } | Step::Die { .. });
    if let Some(early) = steps.all[..base].iter().filter(writes).find(|at| at.goes_with(&steps.all[base])) {
        found
            .add(early.span, "this stands above the Base that starts the SOCK", "put Base above it")
            .also(steps.all[base].span, "the Base")
            .through(&early.included_from);
    }
}
