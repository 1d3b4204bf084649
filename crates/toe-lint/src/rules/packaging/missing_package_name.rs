//! ## What
//! A foot that sets VERSION and RELEASE, but not PACKAGE.
//!
//! ## Why
//! `toe run` then assembles the SOCK and packages nothing, without a word.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! VERSION=1.2
//! ^^^^^^^^^^^
//! RELEASE=1
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! PACKAGE=sock-web
//! VERSION=1.2
//! RELEASE=1
//! ```

use crate::foot::Foot;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE701",
    name: "missing-package-name",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("missing_package_name.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    let is_set = |name| foot.plan.variable(name).is_some_and(|value| !value.is_empty());
    if is_set("PACKAGE") || !is_set("VERSION") || !is_set("RELEASE") {
        return;
    }
    let mut named = foot.nails.iter().flat_map(|nail| &nail.outline.assignments);
    let place = named.rfind(|at| at.assignment.name == "VERSION").map(|at| at.assignment.span);
    if let Some(place) = place {
        found.add(place, "the package has a version and a release, but no name", "set PACKAGE too");
    }
}
