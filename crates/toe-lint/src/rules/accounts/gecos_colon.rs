//! ## What
//! A comment, home directory or shell with a `:`, or a comment with a newline or another control character.
//!
//! ## Why
//! `:` separates the fields of passwd, and a newline its lines: the account would be another one.
//!
//! ## Bad
//! ```nail
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web /sbin/nologin web
//! Gecos web "The web: front end"
//!           ^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web /sbin/nologin web
//! Gecos web "The web, front end"
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::StepFault;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE516",
    name: "gecos-colon",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("gecos_colon.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        found.refuse(refused);
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    matches!(refused.fault(), StepFault::Comment | StepFault::Colon)
}
