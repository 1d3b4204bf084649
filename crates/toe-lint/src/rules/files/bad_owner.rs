//! ## What
//! An owner that is not written `USER:GROUP`, by names or numbers.
//!
//! ## Why
//! Both are asked for, as neither has a value that could only have been meant. The run would be refused at this
//! line.
//!
//! ## Bad
//! ```nail
//! Dir /srv/web 0755 root
//!                   ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /srv/web 0755 root:root
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::StepFault;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE621",
    name: "bad-owner",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("bad_owner.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    refused.fault() == StepFault::Owner
}
