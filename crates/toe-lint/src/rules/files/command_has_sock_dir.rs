//! ## What
//! A word of `Exec`, or of the command of a `Service`, that begins with SOCK_DIR.
//!
//! ## Why
//! The command runs inside the SOCK, where its root is `/`: this path is not there.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Exec "$SOCK_DIR/usr/sbin/web-setup" --init
//!      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Exec /usr/sbin/web-setup --init
//! ```

use crate::foot::Foot;
use crate::rule::{Check, Findings, Rule};
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE632",
    name: "command-has-sock-dir",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("command_has_sock_dir.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    let sock_dir = foot.plan.sock_dir.trim_end_matches('/');
    for at in &foot.steps.all {
        let (argv, first) = match &at.step {
            Step::Exec { argv } => (argv, 0),
            Step::Service { argv, .. } => (argv, 2),
            _ => continue,
        };
        let is_inside = |word: &String| {
            word.strip_prefix(sock_dir).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if let Some(i) = argv.iter().position(is_inside) {
            found
                .add(
                    at.word(first + i),
                    "the command runs inside the SOCK, and this begins with SOCK_DIR",
                    "write the path without SOCK_DIR",
                )
                .through(&at.included_from);
        }
    }
}
