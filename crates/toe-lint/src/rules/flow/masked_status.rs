//! ## What
//! `local NAME=$(..)`, and the same with `export`, `readonly` or `declare`, where the status is asked for: before
//! `||` or `&&`, in a condition, or under `set -e`.
//!
//! ## Why
//! The status is that of `local`, which succeeds whatever the command did.
//!
//! ## Bad
//! ```nail
//! first_line() {
//! 	local line=$(head -n 1 "$1") || die "no $1"
//! 	      ^^^^^^^^^^^^^^^^^^^^^^
//! 	log "$line"
//! }
//! first_line release.txt
//! ```
//!
//! ## Good
//! ```nail
//! first_line() {
//! 	local line
//! 	line=$(head -n 1 "$1") || die "no $1"
//! 	log "$line"
//! }
//! first_line release.txt
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::status::stops_at_failure;
use std::collections::BTreeSet;
use toe_source::Severity;
use toe_source::Span;
use toe_syntax::tree::{AndOr, Arg, AssignValue, Assignment, CommandKind, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE229",
    name: "masked-status",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("masked_status.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let stops = stops_at_failure(nail);
    let asked: BTreeSet<Span> = nail
        .outline
        .conditions
        .iter()
        .filter_map(|list| list.statements.last())
        .map(|statement| statement.span)
        .collect();
    for statement in nail.outline.lists.iter().flat_map(|list| &list.statements) {
        let is_asked = stops || asked.contains(&statement.span);
        for assignment in masked(statement, is_asked) {
            found.add(
                assignment.span,
                "the status is that of the declaration, not of the command in it",
                "declare the name first, and assign it with a command of its own",
            );
        }
    }
}

/// The declared assignments of `statement` from a command whose status is asked for.
fn masked(statement: &AndOr, is_asked: bool) -> Vec<&Assignment> {
    let pipelines =
        std::iter::once(&statement.first).chain(statement.rest.iter().map(|(_, pipeline)| pipeline));
    let count = statement.rest.len() + 1;
    let asked = pipelines.enumerate().filter(|(i, _)| is_asked || i + 1 < count);
    let mut masked = Vec::new();
    for (_, pipeline) in asked {
        let CommandKind::Simple(simple) = &pipeline.command.kind else { continue };
        for arg in &simple.args {
            let Arg::Assign(assignment) = arg else { continue };
            let AssignValue::Scalar(word) = &assignment.value else { continue };
            let runs = |kind: &PartKind| matches!(kind, PartKind::CommandSubst(_));
            let has_command = word.parts.iter().any(|part| match &part.kind {
                PartKind::DoubleQuoted(inner) => inner.iter().any(|part| runs(&part.kind)),
                kind => runs(kind),
            });
            if has_command {
                masked.push(assignment.as_ref());
            }
        }
    }
    masked
}
