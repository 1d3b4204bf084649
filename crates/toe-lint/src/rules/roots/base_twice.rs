//! ## What
//! A second `Base` in one foot.
//!
//! ## Why
//! A run builds one SOCK. The second line does nothing if it names the same directory, and is an error otherwise;
//! often two nails that each start a SOCK are included together.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Base /var/deploy/web
//! ^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE615",
    name: "base-twice",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("base_twice.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let key = |at: &StepAt| matches!(at.step, Step::Base { .. }).then_some(());
    for (first, again) in steps.repeated(key) {
        found
            .add(again.span, "the SOCK is started twice", "keep one Base")
            .also(first.span, "first here")
            .through(&again.included_from);
    }
}
