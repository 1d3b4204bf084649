//! ## What
//! A command of a `Service` that does not begin with `/`.
//!
//! ## Why
//! A unit names its program by its whole path, as it is seen inside the SOCK. The run would be refused at this
//! line.
//!
//! ## Bad
//! ```nail
//! Service web root:root web --port 80
//!                       ^^^
//! ```
//!
//! ## Good
//! ```nail
//! Service web root:root /usr/sbin/web --port 80
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{DirectiveName, StepFault};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE638",
    name: "service-command-relative",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("service_command_relative.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    refused.name == DirectiveName::Service && refused.fault() == StepFault::Relative
}
