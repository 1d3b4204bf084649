//! ## What
//! A `Symlink` whose target begins with `/`. Off unless it is selected.
//!
//! ## Why
//! It means the same without, as the target is a path inside the SOCK; with it, the line reads as if it led to the
//! host.
//!
//! ## Bad
//! ```nail
//! Symlink /var/log/web /var/log/web
//!                      ^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Symlink /var/log/web var/log/web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE608",
    name: "link-target-absolute",
    severity: Severity::Info,
    fix: Some(Safety::Safe),
    by_default: false,
    source: include_str!("link_target_absolute.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Symlink { target, .. } = &at.step else { continue };
        if target.as_str() == "/" || !at.words.get(1).is_some_and(|word| word.starts_with('/')) {
            continue;
        }
        let help = format!("write {}", target.relative());
        let finding = found.add(at.word(1), "the target is a path inside the SOCK", help);
        finding.through(&at.included_from);
        let slashes: String = at.words[1].chars().take_while(|c| *c == '/').collect();
        if let Some(written) = steps.beginning_with(at.word(1), &slashes) {
            finding.fix(Fix::replace(Safety::Safe, "take the `/` away", written, ""));
        }
    }
}
