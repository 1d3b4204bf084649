//! ## What
//! A `Symlink` whose first word is relative and whose second is absolute.
//!
//! ## Why
//! The link comes first, other than with `ln -s`: `Symlink LINK TARGET`. The run would be refused at this line.
//!
//! ## Bad
//! ```nail
//! Symlink var/log/web /var/log/web
//!         ^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Symlink /var/log/web var/log/web
//! ```

use crate::refused_step::RefusedStep;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{DirectiveName, StepFault};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE612",
    name: "link-swapped",
    severity: Severity::Error,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("link_swapped.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for refused in steps.refused.iter().filter(|refused| is_meant(refused)) {
        let finding = found.refuse(refused);
        finding.help("the link comes first, then its target inside the SOCK");
        if let [target, link] = refused.args[..] {
            let text = |span| steps.sources.text(span).to_owned();
            finding
                .fix(Fix::replace(Safety::Unsafe, "swap them", target, text(link)).and(link, text(target)));
        }
    }
}

fn is_meant(refused: &RefusedStep) -> bool {
    is_swapped(refused)
}

/// True for `Symlink TARGET LINK`.
pub(super) fn is_swapped(refused: &RefusedStep) -> bool {
    refused.name == DirectiveName::Symlink
        && refused.fault() == StepFault::Relative
        && refused.words.get(1).is_some_and(|target| target.starts_with('/') && target.len() > 1)
}
