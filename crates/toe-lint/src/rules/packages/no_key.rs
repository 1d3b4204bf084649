//! ## What
//! A foot with packages and no `GpgImport`. Off unless it is selected.
//!
//! ## Why
//! Signatures are asked for from the first imported key on: without a key, any package is taken.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm"
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
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
    code: "TOE414",
    name: "no-key",
    severity: Severity::Info,
    fix: None,
    by_default: false,
    source: include_str!("no_key.rs"),
    check: Check::Foot(check),
};

fn check(foot: &Foot, found: &mut Findings) {
    let steps = &foot.steps.all;
    let is_signed = |at: &&StepAt| matches!(&at.step, Step::Rpm { options, .. } if !options.no_signature);
    if steps.iter().any(|at| matches!(at.step, Step::GpgImport { .. })) {
        return;
    }
    if let Some(package) = steps.iter().find(is_signed) {
        found
            .add(
                package.word(0),
                "no key is imported, so that no package needs a signature",
                "import the key of the repository with GpgImport, below Base",
            )
            .through(&package.included_from);
    }
}
