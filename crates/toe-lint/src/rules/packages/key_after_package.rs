//! ## What
//! A `GpgImport` below the first package whose signature is asked for.
//!
//! ## Why
//! Packages are checked against the keys imported above them.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm"
//! GpgImport "$MREPO_URL/RPM-GPG-KEY"
//! ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! GpgImport "$MREPO_URL/RPM-GPG-KEY"
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm"
//! ```

use crate::foot::Foot;
use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE413",
    name: "key-after-package",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("key_after_package.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    let steps = &foot.steps.all;
    let signed = |at: &StepAt| matches!(&at.step, Step::Rpm { options, .. } if !options.no_signature);
    let key = |at: &StepAt| matches!(at.step, Step::GpgImport { .. });
    let Some(package) = steps.iter().position(signed) else { return };
    // A key above it may be the one that it needs: then later ones are for later packages.
    if steps[..package].iter().any(key) {
        return;
    }
    for late in steps[package..].iter().filter(|at| key(at)) {
        found
            .add(
                late.span,
                "this key comes after a package that is checked",
                "import keys before the packages",
            )
            .also(steps[package].span, "the first package")
            .through(&late.included_from);
    }
}
