//! ## What
//! A directive or a function of the nail as the first word in `[ ]`.
//!
//! ## Why
//! `[` is a command that compares words; it runs none. `if` takes the command as it is.
//!
//! ## Bad
//! ```nail
//! if [ PkgCheck web ]; then
//!    ^^^^^^^^^^^^^^^^
//! 	Dir /srv/web
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if PkgCheck web; then
//! 	Dir /srv/web
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::single_test::operands;
use crate::word_text::{bare, words};
use toe_plan::DirectiveName;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE233",
    name: "command-in-brackets",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("command_in_brackets.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let Some(operands) = operands(at.command) else { continue };
        let all: Vec<_> = words(at.command).collect();
        let [bracket, first, .., last] = all.as_slice() else { continue };
        let Some(name) = bare(first) else { continue };
        let is_command = DirectiveName::from_word(name).is_some() || nail.defines(name);
        let compares = operands
            .get(1)
            .and_then(|word| bare(word))
            .is_some_and(|second| second.starts_with('-') || matches!(second, "=" | "==" | "!="));
        if !is_command || compares || operands.len() < 2 {
            continue;
        }
        let finding = found.add(
            at.command.span,
            format!("`{name}` is a word in brackets, and not run"),
            "leave the brackets out",
        );
        if bare(bracket) == Some("[") && bare(last) == Some("]") {
            let inner = operands.first().zip(operands.last()).map(|(first, last)| first.span.to(last.span));
            if let Some(inner) = inner {
                let text = nail.text_of(inner);
                let whole = bracket.span.to(last.span);
                finding.fix(Fix::replace(Safety::Safe, "leave the brackets out", whole, text));
            }
        }
    }
}
