//! ## What
//! `Include` or `source` without a nail, or `ShadowCheck` with words.
//!
//! ## Why
//! toe refuses it, but only where it is reached: this looks at every branch.
//!
//! ## Bad
//! ```nail
//! if PkgCheck openssl; then
//!     Include
//!     ^^^^^^^
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if PkgCheck openssl; then
//!     Include standard-devs
//! fi
//! ```

use crate::flow::record::Target;
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_plan::DirectiveName;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE307",
    name: "include-arity",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("include_arity.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    for edge in graph.flow.edges.iter().filter(|edge| matches!(edge.target, Target::NoWord)) {
        found
            .add(edge.span, "no nail is named", "write: Include FILE [ARG..]")
            .through(&edge.situation.included_from);
    }
    let checks = graph.flow.directives.iter().filter(|at| at.name == DirectiveName::ShadowCheck);
    for (at, word) in checks.filter_map(|at| Some((at, at.words.first()?))) {
        found
            .add(word.span, "ShadowCheck takes no words", "write: ShadowCheck")
            .through(&at.situation.included_from);
    }
}
