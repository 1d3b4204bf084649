//! ## What
//! A variable that is read above the Include of the nail that sets it.
//!
//! ## Why
//! Nails run from top to bottom: at that point it is not set.
//!
//! ## Bad
//! ```nail
//! Dir "/srv/$SITE"
//!           ^^^^^
//! Include site-settings
//! ```
//!
//! ## Good
//! ```nail
//! Include site-settings
//! Dir "/srv/$SITE"
//! ```

use crate::flow::record::Reading;
use crate::flow::value::Presence;
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE308",
    name: "include-after-use",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("include_after_use.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    let reads = graph.flow.reads.iter().filter(|read| read.presence == Presence::Unset);
    for read in reads.filter(|read| read.reading != Reading::Guarded) {
        if let Some(include) = graph.set_by_later_include(read) {
            found
                .add(
                    read.span,
                    format!("`{}` is set by a nail that is included below", read.name),
                    "move the Include up",
                )
                .also(include, "sets it")
                .through(&read.situation.included_from);
        }
    }
}
