//! ## What
//! A variable that arithmetic reads by its bare name and that is set on no path, or on some paths only. A read that
//! `&&`, `||` or `?` may skip is not counted.
//!
//! ## Why
//! The evaluation stops there, as bash does under `set -u`. After `set +u` it counts as 0: a group number 0, say.
//!
//! ## Bad
//! ```nail
//! Base /var/deploy/web
//! GroupAdd $((FIRST_GID + 1)) web
//!             ^^^^^^^^^
//! ```
//! ```nail
//! Base /var/deploy/web
//! if PkgCheck web; then
//! 	OFFSET=100
//! fi
//! GroupAdd $((OFFSET + 353)) web
//!             ^^^^^^
//! ```
//! ```nail
//! Base /var/deploy/web
//! set +u
//! GroupAdd $((FIRST_GID + 1)) web
//!             ^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! FIRST_GID=353
//! Base /var/deploy/web
//! GroupAdd $((FIRST_GID + 1)) web
//! ```

use std::collections::BTreeSet;

use crate::flow::record::Reading;
use crate::flow::value::Presence;
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_plan::DirectiveName;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE119",
    name: "unset-in-arithmetic",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("unset_in_arithmetic.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    let set: BTreeSet<&str> = graph.flow.writes.iter().map(|write| &*write.name).collect();
    // A foot without Base is a piece of one: what it does not set may come with the rest.
    let has_base = graph.flow.directives.iter().any(|at| at.name == DirectiveName::Base);
    for read in graph.flow.reads.iter().filter(|read| read.reading == Reading::Arithmetic) {
        let name = &*read.name;
        let message = match read.presence {
            Presence::Unset if has_base || set.contains(name) => {
                format!("`{name}` is not set here on any path")
            }
            Presence::Maybe => format!("`{name}` is set on some paths only"),
            _ => continue,
        };
        // TOE308 says more.
        if toe_eval::is_shell_variable(name) || graph.set_by_later_include(read).is_some() {
            continue;
        }
        found
            .add(read.span, message, format!("set it first, or give it a default as in ${{{name}:-0}}"))
            .through(&read.situation.included_from);
    }
}
