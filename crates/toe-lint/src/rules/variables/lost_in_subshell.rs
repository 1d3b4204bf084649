//! ## What
//! A directive or an Include that is reached within `$( )`; and a variable that is set there and read outside, or
//! changed there again and again.
//!
//! ## Why
//! What `$( )` runs gives its output and nothing else: a variable keeps the value that it had before, or none, and
//! a directive there stops the evaluation.
//!
//! ## Bad
//! ```nail
//! NEXT_ID=300
//! next_id() {
//! 	NEXT_ID=$((NEXT_ID + 1))
//! 	^^^^^^^
//! 	echo "$NEXT_ID"
//! }
//! GroupAdd "$(next_id)" web
//! GroupAdd "$(next_id)" mail
//! ```
//! ```nail
//! made=$(Dir /srv/web)
//!        ^^^^^^^^^^^^
//! log "$made"
//! ```
//!
//! ## Good
//! ```nail
//! NEXT_ID=300
//! next_id() {
//! 	NEXT_ID=$((NEXT_ID + 1))
//! }
//! next_id
//! GroupAdd "$NEXT_ID" web
//! next_id
//! GroupAdd "$NEXT_ID" mail
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::flow::record::{LostAt, Reading};
use crate::flow::value::Presence;
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Severity, Span};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE227",
    name: "lost-in-subshell",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("lost_in_subshell.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    let values = Values::of(graph);
    for lost in &graph.flow.lost {
        let (message, help) = match &lost.variable {
            None => (
                "a directive within `$( )` stops the evaluation".to_owned(),
                "write it as a command of its own",
            ),
            Some(name) if values.is_missed(name, lost) => (
                format!("the value of `{name}` is lost where the `$( )` ends that leads here"),
                "set it outside: call the function as a command of its own, or print the value",
            ),
            Some(_) => continue,
        };
        found.add(lost.span, message, help).through(&lost.situation.included_from);
    }
}

/// What becomes of variables outside of the `$( )` that set them.
struct Values<'g> {
    /// Those that are set outside.
    outside: BTreeSet<&'g str>,
    /// The places that also set them outside, as a function may that is called in both ways.
    kept: BTreeSet<Span>,
    /// Those that are not set where they are read outside.
    missing: BTreeSet<&'g str>,
    /// The places within `$( )` that set a variable, each as often as it is reached.
    inside: BTreeMap<&'g str, Vec<Span>>,
    /// Where these are read.
    reads: BTreeMap<&'g str, Vec<Span>>,
    /// Assignments, by their names' places.
    assignments: BTreeMap<Span, Span>,
}

impl<'g> Values<'g> {
    fn of(graph: &'g Graph) -> Self {
        let mut inside: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for lost in &graph.flow.lost {
            if let Some(name) = &lost.variable {
                inside.entry(name).or_default().push(lost.span);
            }
        }
        let mut missing = BTreeSet::new();
        let mut reads: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for read in graph.flow.reads.iter().filter(|read| inside.contains_key(&*read.name)) {
            reads.entry(&read.name).or_default().push(read.span);
            let is_unset = matches!(read.presence, Presence::Unset | Presence::Maybe);
            if is_unset && read.reading != Reading::Guarded && !read.situation.in_substitution {
                missing.insert(&*read.name);
            }
        }
        let assignments = graph.nails.iter().flat_map(|nail| &nail.outline.assignments);
        Values {
            outside: graph.flow.writes.iter().map(|write| &*write.name).collect(),
            kept: graph.flow.writes.iter().map(|write| write.span).collect(),
            missing,
            inside,
            reads,
            assignments: assignments.map(|at| (at.assignment.name_span, at.assignment.span)).collect(),
        }
    }

    fn is_missed(&self, name: &str, lost: &LostAt) -> bool {
        let is_counted = || {
            // A value that is built up within `$( )` is set at several places.
            let is_again = self
                .inside
                .get(name)
                .is_some_and(|places| places.len() > 1 && places.iter().all(|place| *place == lost.span));
            is_again && self.outside.contains(name) && self.reads_itself(name, lost.span)
        };
        !self.kept.contains(&lost.span) && (self.missing.contains(name) || is_counted())
    }

    /// True when what is set at `place` is made of the value before.
    fn reads_itself(&self, name: &str, place: Span) -> bool {
        let whole = self.assignments.get(&place).copied().unwrap_or(place);
        let is_in =
            |read: &Span| read.source == whole.source && whole.start <= read.start && read.end <= whole.end;
        self.reads.get(name).is_some_and(|reads| reads.iter().any(is_in))
    }
}
