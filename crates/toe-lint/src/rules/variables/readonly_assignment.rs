//! ## What
//! An assignment to a variable that was made read-only, in any branch and through includes.
//!
//! ## Why
//! bash and toe stop there.
//!
//! ## Bad
//! ```nail
//! readonly VERSION=1.2
//! if PkgCheck openssl; then
//!     VERSION=1.3
//!     ^^^^^^^
//! fi
//! Dir "/srv/$VERSION"
//! ```
//!
//! ## Good
//! ```nail
//! VERSION=1.2
//! if PkgCheck openssl; then
//!     VERSION=1.3
//! fi
//! Dir "/srv/$VERSION"
//! ```

use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE207",
    name: "readonly-assignment",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("readonly_assignment.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    for write in &graph.flow.writes {
        let Some(since) = write.readonly else { continue };
        found
            .add(
                write.span,
                format!("`{}` is read-only", write.name),
                "use another name, or take the `readonly` away",
            )
            .also(since, "made read-only here")
            .through(&write.situation.included_from);
    }
}
