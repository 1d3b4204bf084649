//! ## What
//! A `Symlink` whose target has `..` in it.
//!
//! ## Why
//! The target is a path inside the SOCK; this one might leave it. The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! Symlink /var/log/web ../log/web
//!                      ^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Symlink /var/log/web var/log/web
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{DirectiveName, StepFault};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE609",
    name: "link-target-escapes",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("link_target_escapes.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    refused.name == DirectiveName::Symlink
        && refused.word() == Some(1)
        && refused.fault() == StepFault::DotDot
}
