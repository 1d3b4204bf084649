//! ## What
//! A `Copy` whose source is an absolute path or begins with `..`. Off unless it is selected.
//!
//! ## Why
//! What goes into the SOCK depends on the machine that builds it, and is not kept with the nails.
//!
//! ## Bad
//! ```nail
//! Copy /etc/resolv.conf /etc/resolv.conf
//!      ^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Copy files/resolv.conf /etc/resolv.conf
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE626",
    name: "copy-from-outside",
    severity: Severity::Info,
    fix: None,
    by_default: false,
    source: include_str!("copy_from_outside.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Copy { source, .. } = &at.step else { continue };
        if !(source.starts_with('/') || source == ".." || source.starts_with("../")) {
            continue;
        }
        found
            .add(at.word(0), "this file is outside the project", "keep a copy of it beside the nail")
            .through(&at.included_from);
    }
}
