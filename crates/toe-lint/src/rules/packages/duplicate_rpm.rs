//! ## What
//! The same package file twice.
//!
//! ## Why
//! One SOCK holds a package once; the run refuses the second. Often a nail is included twice.
//!
//! ## Bad
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE408",
    name: "duplicate-rpm",
    severity: Severity::Error,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("duplicate_rpm.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let pairs = steps.repeated(|at| match &at.step {
        Step::Rpm { location, .. } => Some(location),
        _ => None,
    });
    for (first, again) in pairs {
        let place = again.word(0);
        let finding = found.add(place, "this package is installed twice", "remove one of the lines");
        finding.also(first.word(0), "first here").through(&again.included_from);
        if let Some(lines) = steps.lines_of(again) {
            finding.fix(Fix::replace(Safety::Unsafe, "remove the second line", lines, ""));
        }
    }
}
