//! ## What
//! An `Rpm` of a source package, `.src.rpm` or `.nosrc.rpm`.
//!
//! ## Why
//! It holds what a package is built from and installs no program. The run refuses it.
//!
//! ## Bad
//! ```nail
//! Rpm https://repo.example.com/el9/web-1.2-1.el9.src.rpm
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm https://repo.example.com/el9/web-1.2-1.el9.x86_64.rpm
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE421",
    name: "source-package",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("source_package.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Rpm { location, .. } = &at.step else { continue };
        let name = location.file_name();
        if name.ends_with(".src.rpm") || name.ends_with(".nosrc.rpm") {
            found
                .add(
                    at.word(0),
                    "this is a source package, which installs no program",
                    "name the package for your machine, such as NAME-VERSION-RELEASE.x86_64.rpm",
                )
                .through(&at.included_from);
        }
    }
}
