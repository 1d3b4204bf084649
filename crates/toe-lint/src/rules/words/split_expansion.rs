//! ## What
//! An unquoted variable whose value has blanks, as a word of a directive. Values that are options (`--noscripts
//! --excludedocs`) are meant to be split, and `log`, `die`, `Gecos`, `Exec` and `Service` join or pass on what
//! they get.
//!
//! ## Why
//! It becomes several words, and what is behind it moves to another place.
//!
//! ## Bad
//! ```nail
//! HOME_DIR="/srv/web data"
//! UserAdd 300 100 $HOME_DIR /sbin/nologin web
//!                 ^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! HOME_DIR="/srv/web data"
//! UserAdd 300 100 "$HOME_DIR" /sbin/nologin web
//! ```

use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_plan::DirectiveName;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE101",
    name: "split-expansion",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("split_expansion.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    for split in &graph.flow.splits {
        let joins = matches!(
            split.name,
            DirectiveName::Log
                | DirectiveName::Die
                | DirectiveName::Gecos
                | DirectiveName::Exec
                | DirectiveName::Service
        );
        if joins || split.text.split_whitespace().all(|word| word.starts_with('-')) {
            continue;
        }
        let Some(nail) = graph.nails.iter().find(|nail| nail.source == split.span.source) else { continue };
        let expansion = nail.text_of(split.span);
        found
            .add(
                split.span,
                format!("its value `{}` becomes several words", split.text.escape_debug()),
                "quote it to keep it one word",
            )
            .fix(Fix::replace(Safety::Safe, "quote it", split.span, format!("\"{expansion}\"")))
            .through(&split.situation.included_from);
    }
}
