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
use crate::steps::StepAt;
use crate::word_text::nearest;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE515",
    name: "gecos-unknown-user",
    severity: Severity::Warning,
    source: include_str!("gecos_unknown_user.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    let steps = &foot.steps.steps;
    let added = |at: &StepAt| match &at.step {
        Step::UserAdd { name, .. } => Some(name.as_str().to_owned()),
        _ => None,
    };
    for (i, at) in steps.iter().enumerate() {
        let Step::Gecos { user, .. } = &at.step else { continue };
        let above: Vec<String> = steps[..i].iter().filter_map(added).collect();
        if above.iter().any(|name| name == user.as_str()) {
            continue;
        }
        let below = steps[i..].iter().find(|at| added(at).as_deref() == Some(user.as_str()));
        let near = nearest(user.as_str(), above.iter().map(String::as_str));
        let help = match (below, near) {
            (Some(_), _) => "move it below the UserAdd".to_owned(),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => continue,
        };
        found
            .add(at.word(0), format!("there is no user `{user}` at this point"), help)
            .through(&at.included_from);
    }
}
