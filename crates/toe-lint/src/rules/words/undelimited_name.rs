//! ## What
//! `$NAME_more` where `NAME_more` is not set and `NAME` is.
//!
//! ## Why
//! The name of a variable goes as far as letters, digits and `_` do: `$NAME` followed by text needs braces.
//!
//! ## Bad
//! ```nail
//! NAME=web
//! Dir "/srv/$NAME_data"
//!           ^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! NAME=web
//! Dir "/srv/${NAME}_data"
//! ```

use crate::flow::record::Reading;
use crate::flow::value::Presence;
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE106",
    name: "undelimited-name",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("undelimited_name.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    let reads = graph.flow.reads.iter().filter(|read| read.reading == Reading::Plain);
    for read in reads.filter(|read| read.presence == Presence::Unset) {
        let Some(beginning) = &read.set_beginning else { continue };
        let rest = &read.name[beginning.len()..];
        let braced = format!("${{{beginning}}}{rest}");
        found
            .add(
                read.span,
                format!("this reads `{}`, which is not set; `{beginning}` is", read.name),
                format!("write `{braced}`"),
            )
            .fix(Fix::replace(Safety::Safe, "add braces", read.span, braced.clone()))
            .through(&read.situation.included_from);
    }
}
