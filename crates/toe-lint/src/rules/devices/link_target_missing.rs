//! ## What
//! A `Symlink` to a path of the SOCK that no package and no directive of the foot makes. `toe lint --online` asks
//! it.
//!
//! ## Why
//! The link on the host leads nowhere, unless a scriptlet or the service itself makes the path.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm"
//! Symlink /var/log/web var/log/wbe
//!                      ^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm"
//! Symlink /var/log/web var/log/web
//! ```

use crate::foot::Foot;
use crate::packages::Packages;
use crate::rule::{Check, Findings, Rule};
use toe_plan::{SockPath, Step};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE613",
    name: "link-target-missing",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("link_target_missing.rs"),
    check: Check::Packages(check),
};

fn check(foot: &Foot, packages: &Packages, found: &mut Findings) {
    // What a command makes is not known.
    if foot.steps.all.iter().any(|at| matches!(at.step, Step::Exec { .. })) {
        return;
    }
    for at in &foot.steps.all {
        let Step::Symlink { target, .. } = &at.step else { continue };
        if target.as_str() != "/" && !packages.have(target.as_str()) && !is_made(foot, target) {
            found
                .add(
                    at.word(1),
                    format!("no package of this foot has `{target}`"),
                    "write a path that a package has, or make it with Dir",
                )
                .through(&at.included_from);
        }
    }
}

/// True when a directive makes `path`, something below it, or a tree that may hold it.
fn is_made(foot: &Foot, path: &SockPath) -> bool {
    let (path, is_below) = (path.as_str(), |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    foot.steps.all.iter().any(|at| match &at.step {
        Step::Copy { dest, .. } => is_below(path, dest.as_str()) || is_below(dest.as_str(), path),
        Step::Link { path: link, .. } => is_below(path, link.as_str()) || is_below(link.as_str(), path),
        Step::Write { dest: made, .. } | Step::Dir { path: made, .. } | Step::Mknod { path: made, .. } => {
            is_below(made.as_str(), path)
        }
        // The home is made with what the skeleton holds.
        Step::UserAdd { home, .. } => is_below(path, home.as_str()) || is_below(home.as_str(), path),
        _ => false,
    })
}
