//! ## What
//! An Include of a directory, of another thing that is no file, or of a file that does not parse.
//!
//! ## Why
//! The evaluation stops there, but only where it is reached: this looks at every branch.
//!
//! ## Bad
//! ```nail
//! if PkgCheck openssl; then
//!     Include ./
//!             ^^
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
use toe_eval::HostError;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE309",
    name: "include-not-a-nail",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("include_not_a_nail.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    for edge in &graph.flow.edges {
        let (message, help) = match &edge.target {
            Target::Unreadable { file, reason: HostError::NotRegular(_) } => {
                (format!("`{}` is no regular file", file.escape_debug()), "name the nail in it".to_owned())
            }
            Target::Unreadable { reason: HostError::OutsideRoots(_), .. } => continue,
            Target::Unreadable { file, reason } => {
                (format!("`{}` cannot be read: {reason}", file.escape_debug()), "include a nail".to_owned())
            }
            Target::Broken { file, message } => (
                format!("`{}` does not parse: {message}", file.escape_debug()),
                format!("toe lint {} says more", file.escape_debug()),
            ),
            _ => continue,
        };
        found.add(edge.word, message, help).through(&edge.situation.included_from);
    }
}
