//! ## What
//! A package or key that is to be fetched by something else than `http`, `https` or `file`.
//!
//! ## Why
//! It cannot be fetched: the run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! Rpm ftp://repo.example.com/el9/web-1.2-1.el9.x86_64.rpm
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm https://repo.example.com/el9/web-1.2-1.el9.x86_64.rpm
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::StepFault;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE426",
    name: "location-scheme",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("location_scheme.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    refused.fault() == StepFault::Scheme
}
