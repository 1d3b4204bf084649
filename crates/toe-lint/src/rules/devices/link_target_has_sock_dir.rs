//! ## What
//! A `Symlink` or `Link` whose target begins with SOCK_DIR.
//!
//! ## Why
//! The target is seen from inside the SOCK: the link would point to SOCK_DIR within SOCK_DIR.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Symlink /var/log/web "$SOCK_DIR/var/log/web"
//!                      ^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Symlink /var/log/web var/log/web
//! ```

use crate::foot::Foot;
use crate::rule::{Check, Findings, Rule};
use toe_plan::Step;
use toe_source::{Fix, Safety, Severity, Span};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE607",
    name: "link-target-has-sock-dir",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("link_target_has_sock_dir.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    for at in &foot.steps.all {
        let (target, word) = match &at.step {
            Step::Symlink { target, .. } => (target.as_str(), 1),
            Step::Link { target, .. } => (target.as_str(), 0),
            _ => continue,
        };
        let inside = target.strip_prefix(foot.plan.sock_dir.as_str());
        if inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
            let finding = found.add(
                at.word(word),
                "the target is inside the SOCK already and begins with SOCK_DIR",
                "write the target without SOCK_DIR",
            );
            finding.through(&at.included_from);
            if let Some(place) = foot.steps.sock_dir_in(at.word(word), &foot.plan.sock_dir) {
                // The target of a Link stays absolute.
                let slash = u32::from(word == 1);
                let cut = Span { end: place.end + slash, ..place };
                finding.fix(Fix::replace(Safety::Safe, "take SOCK_DIR away", cut, ""));
            }
        }
    }
}
