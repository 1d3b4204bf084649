//! ## What
//! An Include whose nail is nowhere to be found, in any branch. Of a nail that is no foot, and of a foot that
//! asks for inputs with `${NAME:?}`, it is told only where a file with nearly that name is there: a --nail-path
//! may bring the others.
//!
//! ## Why
//! The evaluation stops there, but only where it is reached: this looks at every branch.
//!
//! ## Bad
//! ```nail
//! if PkgCheck openssl; then
//!     Include standard-dev
//!             ^^^^^^^^^^^^
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if PkgCheck openssl; then
//!     Include standard-devs
//! fi
//! ```

use crate::flow::record::{Includer, Target};
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE302",
    name: "include-not-found",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("include_not_found.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    for edge in graph.flow.edges.iter().filter(|edge| edge.includer != Includer::ShadowCheck) {
        let Target::Missing { file, looked, near } = &edge.target else { continue };
        if super::include_escapes_tree::leads_out(file) {
            continue;
        }
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if graph.is_foot && !edge.wants_inputs => {
                let looked: Vec<String> = looked.iter().map(|path| path.display().to_string()).collect();
                format!("looked for {}; write another path, or give --nail-path", looked.join(", "))
            }
            None => continue,
        };
        found
            .add(edge.word, format!("there is no nail `{}`", file.escape_debug()), help)
            .through(&edge.situation.included_from);
    }
}
