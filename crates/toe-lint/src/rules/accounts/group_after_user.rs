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
use crate::steps::Steps;
use std::collections::BTreeMap;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE501",
    name: "group-after-user",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("group_after_user.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let mut groups = BTreeMap::new();
    for (i, at) in steps.steps.iter().enumerate() {
        if let Step::GroupAdd { gid, .. } = &at.step {
            groups.entry(*gid).or_insert((i, at.span));
        }
    }
    for (i, at) in steps.steps.iter().enumerate() {
        let Step::UserAdd { gid, .. } = &at.step else { continue };
        if let Some((_, group)) = groups.get(gid).filter(|(there, _)| *there > i) {
            found
                .add(at.word(1), "the group is added below its user", "move the GroupAdd up")
                .also(*group, "the group")
                .through(&at.included_from);
        }
    }
}
