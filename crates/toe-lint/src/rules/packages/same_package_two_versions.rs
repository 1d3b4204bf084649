//! ## What
//! One package in two versions, by the names of their files.
//!
//! ## Why
//! They own the same files, so the second is refused or overwrites the first. Often an included nail has moved
//! on.
//!
//! ## Bad
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm
//! Rpm /srv/rpms/web-1.3-1.el9.x86_64.rpm
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm /srv/rpms/web-1.3-1.el9.x86_64.rpm
//! Rpm /srv/rpms/web-1.3-1.el9.i686.rpm
//! Rpm /srv/rpms/web-data-1.3-1.el9.noarch.rpm
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE409",
    name: "same-package-two-versions",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("same_package_two_versions.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for (first, again) in steps.repeated(|at| at.package().map(|package| (package.name, package.arch))) {
        let (Some(one), Some(other)) = (first.package(), again.package()) else { continue };
        if one != other {
            let (name, one, other) = (one.name, one.version_release(), other.version_release());
            let message = format!("`{name}` is here in version {one} and in {other}");
            found
                .add(again.word(0), message, "keep one of the lines")
                .also(first.word(0), "first here")
                .through(&again.included_from);
        }
    }
}
