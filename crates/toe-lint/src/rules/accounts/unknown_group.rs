//! ## What
//! A `UserAdd` with a group that no `GroupAdd` of the foot makes. Groups up to 199 are left out: packages such as
//! `setup` bring those.
//!
//! ## Why
//! Unless a scriptlet of a package makes the group, the run ends here.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! GroupAdd 353 web
//! UserAdd 300 335 /srv/web /sbin/nologin web
//!             ^^^
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

use super::swapped_uid_gid::{is_swapped, made_groups};
use crate::foot::Foot;
use crate::rule::{Check, Findings, Rule};
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE502",
    name: "unknown-group",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("unknown_group.rs"),
    check: Check::Foot(check),
};

/// The last number that distributions give out by hand.
pub(super) const LAST_STATIC: u32 = 199;

fn check(foot: &Foot, found: &mut Findings) {
    let steps = &foot.steps.all;
    let groups = made_groups(steps);
    for at in steps {
        let Step::UserAdd { gid, .. } = &at.step else { continue };
        if gid.0 > LAST_STATIC && !groups.contains(gid) && !is_swapped(&at.step, &groups) {
            found
                .add(
                    at.word(1),
                    format!("no GroupAdd makes the group {}", gid.0),
                    format!("write above it: GroupAdd {} NAME", gid.0),
                )
                .through(&at.included_from);
        }
    }
}
