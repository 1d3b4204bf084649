//! ## What
//! A `Symlink` whose first word, the link, does not begin with `/` or has `..` in it.
//!
//! ## Why
//! The link is made on the host, where no directory is the current one. The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! Symlink web-log var/log/web
//!         ^^^^^^^
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
    code: "TOE610",
    name: "link-name-relative",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("link_name_relative.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    let is_link = refused.name == DirectiveName::Symlink && refused.word() == Some(0);
    let is_path = matches!(refused.fault(), StepFault::Relative | StepFault::DotDot);
    is_link && is_path && !super::link_swapped::is_swapped(refused)
}
