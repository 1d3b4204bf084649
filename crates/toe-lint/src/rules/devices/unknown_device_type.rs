//! ## What
//! A `Mknod` whose first word is none of `c`, `u`, `b` and `p`.
//!
//! ## Why
//! It says whether the device is a character device (`c` or `u`), a block device or a FIFO. The run would be
//! refused at this line.
//!
//! ## Bad
//! ```nail
//! Mknod char 1 3 null
//!       ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Mknod c 1 3 null
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::StepFault;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE601",
    name: "unknown-device-type",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("unknown_device_type.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    refused.fault() == StepFault::DeviceKind
}
