//! ## What
//! The same key imported twice.
//!
//! ## Why
//! The second line does nothing. Often a nail is included twice.
//!
//! ## Bad
//! ```nail
//! GpgImport /srv/keys/RPM-GPG-KEY-example
//! GpgImport /srv/keys/RPM-GPG-KEY-example
//!           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GpgImport /srv/keys/RPM-GPG-KEY-example
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE422",
    name: "duplicate-key",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("duplicate_key.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let key = |at: &StepAt| match &at.step {
        Step::GpgImport { location } => Some(location.clone()),
        _ => None,
    };
    for (first, again) in steps.repeated(key) {
        found
            .add(again.word(0), "this key is imported twice", "remove one of the lines")
            .also(first.word(0), "first here")
            .through(&again.included_from);
    }
}
