//! ## What
//! `source FILE` or `. FILE` where Include would do.
//!
//! ## Why
//! Include also finds a nail beside the one that includes it and below `--nail-path`, whatever the current directory
//! is. (Off by default: the nail found is evaluated all the same.) The fix is offered where the two mean the same: the
//! file has no use for `$1` and `set`.
//!
//! ## Bad
//! ```nail
//! . ./standard-devs
//! ^
//! ```
//!
//! ## Good
//! ```nail
//! Include ./standard-devs
//! ```

use crate::flow::record::{Includer, Target};
use crate::graph::Graph;
use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, command_name, words};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{Param, ParamName, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE310",
    name: "source-instead-of-include",
    severity: Severity::Info,
    fix: Some(Safety::Safe),
    by_default: false,
    source: include_str!("source_instead_of_include.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    let edges = graph.flow.edges.iter().filter(|edge| edge.includer == Includer::Source);
    for edge in edges {
        let Target::Nail { source, .. } = &edge.target else { continue };
        let Some(nail) = graph.nails.iter().find(|nail| nail.source == edge.span.source) else { continue };
        let mut commands = nail.outline.commands.iter().map(|at| at.command);
        let Some(command) = commands.find(|command| {
            arguments(command).next().is_some_and(|word| word.span == edge.word)
                && words(command).next().is_some_and(|name| matches!(nail.text_of(name.span), "source" | "."))
        }) else {
            continue;
        };
        let Some(name) = words(command).next() else { continue };
        // With words of its own it is a call with arguments, which only `source` leaves behind.
        if arguments(command).count() > 1 {
            continue;
        }
        let written = nail.text_of(name.span);
        let finding = found.add(
            name.span,
            format!("`{written}` looks for the nail from the current directory only"),
            "write Include, which looks beside this nail too",
        );
        finding.through(&edge.situation.included_from);
        let sourced = graph.nails.iter().find(|nail| nail.source == *source);
        if sourced.is_some_and(is_the_same_included) {
            finding.fix(Fix::replace(Safety::Safe, "write Include", name.span, "Include"));
        }
    }
}

/// True for a nail that does not ask what its arguments are, and changes none.
fn is_the_same_included(nail: &NailView) -> bool {
    let asks = nail.outline.parts.iter().any(|at| {
        matches!(
            &at.part.kind,
            PartKind::Param(Param {
                name: ParamName::Positional(_) | ParamName::Special('@' | '*' | '#'),
                ..
            })
        )
    });
    let has_for_without_words = nail.outline.fors.iter().any(|repeated| repeated.words.is_none());
    let changes = nail.outline.commands.iter().any(|at| {
        command_name(at.command)
            .is_none_or(|name| matches!(&*name, "set" | "shift" | "source" | "." | "local"))
            && !at.command.args.is_empty()
    });
    !asks && !has_for_without_words && !changes
}
