//! ## What
//! The packages `setup` or `filesystem` below others that have files.
//!
//! ## Why
//! `filesystem` makes directories and links such as `/lib64` that the others write through, and `setup` the
//! accounts that own files: below them they may find something else in their place, and the run refuses that.
//!
//! ## Bad
//! ```nail
//! Rpm /srv/rpms/glibc-2.34-100.el9.x86_64.rpm
//! Rpm /srv/rpms/filesystem-3.16-5.el9.x86_64.rpm
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm /srv/rpms/setup-2.13.7-10.el9.noarch.rpm
//! Rpm /srv/rpms/filesystem-3.16-5.el9.x86_64.rpm
//! Rpm /srv/rpms/glibc-2.34-100.el9.x86_64.rpm
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::PackageFile;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE420",
    name: "filesystem-not-first",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("filesystem_not_first.rs"),
    check: Check::Steps(check),
};

/// What rpm itself may put above `setup` and `filesystem`, with the endings of names.
const BEFORE: [&str; 5] = ["setup", "filesystem", "basesystem", "libgcc", "tzdata"];
const BEFORE_ENDINGS: [&str; 6] =
    ["-release", "-repos", "-gpg-keys", "-release-common", "-logos", "-filesystem"];

fn check(steps: &Steps, found: &mut Findings) {
    let mut others: Vec<&StepAt> = Vec::new();
    for at in &steps.all {
        let Some(PackageFile { name, .. }) = at.package() else { continue };
        let is_first = matches!(name, "setup" | "filesystem");
        if is_first && let Some(other) = others.iter().find(|other| other.is_before(at)) {
            found
                .add(at.word(0), format!("`{name}` is below other packages"), "put it above all others")
                .also(other.word(0), "the first that needs it")
                .through(&at.included_from);
        }
        let may_be_before =
            BEFORE.contains(&name) || BEFORE_ENDINGS.iter().any(|ending| name.ends_with(ending));
        if !may_be_before {
            others.push(at);
        }
    }
}
