//! ## What
//! A command that `--allow-exec` (or `allow-exec` in toe.toml) lets the evaluation run on this machine: one that is
//! no directive, function or command of the language. In every branch, also where it is not reached.
//!
//! ## Why
//! It is what a reviewer wants to see: the plan depends on that program and on the machine, and it runs with the
//! rights of who evaluates. Without `--allow-exec` it is an error. Lint itself never runs it: what it prints is not
//! known, and the nail is looked at branch by branch.
//!
//! ## Bad
//! ```nail
//! REVISION=$(git describe --tags)
//!            ^^^^^^^^^^^^^^^^^^^
//! log "$REVISION"
//! ```
//!
//! ## Good
//! ```nail
//! log "$(uname -m)"
//! ```

use std::collections::BTreeMap;

use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::words;
use toe_source::{Severity, Span};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE714",
    name: "runs-on-host",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("runs_on_host.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    if !found.project().allow_exec {
        return;
    }
    let commands = graph.nails.iter().flat_map(|nail| &nail.outline.commands);
    let whole: BTreeMap<Span, Span> =
        commands.filter_map(|at| Some((words(at.command).next()?.span, at.command.span))).collect();
    for call in &graph.flow.unknown_calls {
        // What is defined below is called too early, and another rule's business.
        if toe_eval::is_foreign_builtin(&call.name) || graph.flow.functions.contains_key(&call.name) {
            continue;
        }
        let span = whole.get(&call.span).copied().unwrap_or(call.span);
        found
            .add(
                span,
                format!("`{}` runs on the machine where the nail is evaluated", call.name.escape_debug()),
                "a run is a function of its inputs: pass the value in with -D NAME=VALUE, or see that the program is \
                 the same on every machine",
            )
            .through(&call.situation.included_from);
    }
}
