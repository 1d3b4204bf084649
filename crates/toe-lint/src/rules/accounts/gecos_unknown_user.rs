//! ## What
//! A `Gecos` whose user is added below it, or nearly has the name of a user that the foot adds.
//!
//! ## Why
//! The comment would be set for a user that is not there.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web /sbin/nologin webserver
//! Gecos websrever The web service
//!       ^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web /sbin/nologin webserver
//! Gecos webserver The web service
//! ```

use crate::foot::Foot;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::nearest;
use std::collections::BTreeMap;

use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE515",
    name: "gecos-unknown-user",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("gecos_unknown_user.rs"),
    check: Check::Foot(check),
};

/// So many users are compared with an unknown name: each comparison takes time.
const MOST_USERS: usize = 200;

fn check(foot: &Foot, found: &mut Findings) {
    let steps = &foot.steps.all;
    let mut users = BTreeMap::new();
    for (i, at) in steps.iter().enumerate() {
        if let Step::UserAdd { name, .. } = &at.step {
            users.entry(name.as_str()).or_insert(i);
        }
    }
    for (i, at) in steps.iter().enumerate() {
        let Step::Gecos { user, .. } = &at.step else { continue };
        let help = match users.get(user.as_str()) {
            Some(there) if *there < i => continue,
            Some(_) => "move it below the UserAdd".to_owned(),
            None => match nearest(user.as_str(), users.keys().copied().take(MOST_USERS)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => continue,
            },
        };
        found
            .add(at.word(0), format!("there is no user `{user}` at this point"), help)
            .through(&at.included_from);
    }
}
