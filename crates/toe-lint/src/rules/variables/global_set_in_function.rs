//! ## What
//! A function that uses a variable for itself (sets it, then reads it) without `local`, and is called where the
//! nail has a value of that name that it reads afterwards. Names with an upper-case letter are taken as meant for
//! all.
//!
//! ## Why
//! Variables of bash are global. The function takes the caller's value away.
//!
//! ## Bad
//! ```nail
//! add_dirs() {
//! 	for name in log run; do
//! 	    ^^^^
//! 		Dir "$1/$name"
//! 	done
//! }
//! for name in news mail; do
//! 	add_dirs "/srv/$name"
//! 	log "made $name"
//! done
//! ```
//!
//! ## Good
//! ```nail
//! add_dirs() {
//! 	local name
//! 	for name in log run; do
//! 		Dir "$1/$name"
//! 	done
//! }
//! for name in news mail; do
//! 	add_dirs "/srv/$name"
//! 	log "made $name"
//! done
//! ```

use std::collections::BTreeMap;

use crate::nail_view::NailView;
use crate::outline::FunctionAt;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, bare, command_name};
use toe_source::{Severity, Span};
use toe_syntax::tree::{Param, ParamName, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE210",
    name: "global-set-in-function",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("global_set_in_function.rs"),
    check: Check::Tree(check),
};

/// Functions that are looked at, and names of each: more are of no nail that is written by hand.
const MOST: usize = 200;

fn check(nail: &NailView, found: &mut Findings) {
    if nail.outline.functions.is_empty() {
        return;
    }
    let bodies = Bodies::of(nail);
    let uses = Uses::of(nail);
    let mut calls: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for at in nail.outline.commands.iter().filter(|at| !at.around.substitution && !at.around.function) {
        if let Some(name) = command_name(at.command).filter(|name| nail.defines(name)) {
            calls.entry(name.into_owned()).or_default().push(at.command.span);
        }
    }
    for at in nail.outline.functions.iter().take(MOST) {
        let name = at.function.name.as_str();
        let Some(calls) = calls.get(name) else { continue };
        for (variable, set_at) in uses.own_to(at).into_iter().take(MOST) {
            let outside = |places: &BTreeMap<&str, Vec<Span>>| -> Vec<Span> {
                let places = places.get(variable).into_iter().flatten();
                places.copied().filter(|place| bodies.is_outside(*place)).take(MOST).collect()
            };
            let (sets, reads) = (outside(&uses.writes), outside(&uses.reads));
            let taken = calls.iter().take(MOST).find_map(|call| {
                let is_set_before = sets.iter().any(|set| set.end <= call.start);
                let set_after =
                    sets.iter().find(|set| set.start >= call.end).map_or(u32::MAX, |set| set.start);
                let read = reads.iter().find(|read| read.start >= call.end && read.start < set_after)?;
                is_set_before.then_some((*call, *read))
            });
            if let Some((call, read)) = taken {
                found
                    .add(
                        set_at,
                        format!("`{name}` sets the `{variable}` of who calls it"),
                        format!("write `local {variable}` at the start of the function"),
                    )
                    .also(call, "called here")
                    .also(read, "its value is read here");
            }
        }
    }
}

/// Where the bodies of functions are that stand in no other function.
struct Bodies(Vec<Span>);

impl Bodies {
    fn of(nail: &NailView) -> Self {
        let mut all: Vec<Span> = nail.outline.functions.iter().map(|at| at.function.body.span).collect();
        all.sort_unstable_by_key(|body| (body.start, std::cmp::Reverse(body.end)));
        let mut outer: Vec<Span> = Vec::new();
        for body in all {
            if outer.last().is_none_or(|last| body.start >= last.end) {
                outer.push(body);
            }
        }
        Bodies(outer)
    }

    fn is_outside(&self, place: Span) -> bool {
        let after = self.0.partition_point(|body| body.start <= place.start);
        after.checked_sub(1).is_none_or(|before| place.start >= self.0[before].end)
    }
}

/// Those of `places`, in their order, that are within `body`.
fn within(places: &[Span], body: Span) -> &[Span] {
    let first = places.partition_point(|place| place.start < body.start);
    let last = places.partition_point(|place| place.start < body.end);
    places.get(first..last).unwrap_or_default()
}

/// Where variables are set and read, by name, in the order of the text.
struct Uses<'t> {
    writes: BTreeMap<&'t str, Vec<Span>>,
    reads: BTreeMap<&'t str, Vec<Span>>,
    /// Assignments, by their names' places.
    wholes: BTreeMap<Span, Span>,
    /// Names that `local` and its kin declare, and where.
    declared: BTreeMap<&'t str, Vec<Span>>,
}

impl<'t> Uses<'t> {
    fn of(nail: &NailView<'t>) -> Self {
        let mut uses = Uses {
            writes: BTreeMap::new(),
            reads: BTreeMap::new(),
            wholes: BTreeMap::new(),
            declared: BTreeMap::new(),
        };
        for at in nail.outline.assignments.iter().filter(|at| !at.before_command) {
            let (name, span) = (at.assignment.name.as_str(), at.assignment.name_span);
            uses.wholes.insert(span, at.assignment.span);
            if at.declared_by.is_some() {
                uses.declared.entry(name).or_default().push(span);
            } else {
                uses.writes.entry(name).or_default().push(span);
            }
        }
        for repeated in &nail.outline.fors {
            uses.writes.entry(&repeated.name).or_default().push(repeated.name_span);
        }
        for at in &nail.outline.commands {
            if matches!(command_name(at.command).as_deref(), Some("local" | "declare" | "typeset")) {
                for word in arguments(at.command) {
                    if let Some(name) = bare(word) {
                        uses.declared.entry(name).or_default().push(word.span);
                    }
                }
            }
        }
        for at in &nail.outline.parts {
            match &at.part.kind {
                PartKind::Param(Param { name: ParamName::Variable(name), .. }) => {
                    uses.reads.entry(name).or_default().push(at.part.span);
                }
                PartKind::Literal(text) if at.arithmetic => {
                    let names = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                    for name in names.filter(|name| !name.is_empty()) {
                        uses.reads.entry(name).or_default().push(at.part.span);
                    }
                }
                _ => {}
            }
        }
        for places in
            uses.writes.values_mut().chain(uses.reads.values_mut()).chain(uses.declared.values_mut())
        {
            places.sort_unstable();
        }
        uses
    }

    /// The variables that a function uses for itself, and where it sets them first.
    fn own_to(&self, at: &FunctionAt) -> Vec<(&'t str, Span)> {
        let body = at.function.body.span;
        let mut own = Vec::new();
        for (name, writes) in &self.writes {
            let Some(first) = within(writes, body).first() else { continue };
            let of_name = |places: &'_ BTreeMap<&'t str, Vec<Span>>| {
                places.get(name).and_then(|places| within(places, body).first().copied())
            };
            // A value that it reads first is the caller's, and meant.
            let whole = self.wholes.get(first).unwrap_or(first);
            let is_read_after = of_name(&self.reads).is_some_and(|read| read.start >= whole.end);
            let is_for_all = name.bytes().any(|b| b.is_ascii_uppercase());
            if is_read_after && !is_for_all && of_name(&self.declared).is_none() {
                own.push((*name, *first));
            }
        }
        own.sort_by_key(|(_, span)| span.start);
        own
    }
}
