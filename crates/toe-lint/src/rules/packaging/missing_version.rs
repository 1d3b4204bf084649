//! ## What
//! A foot that sets PACKAGE, but not VERSION.
//!
//! ## Why
//! `toe run` then assembles the SOCK and packages nothing, without a word.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! PACKAGE=sock-web
//! ^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! PACKAGE=sock-web
//! VERSION=1.2
//! ```

use crate::foot::Foot;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE702",
    name: "missing-version",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("missing_version.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    let is_set = |name| foot.plan.variable(name).is_some_and(|value| !value.is_empty());
    if is_set("VERSION") || !is_set("PACKAGE") {
        return;
    }
    let mut named = foot.nails.iter().flat_map(|nail| &nail.outline.assignments);
    let place = named.rfind(|at| at.assignment.name == "PACKAGE").map(|at| at.assignment.span);
    if let Some(place) = place {
        found.add(place, "the package has a name, but no version", "set VERSION too");
    }
}
