//! ## What
//! A `local` with the name of a variable that is set outside of the function.
//!
//! ## Why
//! Inside the function the other one cannot be seen, and an assignment that was meant for it is lost at the end.
//!
//! ## Bad
//! ```nail
//! VERSION=1.2
//! service() {
//!     local VERSION=$1
//!           ^^^^^^^
//!     Dir "/srv/$VERSION"
//! }
//! service 2
//! Dir "/opt/$VERSION"
//! ```
//!
//! ## Good
//! ```nail
//! VERSION=1.2
//! service() {
//!     local version=$1
//!     Dir "/srv/$version"
//! }
//! service 2
//! Dir "/opt/$VERSION"
//! ```

use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE209",
    name: "shadowed-by-local",
    severity: Severity::Info,
    fix: None,
    by_default: false,
    source: include_str!("shadowed_by_local.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    for write in graph.flow.writes.iter().filter(|write| write.hides) {
        found
            .add(
                write.span,
                format!("this hides the variable `{}` that is set outside", write.name),
                "use another name",
            )
            .through(&write.situation.included_from);
    }
}
