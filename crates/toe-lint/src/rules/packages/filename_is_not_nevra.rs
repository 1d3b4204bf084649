//! ## What
//! A package whose header names another package, version or architecture than its file. `toe lint --online` asks
//! it.
//!
//! ## Why
//! What toe knows of a package before it fetches it, such as for PkgCheck, it knows from the name of the file.
//! Somebody renamed it.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! # The header says old-1.3-1.el9.x86_64.
//! Rpm "$MREPO_URL/old-1.2-1.el9.x86_64.rpm"
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Rpm "$MREPO_URL/old-1.3-1.el9.x86_64.rpm"
//! ```

use crate::foot::Foot;
use crate::packages::Packages;
use crate::rule::{Check, Findings, Rule};
use toe_plan::{Nevra, Step};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE418",
    name: "filename-is-not-nevra",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("filename_is_not_nevra.rs"),
    check: Check::Packages(check),
};

fn check(foot: &Foot, packages: &Packages, found: &mut Findings) {
    for at in &foot.steps.all {
        let Step::Rpm { location, .. } = &at.step else { continue };
        let name = location.file_name();
        let (Some(package), Some(named)) = (packages.at(location), Nevra::from_file_name(name)) else {
            continue;
        };
        let is_same = Nevra { epoch: None, ..package.nevra.clone() } == named;
        if !is_same && !name.contains('%') {
            found
                .add(
                    at.word(0),
                    format!("this file holds {}", package.nevra),
                    "give the file the name of its package",
                )
                .through(&at.included_from);
        }
    }
}
