//! ## What
//! An Include that a condition or a loop decides about.
//!
//! ## Why
//! Which nails belong to the foot depends on it.
//!
//! ## Bad
//! ```nail
//! if PkgCheck openssl; then
//!     Include standard-devs
//!             ^^^^^^^^^^^^^
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! Include standard-devs
//! ```

use crate::flow::record::Includer;
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE311",
    name: "conditional-include",
    severity: Severity::Info,
    fix: None,
    by_default: false,
    source: include_str!("conditional_include.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    let edges = graph.flow.edges.iter().filter(|edge| edge.includer != Includer::ShadowCheck);
    for edge in edges.filter(|edge| edge.situation.is_conditional()) {
        found
            .add(
                edge.word,
                "a condition decides whether this nail is included",
                "include it in any case, and put the condition into it",
            )
            .through(&edge.situation.included_from);
    }
}
