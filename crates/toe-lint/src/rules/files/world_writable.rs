//! ## What
//! A mode with which everyone may write: of a file, or of a directory without the sticky bit.
//!
//! ## Why
//! Whoever is in the SOCK can replace what is there. `/tmp` is 1777 for that reason.
//!
//! ## Bad
//! ```nail
//! Dir /srv/upload 0777
//!                 ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /srv/upload 1777
//! Dir /srv/data 0775
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE627",
    name: "world-writable",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("world_writable.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let (attributes, word, allowed) = match &at.step {
            Step::Dir { attributes, .. } => (attributes, 1, 0o1000),
            Step::Write { attributes, .. } => (attributes, 1, 0),
            Step::Copy { attributes, .. } => (attributes, 2, 0),
            _ => continue,
        };
        let Some(mode) = attributes.mode.filter(|mode| mode & 0o002 != 0 && mode & allowed == 0) else {
            continue;
        };
        let help = match allowed {
            0 => format!("write {:04o}, and give it an owner", mode & !0o002),
            _ => format!("write {:04o} with an owner, or {:04o}", mode & !0o002, mode | 0o1000),
        };
        found.add(at.word(word), "everyone may write here", help).through(&at.included_from);
    }
}
