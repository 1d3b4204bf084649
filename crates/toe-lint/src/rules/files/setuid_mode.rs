//! ## What
//! A `Write` or `Copy` of a file that runs as its owner or group (mode 4000 or 2000).
//!
//! ## Why
//! It gives rights away to everyone who may run it, and as no package owns it, no verification of packages sees
//! that it changed.
//!
//! ## Bad
//! ```nail
//! Copy bin/helper /usr/libexec/helper 4755 root:root
//!                                     ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Copy bin/helper /usr/libexec/helper 0755 root:root
//! Dir /srv/shared 2775
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE628",
    name: "setuid-mode",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("setuid_mode.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let (attributes, word) = match &at.step {
            Step::Write { attributes, .. } => (attributes, 1),
            Step::Copy { attributes, .. } => (attributes, 2),
            _ => continue,
        };
        if let Some(mode) = attributes.mode.filter(|mode| mode & 0o6000 != 0) {
            let help = format!("write {:04o}, or install it from a package", mode & 0o1777);
            found
                .add(at.word(word), "this file runs with the rights of its owner or group", help)
                .through(&at.included_from);
        }
    }
}
