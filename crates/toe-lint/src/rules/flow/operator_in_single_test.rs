//! ## What
//! `&&` or `||` between the brackets of `[ ]`.
//!
//! ## Why
//! The first bracket ends at the operator, without its `]`, and what follows is a command of its own.
//!
//! ## Bad
//! ```nail
//! if [ "$PACKAGE" = web && "$VERSION" = 1 ]; then
//!                       ^^
//! 	Dir /srv/web
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! PACKAGE=web
//! VERSION=1
//! if [ "$PACKAGE" = web ] && [ "$VERSION" = 1 ]; then
//! 	Dir /srv/web
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, words};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{CommandKind, Pipeline, Simple};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE236",
    name: "operator-in-single-test",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("operator_in_single_test.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for statement in nail.outline.lists.iter().flat_map(|list| &list.statements) {
        let mut before = simple(&statement.first);
        for (_, pipeline) in &statement.rest {
            let next = simple(pipeline);
            if let (Some(left), Some(right)) = (before, next)
                && is_open(left)
                && ends_in_bracket(right)
            {
                let between = nail.at(left.span.end as usize, right.span.start as usize);
                let text = nail.text_of(between);
                let operator = text.trim();
                let start = between.start as usize + text.len() - text.trim_start().len();
                let finding = found.add(
                    nail.at(start, start + operator.len()),
                    format!("`{operator}` ends the test, whose `]` comes later"),
                    format!("write [ .. ] {operator} [ .. ]"),
                );
                if matches!(operator, "&&" | "||") {
                    let operator = nail.at(start, start + operator.len());
                    let text = format!("] {} [", nail.text_of(operator));
                    finding.fix(Fix::replace(Safety::Safe, "write two tests", operator, text));
                }
            }
            before = next;
        }
    }
}

fn simple(pipeline: &Pipeline) -> Option<&Simple> {
    match &pipeline.command.kind {
        CommandKind::Simple(simple) => Some(simple),
        _ => None,
    }
}

/// A `[` without its `]`.
fn is_open(command: &Simple) -> bool {
    words(command).next().and_then(bare) == Some("[") && words(command).last().and_then(bare) != Some("]")
}

/// Words up to a `]` that began as none.
fn ends_in_bracket(command: &Simple) -> bool {
    words(command).next().and_then(bare) != Some("[") && words(command).last().and_then(bare) == Some("]")
}
