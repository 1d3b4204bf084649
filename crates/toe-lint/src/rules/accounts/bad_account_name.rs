//! ## What
//! The name of a user or group that no tool would accept: letters, digits, `_`, `.` and `-` are allowed, no digit
//! or `-` first, 32 bytes at most, not digits alone.
//!
//! ## Why
//! The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! GroupAdd 353 web+log
//!              ^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web-log
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::StepFault;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE514",
    name: "bad-account-name",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("bad_account_name.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    refused.fault() == StepFault::AccountName
}
