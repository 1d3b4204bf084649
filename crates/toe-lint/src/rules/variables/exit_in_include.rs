//! ## What
//! An Include of a nail that ends the evaluation with `exit` or `exit 0`.
//!
//! ## Why
//! It ends the foot as well: what stands below the Include is missing from the plan, and nothing says so.
//! `return` ends the included nail alone.
//!
//! ## Bad
//! ```nail
//! Include end-early
//!         ^^^^^^^^^
//! GroupAdd 353 web
//! ```
//!
//! ## Good
//! ```nail
//! Include standard-devs
//! GroupAdd 353 web
//! ```

use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE230",
    name: "exit-in-include",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("exit_in_include.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    for exit in &graph.flow.exits {
        let ends_well = exit.status.known().is_none_or(|all| all.iter().any(|status| &**status == "0"));
        if let Some((include, outer)) = exit.situation.included_from.split_last().filter(|_| ends_well) {
            found
                .add(
                    *include,
                    "this nail may end the whole evaluation",
                    "write `return` in it where the nail alone is to end, or `die` where the run is to fail",
                )
                .also(exit.span, "the `exit`")
                .through(outer);
        }
    }
}
