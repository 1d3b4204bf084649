//! ## What
//! A path of `Copy`, `Write`, `Dir` or `Link` with `..` in it.
//!
//! ## Why
//! These paths are inside the SOCK; this one might leave it. The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! Dir /srv/../etc/web
//!     ^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /etc/web
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{DirectiveName, StepFault};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE622",
    name: "destination-escapes",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("destination_escapes.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    let is_file = matches!(
        refused.name,
        DirectiveName::Copy | DirectiveName::Write | DirectiveName::Dir | DirectiveName::Link
    );
    is_file && refused.fault() == StepFault::DotDot
}
