//! ## What
//! The owner of a file, or the user or group of a `Service`, that the foot does not make, and that is nearly the
//! name of one that it makes.
//!
//! ## Why
//! The run ends where the name is not known, unless a package makes such an account.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! GroupAdd 353 appgrp
//! UserAdd 300 353 /srv/app /sbin/nologin appuser
//! Dir /srv/app 0755 appuser:appgroup
//!                   ^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! GroupAdd 353 appgrp
//! UserAdd 300 353 /srv/app /sbin/nologin appuser
//! Dir /srv/app 0755 appuser:appgrp
//! ```

use super::owner_before_account::owner;
use crate::foot::Foot;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::nearest;
use std::collections::BTreeSet;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE520",
    name: "misspelled-account",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("misspelled_account.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    let (mut users, mut groups, mut packages) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for at in &foot.steps.all {
        match &at.step {
            Step::UserAdd { name, .. } => drop(users.insert(name.as_str())),
            Step::GroupAdd { name, .. } => drop(groups.insert(name.as_str())),
            Step::Rpm { .. } => packages.extend(at.package().map(|package| package.name)),
            _ => {}
        }
    }
    for at in &foot.steps.all {
        let (user, group, word) = match &at.step {
            Step::Service { user, group, .. } => (user.as_str(), group.as_str(), 1),
            _ => match owner(at) {
                Some((user, group)) => (user, group, at.args.len().saturating_sub(1)),
                None => continue,
            },
        };
        let wrong = [(user, &users), (group, &groups)].into_iter().find_map(|(name, made)| {
            let is_number = name.bytes().all(|b| b.is_ascii_digit());
            if made.contains(name) || is_number {
                return None;
            }
            let near = nearest(name, made.iter().copied())?;
            // A package mostly gives its accounts its own name.
            let may_be_packaged = packages.iter().any(|package| package.contains(name));
            (!may_be_packaged).then_some((name, near))
        });
        if let Some((name, near)) = wrong {
            found
                .add(
                    at.word(word),
                    format!("nothing makes the account `{name}`"),
                    format!("did you mean `{near}`?"),
                )
                .through(&at.included_from);
        }
    }
}
