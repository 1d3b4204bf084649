//! ## What
//! A function that calls itself whenever it is called: no condition and no `return` stands before the call.
//!
//! ## Why
//! It never ends; the evaluation stops at its limit.
//!
//! ## Bad
//! ```nail
//! device() {
//!     Mknod c 1 3 "$1"
//!     device "$2"
//!     ^^^^^^
//! }
//! device null zero
//! ```
//!
//! ## Good
//! ```nail
//! device() {
//!     Mknod c 1 3 "$1"
//!     if [ $# -gt 1 ]; then
//!         shift
//!         device "$@"
//!     fi
//! }
//! device null
//! ```

use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE214",
    name: "unbounded-recursion",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("unbounded_recursion.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    for call in &graph.flow.recursions {
        found
            .add(
                call.span,
                format!("`{}` calls itself without end", call.name),
                "put the call under a condition, or call another function",
            )
            .through(&call.situation.included_from);
    }
}
