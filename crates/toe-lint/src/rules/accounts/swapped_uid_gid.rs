//! ## What
//! A `UserAdd` whose user number is that of a group of the foot, while nothing makes the group that it names.
//!
//! ## Why
//! The user's number comes first, then the group's: here they probably changed places.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! GroupAdd 353 web
//! UserAdd 353 300 /srv/web /sbin/nologin web
//!         ^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web /sbin/nologin web
//! ```

use crate::foot::Foot;
use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use std::collections::BTreeSet;
use toe_plan::{AccountId, Step};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE509",
    name: "swapped-uid-gid",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("swapped_uid_gid.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    let steps = &foot.steps.all;
    let groups = made_groups(steps);
    for at in steps.iter().filter(|at| is_swapped(&at.step, &groups)) {
        let [uid, gid, ..] = at.args[..] else { continue };
        let span = if uid.source == gid.source { uid.to(gid) } else { at.span };
        let finding = found.add(
            span,
            "nothing makes this group, and the user has the number of one",
            "the user's number comes first, then the group's",
        );
        finding.through(&at.included_from);
        if uid != gid {
            let text = |span| foot.steps.sources.text(span).to_owned();
            finding.fix(Fix::replace(Safety::Unsafe, "swap them", uid, text(gid)).and(gid, text(uid)));
        }
    }
}

/// The groups that GroupAdd lines make.
pub(super) fn made_groups(steps: &[StepAt]) -> BTreeSet<AccountId> {
    let made = |step: &Step| if let Step::GroupAdd { gid, .. } = step { Some(*gid) } else { None };
    steps.iter().filter_map(|at| made(&at.step)).collect()
}

/// True for a user with the number of one of `groups`, whose own group is none of them.
pub(super) fn is_swapped(step: &Step, groups: &BTreeSet<AccountId>) -> bool {
    let Step::UserAdd { uid, gid, .. } = step else { return false };
    // What packages bring has small numbers.
    gid.0 > super::unknown_group::LAST_STATIC && !groups.contains(gid) && groups.contains(&AccountId(uid.0))
}
