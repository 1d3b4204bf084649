//! ## What
//! The name of a `Service` that no unit can have: letters, digits, `-`, `_`, `.` and `@` are allowed, no `.` or `-`
//! first.
//!
//! ## Why
//! The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! Service "web server" web:web /usr/sbin/web
//!         ^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Service web-server root:root /usr/sbin/web
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::StepFault;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE636",
    name: "bad-unit-name",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("bad_unit_name.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    refused.fault() == StepFault::UnitName
}
