//! ## What
//! A mode of `Copy`, `Write` or `Dir` that is not one to five octal digits up to 7777.
//!
//! ## Why
//! Symbolic modes are not read here. The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! Dir /srv/web u=rwx
//!              ^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /srv/web 0700
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::StepFault;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE620",
    name: "bad-mode",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("bad_mode.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    refused.fault() == StepFault::Mode
}
