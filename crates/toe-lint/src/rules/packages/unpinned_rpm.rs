//! ## What
//! An `Rpm` whose file name has no version, or `latest` for one.
//!
//! ## Why
//! The name does not say which package goes in: the same line may mean another one tomorrow.
//!
//! ## Bad
//! ```nail
//! Rpm https://repo.example.com/el9/web-latest.rpm
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm https://repo.example.com/el9/web-1.2-1.el9.x86_64.rpm
//! ```

use super::is_rpm_name;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{PackageFile, Step};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE404",
    name: "unpinned-rpm",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("unpinned_rpm.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Rpm { location, .. } = &at.step else { continue };
        let name = location.file_name();
        let message = match PackageFile::parse(name) {
            None if is_rpm_name(name) => "the name of this file does not say which package it is",
            Some(package) if package.version == "latest" || package.release == "latest" => {
                "the name of this file does not say which version of the package it is"
            }
            _ => continue,
        };
        found
            .add(at.word(0), message, "name the exact file: NAME-VERSION-RELEASE.ARCH.rpm")
            .through(&at.included_from);
    }
}
