//! ## What
//! A login shell that does not begin with `/`, or has `..` in it.
//!
//! ## Why
//! passwd holds absolute paths, as they are seen inside the SOCK. The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web nologin web
//!                          ^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web /sbin/nologin web
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{DirectiveName, StepFault};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE513",
    name: "shell-relative",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("shell_relative.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    let is_path = matches!(refused.fault(), StepFault::Relative | StepFault::DotDot);
    refused.name == DirectiveName::UserAdd && refused.word() == Some(3) && is_path
}
