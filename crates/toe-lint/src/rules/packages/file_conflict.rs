//! ## What
//! A package with a file that an earlier package of the foot has too, with another content, mode or owner. `toe
//! lint --online` asks it.
//!
//! ## Why
//! The run refuses it, after it has fetched everything.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm"
//! # It has /usr/sbin/web as well.
//! Rpm "$MREPO_URL/web-tools-1.2-1.el9.x86_64.rpm"
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm"
//! Rpm "$MREPO_URL/web-tools-1.2-1.el9.x86_64.rpm" --replacefiles
//! ```

use crate::foot::Foot;
use crate::packages::Packages;
use crate::rule::{Check, Findings, Rule};
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE427",
    name: "file-conflict",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("file_conflict.rs"),
    check: Check::Packages(check),
};

fn check(foot: &Foot, packages: &Packages, found: &mut Findings) {
    for (i, at) in foot.steps.all.iter().enumerate() {
        let Step::Rpm { location, .. } = &at.step else { continue };
        let Some((path, other)) = packages.at(location).and_then(|package| package.conflicts.first()) else {
            continue;
        };
        let earlier = foot.steps.all[..i]
            .iter()
            .find(|at| matches!(&at.step, Step::Rpm { location, .. } if location == other));
        let Some(earlier) = earlier else { continue };
        found
            .add(
                at.word(0),
                format!("this package and an earlier one have different files `{path}`"),
                "install only one of them, or let the later one win with --replacefiles",
            )
            .also(earlier.word(0), "the earlier one")
            .through(&at.included_from);
    }
}
