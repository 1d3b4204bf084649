//! ## What
//! Two of `Copy`, `Write`, `Link` and `Dir` that make the same path; two `Dir` lines only when their modes or
//! owners differ.
//!
//! ## Why
//! The later one overwrites the first, or is refused when one makes a directory.
//!
//! ## Bad
//! ```nail
//! Write /etc/motd <<'END'
//! Hello
//! END
//! Copy motd /etc/motd
//!           ^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /etc/web
//! Dir /etc/web
//! Copy motd /etc/motd
//! ```

use super::relative_destination::place_of_path;
use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE624",
    name: "destination-twice",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("destination_twice.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let path = |at: &StepAt| match &at.step {
        Step::Copy { dest: path, .. }
        | Step::Write { dest: path, .. }
        | Step::Dir { path, .. }
        | Step::Link { path, .. } => Some(path.clone()),
        _ => None,
    };
    for (first, again) in steps.repeated(path) {
        // A tree may be copied into a directory that was made for it.
        let is_tree = matches!((&first.step, &again.step), (Step::Dir { .. }, Step::Copy { .. }));
        let is_same = matches!(first.step, Step::Dir { .. }) && first.step == again.step;
        if is_tree || is_same {
            continue;
        }
        let word = |at: &StepAt| place_of_path(at).map_or(at.span, |i| at.word(i));
        found
            .add(word(again), "this path is made twice", "keep one of the lines")
            .also(word(first), "first here")
            .through(&again.included_from);
    }
}
