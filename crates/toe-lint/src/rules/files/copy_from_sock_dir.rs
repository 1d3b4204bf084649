//! ## What
//! A `Copy` whose source begins with SOCK_DIR.
//!
//! ## Why
//! The SOCK is built beside SOCK_DIR and put there at the end: during the run nothing is there yet, or what the
//! last run left.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Copy "$SOCK_DIR/etc/web.conf" /etc/web.conf.orig
//!      ^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Exec /bin/cp /etc/web.conf /etc/web.conf.orig
//! ```

use crate::foot::Foot;
use crate::rule::{Check, Findings, Rule};
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE633",
    name: "copy-from-sock-dir",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("copy_from_sock_dir.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    let sock_dir = foot.plan.sock_dir.trim_end_matches('/');
    for at in &foot.steps.all {
        let Step::Copy { source, .. } = &at.step else { continue };
        let inside = source.strip_prefix(sock_dir);
        if inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
            found
                .add(
                    at.word(0),
                    "the source is in SOCK_DIR, where the run has put nothing yet",
                    "copy inside the SOCK with Exec, or from a file of the host",
                )
                .through(&at.included_from);
        }
    }
}
