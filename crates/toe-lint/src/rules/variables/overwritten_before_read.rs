//! ## What
//! A value that is assigned and replaced in the same nail before anything reads it.
//!
//! ## Why
//! One of the two assignments is a leftover, or meant another variable.
//!
//! ## Bad
//! ```nail
//! NAME=web
//! ^^^^
//! NAME=log
//! Dir "/srv/$NAME"
//! ```
//!
//! ## Good
//! ```nail
//! NAME=web
//! Dir "/srv/$NAME"
//! NAME=log
//! Dir "/srv/$NAME"
//! ```

use std::collections::BTreeMap;

use crate::flow::record::{Write, Writing};
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;
use toe_source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE204",
    name: "overwritten-before-read",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("overwritten_before_read.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    if !graph.flow.is_complete() {
        return;
    }
    // A place is passed several times: all of them count.
    let mut places: BTreeMap<Span, Vec<&Write>> = BTreeMap::new();
    for write in &graph.flow.writes {
        places.entry(write.span).or_default().push(write);
    }
    for (span, writes) in places {
        let is_lost = |write: &&&Write| {
            write.writing == Writing::Plain
                && !write.is_read
                && !write.is_kept
                && !write.name.starts_with('_')
        };
        if writes.iter().filter(is_lost).count() < writes.len() {
            continue;
        }
        let Some((write, later)) = writes.iter().find_map(|w| Some((w, w.overwritten_at?))) else { continue };
        if later.source == span.source && later != span {
            found
                .add(
                    span,
                    format!("nothing reads this value of `{}`", write.name),
                    "remove one of the assignments, or use another name",
                )
                .also(later, "replaced here")
                .through(&write.situation.included_from);
        }
    }
}
