//! ## What
//! A function that is called before it is defined, in the nail or in one that is included later.
//!
//! ## Why
//! Nails run from top to bottom: at that point there is no such command.
//!
//! ## Bad
//! ```nail
//! device null
//! ^^^^^^
//! device() { Mknod c 1 3 "$1"; }
//! ```
//!
//! ## Good
//! ```nail
//! device() { Mknod c 1 3 "$1"; }
//! device null
//! ```

use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE212",
    name: "function-before-definition",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("function_before_definition.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    for call in &graph.flow.unknown_calls {
        let Some(place) = graph.flow.functions.get(&call.name) else { continue };
        found
            .add(
                call.span,
                format!("`{}` is not defined yet", call.name),
                "move the function, or the Include that brings it, up",
            )
            .also(*place, "defined here")
            .through(&call.situation.included_from);
    }
}
