//! ## What
//! A `GpgImport` of a package.
//!
//! ## Why
//! A package holds no key in a form that can be imported: `Rpm` installs it.
//!
//! ## Bad
//! ```nail
//! GpgImport /srv/rpms/web-1.2-1.el9.x86_64.rpm
//!           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GpgImport /srv/keys/RPM-GPG-KEY-example
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm
//! ```

use super::is_rpm_name;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE423",
    name: "package-as-key",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("package_as_key.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::GpgImport { location } = &at.step else { continue };
        if is_rpm_name(location.file_name()) {
            found
                .add(at.word(0), "this is a package, no key", "write Rpm, or name the file of the key")
                .through(&at.included_from);
        }
    }
}
