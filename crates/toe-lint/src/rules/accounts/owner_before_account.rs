//! ## What
//! A `Copy`, `Write` or `Dir` that names an owner whose `UserAdd` or `GroupAdd` stands below it.
//!
//! ## Why
//! Directives are carried out from top to bottom: the name is not known yet, and the run ends here.
//!
//! ## Bad
//! ```nail
//! GroupAdd 353 web
//! Dir /srv/web 0755 web:web
//!                   ^^^^^^^
//! UserAdd 300 353 /home/web /sbin/nologin web
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! UserAdd 300 353 /home/web /sbin/nologin web
//! Dir /srv/web 0755 web:web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use std::collections::BTreeMap;
use toe_plan::{Attributes, Step};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE519",
    name: "owner-before-account",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("owner_before_account.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let mut made: BTreeMap<(bool, &str), Vec<usize>> = BTreeMap::new();
    for (i, at) in steps.all.iter().enumerate() {
        match &at.step {
            Step::UserAdd { name, .. } => made.entry((true, name.as_str())).or_default().push(i),
            Step::GroupAdd { name, .. } => made.entry((false, name.as_str())).or_default().push(i),
            _ => {}
        }
    }
    for (i, at) in steps.all.iter().enumerate() {
        let Some((user, group)) = owner(at) else { continue };
        let later = [(true, user), (false, group)].into_iter().find_map(|(is_user, name)| {
            let mut accounts = made.get(&(is_user, name))?.iter().filter(|j| steps.all[**j].goes_with(at));
            // The first that may happen together with this line.
            let account = accounts.next().filter(|j| **j > i)?;
            Some((name, &steps.all[*account]))
        });
        if let Some((name, account)) = later {
            found
                .add(
                    at.args.last().copied().unwrap_or(at.span),
                    format!("`{name}` is not there yet"),
                    "put this line below the one that makes the account",
                )
                .also(account.span, "made here")
                .through(&at.included_from);
        }
    }
}

/// The names of the user and of the group that a step gives to a file.
pub(super) fn owner(at: &StepAt) -> Option<(&str, &str)> {
    let (Step::Copy { attributes, .. } | Step::Write { attributes, .. } | Step::Dir { attributes, .. }) =
        &at.step
    else {
        return None;
    };
    let Attributes { owner: Some((user, group)), .. } = attributes else { return None };
    Some((user, group))
}
