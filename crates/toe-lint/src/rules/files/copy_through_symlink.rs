//! ## What
//! A `Copy` whose source is a `Symlink` of the same foot, or lies below it.
//!
//! ## Why
//! Symlinks are made at the end of a run: on the first one the source is not there, and later it is what the last
//! run left in the SOCK.
//!
//! ## Bad
//! ```nail
//! Symlink /srv/web srv/web
//! Copy /srv/web/index.html /srv/web/default.html
//!      ^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Symlink /srv/web srv/web
//! Copy index.html /srv/web/default.html
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE625",
    name: "copy-through-symlink",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("copy_through_symlink.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let links: Vec<(&str, &StepAt)> = steps
        .all
        .iter()
        .filter_map(|at| match &at.step {
            Step::Symlink { link, .. } => Some((link.trim_end_matches('/'), at)),
            _ => None,
        })
        .collect();
    for at in &steps.all {
        let Step::Copy { source, .. } = &at.step else { continue };
        let is_below = |link: &str| {
            source.strip_prefix(link).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if let Some((_, link)) = links.iter().find(|(link, there)| is_below(link) && there.goes_with(at)) {
            found
                .add(
                    at.word(0),
                    "this leads through a link that is made at the end of the run",
                    "copy from where the file comes from",
                )
                .also(link.span, "the link")
                .through(&at.included_from);
        }
    }
}
