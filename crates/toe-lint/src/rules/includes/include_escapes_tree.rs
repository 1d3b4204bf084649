//! ## What
//! An Include that leads out of the current directory, the directory of the foot and the --nail-path directories:
//! by an absolute path, by `..`, or by a symbolic link.
//!
//! ## Why
//! toe refuses to read there, so that a nail cannot pick up files of the host.
//!
//! ## Bad
//! ```nail
//! Include ../../etc/nails/base
//!         ^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Include standard-devs
//! ```

use crate::flow::record::Target;
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_eval::HostError;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE304",
    name: "include-escapes-tree",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("include_escapes_tree.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    for edge in &graph.flow.edges {
        let file = match &edge.target {
            Target::Unreadable { file, reason: HostError::OutsideRoots(_) } => file,
            Target::Missing { file, .. } if leads_out(file) => file,
            _ => continue,
        };
        found
            .add(
                edge.word,
                format!("`{}` leads out of the nails", file.escape_debug()),
                "keep nails together, or give their directory with --nail-path",
            )
            .through(&edge.situation.included_from);
    }
}

/// True for a path that, read from any directory, leads out of it.
pub(super) fn leads_out(file: &str) -> bool {
    let mut depth = 0usize;
    let leaves = file.split('/').any(|part| match part {
        "" | "." => false,
        ".." => depth.checked_sub(1).map(|less| depth = less).is_none(),
        _ => {
            depth += 1;
            false
        }
    });
    leaves || file.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::leads_out;

    #[test]
    fn ways_out() {
        assert!(["../x", "a/../../x", "/x"].into_iter().all(leads_out));
        assert!(!["x", "./a/../x", "a/b"].into_iter().any(leads_out));
    }
}
