//! ## What
//! A foot that sets PACKAGE and VERSION, but not RELEASE. Off unless it is selected.
//!
//! ## Why
//! The release is 1 then: two packages that differ in content only have the same name, and no host updates from one
//! to the other.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! PACKAGE=sock-web
//! VERSION=1.2
//! ^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! PACKAGE=sock-web
//! VERSION=1.2
//! RELEASE=3
//! ```

use crate::foot::Foot;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE703",
    name: "missing-release",
    severity: Severity::Info,
    fix: None,
    by_default: false,
    source: include_str!("missing_release.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    let is_set = |name| foot.plan.variable(name).is_some_and(|value| !value.is_empty());
    if is_set("RELEASE") || !is_set("PACKAGE") || !is_set("VERSION") {
        return;
    }
    let mut named = foot.nails.iter().flat_map(|nail| &nail.outline.assignments);
    let place = named.rfind(|at| at.assignment.name == "VERSION").map(|at| at.assignment.span);
    if let Some(place) = place {
        found.add(
            place,
            "the package has a version, but no release",
            "set RELEASE, and count it up with each package",
        );
    }
}
