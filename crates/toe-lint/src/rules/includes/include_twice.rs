//! ## What
//! A nail that is included again on the same path.
//!
//! ## Why
//! Its directives happen twice, which is harmless only when all of them may.
//!
//! ## Bad
//! ```nail
//! Include standard-devs
//! Include ./standard-devs
//!         ^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Include standard-devs
//! ```

use std::collections::BTreeMap;

use crate::flow::record::{Branch, Edge, Target};
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE306",
    name: "include-twice",
    severity: Severity::Info,
    fix: None,
    by_default: false,
    source: include_str!("include_twice.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    let mut earlier: BTreeMap<_, &Edge> = BTreeMap::new();
    for edge in &graph.flow.edges {
        let Target::Nail { identity, .. } = &edge.target else { continue };
        let Some(first) = earlier.get(identity) else {
            earlier.insert(identity, edge);
            continue;
        };
        if edge.word != first.word && goes_with(&first.situation.branches, &edge.situation.branches) {
            found
                .add(edge.word, "this nail was included already", "include it once")
                .also(first.word, "first here")
                .through(&edge.situation.included_from);
        }
    }
}

fn goes_with(one: &[Branch], other: &[Branch]) -> bool {
    one.starts_with(other) || other.starts_with(one)
}
