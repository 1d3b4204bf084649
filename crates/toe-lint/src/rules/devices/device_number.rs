//! ## What
//! The number of a device that is no decimal number, or more than Linux has: 4095 for the major, 1048575 for the
//! minor.
//!
//! ## Why
//! The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! Mknod c 1 0x3 null
//!           ^^^
//! ```
//!
//! ## Good
//! ```nail
//! Mknod c 1 3 null
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{DirectiveName, StepFault};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE602",
    name: "device-number",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("device_number.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    refused.name == DirectiveName::Mknod && refused.fault() == StepFault::Number
}
