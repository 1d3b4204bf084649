//! ## What
//! An option of `Rpm` twice on one line.
//!
//! ## Why
//! The second does nothing; another one may have been meant.
//!
//! ## Bad
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm --noscripts --noscripts
//!                                                    ^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm --noscripts --notriggers
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::{Fix, Safety, Severity, Span};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE424",
    name: "duplicate-option",
    severity: Severity::Style,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("duplicate_option.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in steps.all.iter().filter(|at| matches!(at.step, Step::Rpm { .. })) {
        for (i, option) in at.words.iter().enumerate().skip(1) {
            if !at.words[1..i].contains(option) {
                continue;
            }
            let place = at.word(i);
            let finding = found.add(place, format!("`{option}` is here twice"), "take one of them away");
            finding.through(&at.included_from);
            let before = at.word(i - 1);
            let blanks = Span { start: before.end, end: place.start.max(before.end), ..place };
            if steps.sources.text(place) == option && steps.sources.text(blanks).trim().is_empty() {
                let cut = Span { end: place.end, ..blanks };
                finding.fix(Fix::replace(Safety::Safe, "take it away", cut, ""));
            }
        }
    }
}
