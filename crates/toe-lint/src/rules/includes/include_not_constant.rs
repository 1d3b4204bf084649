//! ## What
//! An Include of a nail whose name is not known before the evaluation.
//!
//! ## Why
//! Which nails belong to the foot depends on its inputs, and rules about unset and unused variables say less.
//!
//! ## Bad
//! ```nail
//! Include "settings-$(arch)"
//!         ^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Include standard-devs
//! ```

use crate::flow::record::Target;
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE303",
    name: "include-not-constant",
    severity: Severity::Info,
    fix: None,
    by_default: false,
    source: include_str!("include_not_constant.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    for edge in graph.flow.edges.iter().filter(|edge| matches!(edge.target, Target::Unknown)) {
        found
            .add(edge.word, "which nail this is depends on the evaluation", "name the nails in a `case`")
            .through(&edge.situation.included_from);
    }
}
