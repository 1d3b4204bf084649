//! ## What
//! A path of `Copy`, `Write`, `Dir` or `Link` inside the SOCK that does not begin with `/`.
//!
//! ## Why
//! It is taken from the root of the SOCK, not from a current directory: with the `/` it says so.
//!
//! ## Bad
//! ```nail
//! Dir srv/web
//!     ^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /srv/web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE623",
    name: "relative-destination",
    severity: Severity::Style,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("relative_destination.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Some(i) = place_of_path(at) else { continue };
        let Some(path) = at.words.get(i).filter(|path| !path.starts_with('/')) else { continue };
        let word = at.word(i);
        let finding =
            found.add(word, "this path is taken from the root of the SOCK", format!("write /{path}"));
        finding.through(&at.included_from);
        if let Some(start) = steps.beginning(word, path) {
            finding.fix(Fix::replace(Safety::Safe, "begin with `/`", start, "/"));
        }
    }
}

/// Which word of a step is the path that it makes.
pub(super) fn place_of_path(at: &StepAt) -> Option<usize> {
    match at.step {
        Step::Write { .. } | Step::Dir { .. } => Some(0),
        Step::Copy { .. } | Step::Link { .. } => Some(1),
        _ => None,
    }
}
