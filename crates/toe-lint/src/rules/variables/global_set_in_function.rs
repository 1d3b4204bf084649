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

use std::collections::{BTreeMap, BTreeSet};

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
    let uses = Uses::of(nail);
    let bodies: Vec<Span> = nail.outline.functions.iter().map(|at| at.function.body.span).collect();
    let is_outside = |span: &Span| !bodies.iter().any(|body| within(*span, *body));
    for at in nail.outline.functions.iter().take(MOST) {
        let name = at.function.name.as_str();
        let calls = nail.outline.commands.iter().filter(|c| !c.around.substitution && !c.around.function);
        let calls: Vec<Span> = calls
            .filter(|c| command_name(c.command).as_deref() == Some(name))
            .map(|c| c.command.span)
            .filter(is_outside)
            .take(MOST)
            .collect();
        for (variable, set_at) in uses.own_to(at).into_iter().take(MOST) {
            let taken = calls.iter().find_map(|call| {
                let sets = uses.writes.get(variable)?.iter().filter(|span| is_outside(span));
                let sets: Vec<Span> = sets.copied().collect();
                let is_set_before = sets.iter().any(|set| set.end <= call.start);
                let read = uses.reads.get(variable)?.iter().copied().filter(is_outside).find(|read| {
                    read.start >= call.end
                        && !sets.iter().any(|s| s.start >= call.end && s.start < read.start)
                })?;
                is_set_before.then_some((*call, read))
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

fn within(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Where variables are set and read, by name, in the order of the text.
struct Uses<'t> {
    writes: BTreeMap<&'t str, Vec<Span>>,
    reads: BTreeMap<&'t str, Vec<Span>>,
    /// Assignments, by their names' places.
    wholes: BTreeMap<Span, Span>,
    /// Names that `local` and its kin declare, and where.
    declared: Vec<(&'t str, Span)>,
}

impl<'t> Uses<'t> {
    fn of(nail: &NailView<'t>) -> Self {
        let mut uses = Uses {
            writes: BTreeMap::new(),
            reads: BTreeMap::new(),
            wholes: BTreeMap::new(),
            declared: Vec::new(),
        };
        for at in nail.outline.assignments.iter().filter(|at| !at.before_command) {
            let (name, span) = (at.assignment.name.as_str(), at.assignment.name_span);
            uses.wholes.insert(span, at.assignment.span);
            if at.declared_by.is_some() {
                uses.declared.push((name, span));
            } else {
                uses.writes.entry(name).or_default().push(span);
            }
        }
        for repeated in &nail.outline.fors {
            uses.writes.entry(&repeated.name).or_default().push(repeated.name_span);
        }
        for at in &nail.outline.commands {
            if matches!(command_name(at.command).as_deref(), Some("local" | "declare" | "typeset")) {
                let names = arguments(at.command).filter_map(|word| Some((bare(word)?, word.span)));
                uses.declared.extend(names);
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
        for places in uses.writes.values_mut().chain(uses.reads.values_mut()) {
            places.sort_unstable();
        }
        uses
    }

    /// The variables that a function uses for itself, and where it sets them first.
    fn own_to(&self, at: &FunctionAt) -> Vec<(&'t str, Span)> {
        let body = at.function.body.span;
        let declared: BTreeSet<&str> =
            self.declared.iter().filter(|(_, span)| within(*span, body)).map(|(name, _)| *name).collect();
        let mut own = Vec::new();
        for (name, writes) in &self.writes {
            let Some(first) = writes.iter().copied().find(|write| within(*write, body)) else { continue };
            let mut reads = self.reads.get(name).into_iter().flatten().filter(|read| within(**read, body));
            // A value that it reads first is the caller's, and meant.
            let whole = self.wholes.get(&first).copied().unwrap_or(first);
            let is_read_after = reads.next().is_some_and(|read| read.start >= whole.end);
            let is_for_all = name.bytes().any(|b| b.is_ascii_uppercase());
            if is_read_after && !is_for_all && !declared.contains(name) {
                own.push((*name, first));
            }
        }
        own.sort_by_key(|(_, span)| span.start);
        own
    }
}
