//! ## What
//! A command that is no directive but nearly one, such as `Rmp` or `groupadd`, and no function of the nail.
//!
//! ## Why
//! Case counts, and an unknown command is an error of the evaluation, though only where it is reached.
//!
//! ## Bad
//! ```nail
//! Groupadd 353 web
//! ^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, is_own_command, nearest, only_nearest, words};
use toe_plan::DirectiveName;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE401",
    name: "unknown-directive",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("unknown_directive.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let Some(word) = words(at.command).next() else { continue };
        let Some(name) = bare(word) else { continue };
        if is_own_command(name) || nail.defines(name) {
            continue;
        }
        // `dir`, `link`, `copy` and their like may be functions of the including nail; a capital is none.
        let capital = name.starts_with(|c: char| c.is_ascii_uppercase());
        let long = DirectiveName::ALL.iter().map(|d| d.as_str()).filter(|d| capital || d.len() > 5);
        if let Some(near) = nearest(name, long.clone()) {
            let finding = found.add(
                word.span,
                format!("there is no directive `{name}`"),
                format!("did you mean `{near}`?"),
            );
            if only_nearest(name, long).is_some() {
                finding.fix(Fix::replace(Safety::Safe, format!("write {near}"), word.span, near));
            }
        }
    }
}
