//! ## What
//! A `UserAdd` whose group is added below it.
//!
//! ## Why
//! A user needs the group to be there.
//!
//! ## Bad
//! ```nail
//! UserAdd 300 353 /srv/web /sbin/nologin web
//!             ^^^
//! GroupAdd 353 web
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web /sbin/nologin web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use std::collections::BTreeSet;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE501",
    name: "group-after-user",
    severity: Severity::Error,
    source: include_str!("group_after_user.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let mut known = BTreeSet::new();
    for (i, at) in steps.steps.iter().enumerate() {
        match &at.step {
            Step::GroupAdd { gid, .. } => {
                known.insert(*gid);
            }
            Step::UserAdd { gid, .. } if !known.contains(gid) => {
                let is_its_group = |s: &&StepAt| matches!(&s.step, Step::GroupAdd { gid: g, .. } if g == gid);
                if let Some(group) = steps.steps[i..].iter().find(is_its_group) {
                    found
                        .add(at.word(1), "the group is added below its user", "move the GroupAdd up")
                        .also(group.span, "the group")
                        .through(&at.included_from);
                }
            }
            _ => {}
        }
    }
}
