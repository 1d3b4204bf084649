//! ## What
//! An empty word where a directive needs a path, a name or a number.
//!
//! ## Why
//! Mostly it is a variable that is set but empty. The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! GroupAdd 353 ""
//!              ^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::StepFault;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE403",
    name: "empty-argument",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("empty_argument.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    refused.fault() == StepFault::Empty
}
