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
use crate::steps::{StepAt, Steps};
use std::collections::BTreeMap;
use toe_plan::Step;
use toe_source::{Fix, Safety, Severity, Span};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE501",
    name: "group-after-user",
    severity: Severity::Error,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("group_after_user.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let mut groups = BTreeMap::new();
    for (i, at) in steps.all.iter().enumerate() {
        if let Step::GroupAdd { gid, .. } = &at.step {
            groups.entry(*gid).or_insert((i, at));
        }
    }
    for (i, at) in steps.all.iter().enumerate() {
        let Step::UserAdd { gid, .. } = &at.step else { continue };
        if let Some((_, group)) = groups.get(gid).filter(|(there, group)| *there > i && group.goes_with(at)) {
            let finding = found.add(at.word(1), "the group is added below its user", "move the GroupAdd up");
            finding.also(group.span, "the group").through(&at.included_from);
            if let Some(fix) = moved_up(steps, at, group).filter(|_| !at.conditional && !group.conditional) {
                finding.fix(fix);
            }
        }
    }
}

/// The group's line moved above the user's, when both are of one nail and the group's words are the same there.
fn moved_up(steps: &Steps, user: &StepAt, group: &StepAt) -> Option<Fix> {
    let (below, above) = (steps.lines_of(group)?, steps.lines_of(user)?);
    let text = steps.sources.text(below);
    if below.source != above.source || text.contains(['$', '`']) {
        return None;
    }
    let here = Span { end: above.start, ..above };
    let line = format!("{}\n", text.trim_end_matches('\n'));
    Some(Fix::replace(Safety::Unsafe, "move the GroupAdd up", here, line).and(below, ""))
}
