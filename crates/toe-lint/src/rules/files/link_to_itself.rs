//! ## What
//! A `Link` that points to itself.
//!
//! ## Why
//! It leads nowhere: whatever opens it gets an error.
//!
//! ## Bad
//! ```nail
//! Link web /usr/bin/web
//!      ^^^
//! ```
//!
//! ## Good
//! ```nail
//! Link ../libexec/web /usr/bin/web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{SockPath, Step};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE631",
    name: "link-to-itself",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("link_to_itself.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Link { target, path } = &at.step else { continue };
        let directory = path.as_str().rsplit_once('/').map_or("", |(directory, _)| directory);
        let whole = if target.starts_with('/') { target.clone() } else { format!("{directory}/{target}") };
        // Of a target with `..` only the SOCK tells where it leads.
        if SockPath::parse(&whole).is_ok_and(|target| target == *path) {
            found
                .add(at.word(0), "this link points to itself", "write: Link TARGET PATH, the target first")
                .through(&at.included_from);
        }
    }
}
