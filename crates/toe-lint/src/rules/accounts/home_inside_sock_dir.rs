//! ## What
//! A home directory, or a `Dir`, `Write`, `Copy` or `Link` path, that begins with SOCK_DIR.
//!
//! ## Why
//! These paths are seen from inside the SOCK: this one would be SOCK_DIR within SOCK_DIR.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! GroupAdd 353 web
//! UserAdd 300 353 "$SOCK_DIR/srv/web" /sbin/nologin web
//!                 ^^^^^^^^^^^^^^^^^^^
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
use toe_plan::Step;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE511",
    name: "home-inside-sock-dir",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("home_inside_sock_dir.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    for at in &foot.steps.all {
        let (path, word) = match &at.step {
            Step::UserAdd { home, .. } => (home, 2),
            Step::Dir { path, .. } => (path, 0),
            Step::Write { dest, .. } => (dest, 0),
            Step::Copy { dest, .. } => (dest, 1),
            Step::Link { path, .. } => (path, 1),
            _ => continue,
        };
        let inside = path.as_str().strip_prefix(foot.plan.sock_dir.as_str());
        if inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
            let finding = found.add(
                at.word(word),
                "this path is inside the SOCK already and begins with SOCK_DIR",
                "write the path without SOCK_DIR",
            );
            finding.through(&at.included_from);
            if let Some(place) = foot.steps.sock_dir_in(at.word(word), &foot.plan.sock_dir) {
                finding.fix(Fix::replace(Safety::Safe, "take SOCK_DIR away", place, ""));
            }
        }
    }
}
