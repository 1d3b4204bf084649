//! ## What
//! A `Service` whose name ends in `.service`.
//!
//! ## Why
//! The ending is added: the unit would be `web.service.service`.
//!
//! ## Bad
//! ```nail
//! Service web.service root:root /usr/sbin/web
//!         ^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Service web root:root /usr/sbin/web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::{Fix, Safety, Severity, Span};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE637",
    name: "service-suffix",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("service_suffix.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Service { name, .. } = &at.step else { continue };
        let Some(stem) = name.strip_suffix(".service").filter(|stem| !stem.is_empty()) else { continue };
        let word = at.word(0);
        let finding = found.add(word, "`.service` is added to the name", format!("write {stem}"));
        finding.through(&at.included_from);
        if steps.sources.text(word) == name {
            let ending = Span { start: word.end - ".service".len() as u32, ..word };
            finding.fix(Fix::replace(Safety::Safe, "take `.service` away", ending, ""));
        }
    }
}
