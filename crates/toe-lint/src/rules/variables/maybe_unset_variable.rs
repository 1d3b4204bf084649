//! ## What
//! A variable that is read where some paths have set it and others have not. A read under the same condition as
//! the assignment is fine, and a loop is taken to run.
//!
//! ## Why
//! On the other paths the evaluation stops with an error.
//!
//! ## Bad
//! ```nail
//! if PkgCheck openssl; then
//!     TLS=yes
//! fi
//! Dir "/srv/tls-$TLS"
//!               ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! TLS=no
//! if PkgCheck openssl; then
//!     TLS=yes
//! fi
//! Dir "/srv/tls-$TLS"
//! ```

use crate::flow::record::Reading;
use crate::flow::value::Presence;
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE202",
    name: "maybe-unset-variable",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("maybe_unset_variable.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    let reads = graph.flow.reads.iter().filter(|read| read.presence == Presence::Maybe);
    for read in reads.filter(|read| read.reading == Reading::Plain) {
        let name = &read.name;
        found
            .add(
                read.span,
                format!("`{name}` is set on some paths only"),
                format!("set it on all of them, or give it a default as in ${{{name}:-VALUE}}"),
            )
            .through(&read.situation.included_from);
    }
}
