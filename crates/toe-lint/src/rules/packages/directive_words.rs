//! ## What
//! Too few or too many words after a directive, a `Write` without a here-document, or a word with a control
//! character or longer than the system allows.
//!
//! ## Why
//! The evaluation refuses it as well, but only where it is reached: this looks at every branch.
//!
//! ## Bad
//! ```nail
//! if [ "${TLS:-no}" = yes ]; then
//!     UserAdd 300 353 /srv/web web
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!     Mknod c 1 null
//!     ^^^^^^^^^^^^^^
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if [ "${TLS:-no}" = yes ]; then
//!     UserAdd 300 353 /srv/web /sbin/nologin web
//!     Mknod c 1 3 null
//! fi
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::StepFault;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE402",
    name: "directive-words",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("directive_words.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let faults = [StepFault::Count, StepFault::NoBody, StepFault::Control, StepFault::TooLong];
    for refused in steps.refused.iter().filter(|refused| faults.contains(&refused.fault())) {
        found.refuse(refused);
    }
}
