//! Functions are walked where they are called; locals end with them.

use std::collections::HashMap;
use std::sync::Arc;

use toe_source::Span;
use toe_syntax::tree::{Command, Function};

use super::condition::Tested;
use super::expand::Fields;
use super::record::{Branch, LostAt, Recursion, Write, Writing};
use super::state::{Binding, Positional, State};
use super::value::{Presence, Texts, Value, Variable, Writes};
use super::walker::{Frame, Walker};

/// Calls within each other that are followed.
const MOST_CALLS: usize = 24;

/// A function that was met.
#[derive(Debug, Clone)]
pub(super) struct Definition {
    pub name: Arc<str>,
    /// Where the name stands.
    pub span: Span,
    pub body: Arc<Command>,
    pub file: Arc<str>,
    pub included_from: Arc<[Span]>,
    pub is_called: bool,
}

impl Walker<'_> {
    pub(super) fn define(&mut self, function: &Function) -> Tested {
        let name = self.name(&function.name);
        let number = if let Some(number) = self.function_numbers.get(&function.name_span) {
            *number
        } else {
            self.step(function.body.span.len() / 16);
            self.functions.push(Definition {
                name: name.clone(),
                span: function.name_span,
                body: Arc::new((*function.body).clone()),
                file: self.file.clone(),
                included_from: self.included_from.clone(),
                is_called: false,
            });
            self.function_numbers.insert(function.name_span, self.functions.len() - 1);
            self.functions.len() - 1
        };
        if self.substitutions == 0 {
            self.flow.functions.entry(name.clone()).or_insert(function.name_span);
        }
        self.state.bind(&name, Some(Binding { functions: vec![number], maybe_none: false }));
        Tested::success()
    }

    /// Walks what a name may mean; false when on some path it means no function.
    pub(super) fn call(&mut self, name: &str, args: &[(Span, Fields)], span: Span) -> Option<bool> {
        let binding = self.state.function(name)?.clone();
        let positional = known_words(args);
        if let [only] = binding.functions.as_slice()
            && !binding.maybe_none
        {
            self.enter(*only, positional, span);
            return Some(true);
        }
        let at = self.branching();
        let mark = self.state.mark();
        let mut ends = Vec::new();
        for (arm, number) in (0..).zip(&binding.functions) {
            self.within(Branch { at, arm }, None, |walker| walker.enter(*number, positional.clone(), span));
            ends.push(self.state.since(mark, None));
            self.state.undo(mark);
        }
        if binding.maybe_none {
            ends.push(self.state.since(mark, None));
        }
        self.state.join(ends);
        Some(!binding.maybe_none)
    }

    fn enter(&mut self, number: usize, positional: Positional, span: Span) {
        self.functions[number].is_called = true;
        if let Some(depth) = self.calls.iter().rposition(|n| *n == number) {
            let frame = self.frames.len() - (self.calls.len() - depth);
            let is_sure = self
                .frames
                .get(frame..)
                .is_some_and(|frames| frames.iter().all(|f| f.branches == self.branches.len() && !f.is_left));
            if is_sure && self.muted == 0 && self.substitutions == 0 {
                let name = self.functions[number].name.clone();
                let situation = self.situation();
                self.flow.recursions.push(Recursion { name, span, situation });
            }
            self.state.change_unknown();
            return;
        }
        if self.calls.len() >= MOST_CALLS {
            self.state.change_unknown();
            return;
        }
        self.step(8);
        let Definition { body, file, included_from, .. } = self.functions[number].clone();
        let file = std::mem::replace(&mut self.file, file);
        let chain = std::mem::replace(&mut self.included_from, included_from);
        let before = self.state.positional().clone();
        self.state.set_positional(positional);
        self.calls.push(number);
        self.framed(|walker| {
            walker.command(&body);
        });
        self.calls.pop();
        if !self.state.dead {
            self.state.set_positional(before);
        }
        self.included_from = chain;
        self.file = file;
    }

    /// Walks something with its own locals and loops, which `return` leaves.
    pub(super) fn framed<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.state.mark();
        let loops = std::mem::take(&mut self.loops);
        let branches = self.branches.len();
        self.frames.push(Frame {
            mark,
            branches,
            returns: Vec::new(),
            locals: HashMap::new(),
            is_left: false,
        });
        let out = work(self);
        self.loops = loops;
        let Some(Frame { returns: mut ends, locals, is_left, .. }) = self.frames.pop() else { return out };
        if !ends.is_empty() {
            ends.push(self.state.since(mark, None));
            self.state.undo(mark);
            self.state.join(ends);
        }
        // What ended the evaluation ends the caller on that path, too.
        if let Some(outer) = self.frames.last_mut() {
            outer.is_left |= is_left;
        }
        if self.state.dead {
            return out;
        }
        let mut locals: Vec<(Arc<str>, (Variable, bool))> = locals.into_iter().collect();
        locals.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, (hidden, is_conditional)) in locals {
            let here = self.state.variable(&name);
            let after = if is_conditional { hidden.join(&here, (None, None), 0) } else { hidden };
            self.state.put(&name, after);
        }
        out
    }

    /// Hides a variable until the running function or nail ends.
    pub(super) fn hide(&mut self, name: &Arc<str>) -> bool {
        let old = self.state.variable(name);
        let is_set = old.presence == Presence::Set;
        let conditional = self.branches.len();
        match self.frames.last_mut() {
            Some(frame) if !frame.locals.contains_key(name) => {
                let is_conditional = conditional > frame.branches;
                frame.locals.insert(name.clone(), (old, is_conditional));
                is_set
            }
            _ => false,
        }
    }

    /// Writes a variable and notes it.
    pub(super) fn write(&mut self, name: &Arc<str>, span: Span, writing: Writing, value: Value) {
        let old = self.state.variable(name);
        self.note_write(name, span, writing, value, old.readonly, false);
    }

    pub(super) fn note_write(
        &mut self,
        name: &Arc<str>,
        span: Span,
        writing: Writing,
        value: Value,
        readonly: Option<Span>,
        hides: bool,
    ) {
        let value = match &self.settings.root {
            Some(root) if &**name == "SOCK_DIR" => Value::Text(Texts::just(root)),
            _ => value,
        };
        if self.substitutions > 0 {
            if !matches!(writing, Writing::Local | Writing::Prefix) {
                self.note_lost(Some(name.clone()), span);
            }
            self.state.put(name, Variable { readonly, ..Variable::set(value) });
            return;
        }
        if writing != Writing::Local && writing != Writing::Prefix {
            let old = self.state.variable(name).writes;
            self.flow.mark_overwritten(&old, span);
        }
        let number = self.flow.writes.len() as u32;
        let situation = self.situation();
        self.flow.writes.push(Write {
            name: name.clone(),
            span,
            writing,
            readonly,
            hides,
            is_read: false,
            is_kept: false,
            overwritten_at: None,
            situation,
        });
        self.state.put(name, Variable { readonly, writes: Writes::One(number), ..Variable::set(value) });
    }

    /// Notes what a `$( )` does that has no effect outside.
    pub(super) fn note_lost(&mut self, variable: Option<Arc<str>>, span: Span) {
        if self.muted == 0 {
            let situation = self.situation();
            self.flow.lost.push(LostAt { variable, span, situation });
        }
    }

    /// Gives a variable a value that no nail assigns.
    pub(super) fn give(&mut self, name: &Arc<str>, value: &str) {
        self.state.put(name, Variable::set(Value::Text(Texts::just(value))));
    }

    /// The values at the end are what the tool sees.
    pub(super) fn keep_all(&mut self) {
        let held: Vec<u32> = self.state.held_writes().collect();
        self.step(held.len() / 16);
        for number in held {
            if let Some(write) = self.flow.writes.get_mut(number as usize) {
                write.is_kept = true;
            }
        }
    }

    /// The functions of the linted nail that are for others to call: anything may be set then.
    pub(super) fn walk_uncalled(&mut self) {
        self.state = State::new(false);
        for number in 0..self.functions.len() {
            let name = self.functions[number].name.clone();
            self.state.bind(&name, Some(Binding { functions: vec![number], maybe_none: false }));
        }
        let mark = self.state.mark();
        for number in 0..self.functions.len() {
            let definition = &self.functions[number];
            if definition.is_called || !definition.included_from.is_empty() {
                continue;
            }
            let span = definition.span;
            let branch = Branch { at: self.branching(), arm: 0 };
            self.within(branch, None, |walker| walker.enter(number, None, span));
            self.state.undo(mark);
        }
    }
}

/// `$1..` of a call.
pub(super) fn known_words(args: &[(Span, Fields)]) -> Positional {
    let mut all = Vec::new();
    for (_, fields) in args {
        all.extend(fields.as_ref()?.iter().cloned());
    }
    Some(Arc::from(all))
}
