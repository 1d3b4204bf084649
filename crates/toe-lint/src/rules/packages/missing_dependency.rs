//! ## What
//! Something that a package needs and no package of the foot provides: a package, a library, a file. `toe lint
//! --online` asks it.
//!
//! ## Why
//! toe installs exactly what the foot names and looks for no dependencies. A program without its library does not
//! start; sometimes what is missing is not used, and then the line may say so.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! # It needs liblog.so.1.
//! Rpm "$MREPO_URL/proxy-1.2-1.el9.x86_64.rpm"
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Rpm "$MREPO_URL/liblog-1.0-1.el9.x86_64.rpm"
//! Rpm "$MREPO_URL/proxy-1.2-1.el9.x86_64.rpm"
//! ```

use crate::foot::Foot;
use crate::packages::Packages;
use crate::rule::{Check, Findings, Rule};
use std::collections::BTreeSet;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE419",
    name: "missing-dependency",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("missing_dependency.rs"),
    check: Check::Packages(check),
};

/// So many are named in one finding.
const NAMED: usize = 5;

fn check(foot: &Foot, packages: &Packages, found: &mut Findings) {
    let made = accounts(foot);
    let mut asked = BTreeSet::new();
    for at in &foot.steps.all {
        let Step::Rpm { location, .. } = &at.step else { continue };
        let Some(package) = packages.at(location).filter(|_| asked.insert(location.redacted())) else {
            continue;
        };
        let is_there = |need: &String| made.contains(need) || (need.starts_with('/') && packages.have(need));
        let missing: Vec<&str> =
            package.missing.iter().filter(|need| !is_there(need)).map(String::as_str).collect();
        if missing.is_empty() {
            continue;
        }
        let named: Vec<String> = missing.iter().take(NAMED).map(|need| format!("`{need}`")).collect();
        let more = match missing.len() - named.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        found
            .add(
                at.word(0),
                format!("no package of this foot provides {}{more}", named.join(", ")),
                format!("`{}` needs it: add an Rpm line for what provides it", package.nevra.name),
            )
            .through(&at.included_from);
    }
}

/// What accounts of the foot provide, as rpm names it.
fn accounts(foot: &Foot) -> BTreeSet<String> {
    let made = foot.steps.all.iter().filter_map(|at| match &at.step {
        Step::UserAdd { name, .. } => Some(format!("user({name})")),
        Step::GroupAdd { name, .. } => Some(format!("group({name})")),
        _ => None,
    });
    made.collect()
}
