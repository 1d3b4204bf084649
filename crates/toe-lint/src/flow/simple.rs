//! Simple commands: assignments, and what the command word names.

use std::sync::Arc;

use toe_plan::DirectiveName;
use toe_source::Span;
use toe_syntax::tree::{Arg, AssignValue, Assignment, PartKind, RedirectKind, Simple, Word, WordPart};

use super::condition::Tested;
use super::expand::Fields;
use super::record::{Branch, DirectiveAt, ExitAt, Reading, SplitAt, UnknownCall, WordAt, Writing};
use super::value::{Texts, Value, Variable};
use super::walker::Walker;
use crate::word_text::{bare, is_own_command};

/// The words behind a command's name, each with what it becomes.
pub(super) type Args = Vec<(Span, Fields)>;

impl Walker<'_> {
    pub(super) fn simple(&mut self, simple: &Simple) -> Tested {
        if !self.step(1) {
            return Tested::default();
        }
        self.redirects(&simple.redirects);
        if simple.args.iter().any(|arg| matches!(arg, Arg::Assign(_))) {
            return self.declaration(simple);
        }
        let words: Vec<&Word> = simple
            .args
            .iter()
            .filter_map(|arg| match arg {
                Arg::Word(word) => Some(word),
                Arg::Assign(_) => None,
            })
            .collect();
        let Some((first, rest)) = words.split_first() else {
            simple.assignments.iter().for_each(|assignment| self.assign(assignment, Writing::Plain));
            let substitutes = simple.assignments.iter().any(has_substitution);
            return if substitutes { Tested::default() } else { Tested::success() };
        };
        let is_test = matches!(bare(first), Some("[" | "test"));
        if is_test && self.state.function(bare(first).unwrap_or_default()).is_none() {
            simple.assignments.iter().for_each(|a| self.prefix_value(a));
            return self.test(bare(first) == Some("["), rest);
        }
        let mut fields: Args = words.iter().map(|word| (word.span, self.fields(word))).collect();
        let before = self.prefixes(&simple.assignments);
        let tested = match command_word(&mut fields) {
            Some((span, name)) => match name.known() {
                Some([only]) => self.dispatch(only, span, &fields, simple, rest),
                Some(names) => {
                    let at = self.branching();
                    let mark = self.state.mark();
                    let mut ends = Vec::new();
                    for (arm, name) in (0..).zip(names) {
                        self.within(Branch { at, arm }, None, |walker| {
                            walker.dispatch(name, span, &fields, simple, rest)
                        });
                        ends.push(self.state.since(mark, None));
                        self.state.undo(mark);
                    }
                    self.state.join(ends);
                    Tested::default()
                }
                None => self.run_unknown(),
            },
            None => self.run_unknown(),
        };
        for (name, variable) in before {
            if !self.state.dead {
                self.state.put(&name, variable);
            }
        }
        tested
    }

    /// It may be a function, an Include, or anything else.
    fn run_unknown(&mut self) -> Tested {
        self.state.change_unknown();
        self.flow.has_unknown_commands = true;
        Tested::default()
    }

    /// Assignments before a command hold for the command; gives what they hide.
    fn prefixes(&mut self, assignments: &[Assignment]) -> Vec<(Arc<str>, Variable)> {
        let mut before = Vec::new();
        for assignment in assignments {
            let name = self.name(&assignment.name);
            before.push((name.clone(), self.state.variable(&name)));
            self.assign(assignment, Writing::Prefix);
        }
        before.reverse();
        before
    }

    fn prefix_value(&mut self, assignment: &Assignment) {
        if let AssignValue::Scalar(word) = &assignment.value {
            self.single(word);
        }
    }

    pub(super) fn assign(&mut self, assignment: &Assignment, writing: Writing) {
        let name = self.name(&assignment.name);
        let value = self.assigned(assignment);
        if assignment.append || assignment.index.is_some() {
            // The rest of the old value stays.
            self.read_for_test(&name);
        }
        self.write(&name, assignment.name_span, writing, value);
    }

    /// The value of an assignment.
    pub(super) fn assigned(&mut self, assignment: &Assignment) -> Value {
        if let Some(index) = &assignment.index {
            self.arithmetic(&index.parts);
        }
        let old = || self.state.variable(&assignment.name);
        match &assignment.value {
            AssignValue::Scalar(word) => {
                let old = assignment.append.then(old);
                let texts = self.single(word);
                match (assignment.index.is_some(), old) {
                    (true, _) => Value::Any,
                    (false, None) => match self.state.variable(&assignment.name).value {
                        // Of an array it is the first element.
                        Value::List(_) => Value::Any,
                        _ => Value::Text(texts),
                    },
                    (false, Some(old)) => match (old.presence, old.value) {
                        (super::value::Presence::Unset, _) => Value::Text(texts),
                        (super::value::Presence::Set, Value::Text(before)) => {
                            Value::Text(before.then(&texts))
                        }
                        _ => Value::Any,
                    },
                }
            }
            AssignValue::Array(elements) => {
                let old = assignment.append.then(old);
                let mut all = match old {
                    None => Some(Vec::new()),
                    Some(old) => match (old.presence, old.value) {
                        (super::value::Presence::Unset, _) => Some(Vec::new()),
                        (super::value::Presence::Set, Value::List(elements)) => Some(elements.to_vec()),
                        _ => None,
                    },
                };
                for element in elements {
                    if let Some(index) = &element.index {
                        self.arithmetic(&index.parts);
                        self.single(&element.value);
                        all = None;
                        continue;
                    }
                    match (self.fields(&element.value), &mut all) {
                        (Some(fields), Some(all)) if all.len() < 256 => all.extend(fields),
                        _ => all = None,
                    }
                }
                all.map_or(Value::Any, |all| Value::List(Arc::from(all)))
            }
        }
    }

    fn dispatch(&mut self, name: &str, at: Span, args: &Args, simple: &Simple, words: &[&Word]) -> Tested {
        if let Some(true) = self.call(name, args, at) {
            return Tested::default();
        }
        if let Some(directive) = DirectiveName::from_word(name) {
            return self.directive(directive, args, simple, words);
        }
        match name {
            ":" | "true" | "echo" => Tested::success(),
            "printf" => self.printf(args),
            "false" => Tested::outcome(Some(false)),
            "local" | "export" | "readonly" | "declare" | "typeset" => self.declaration(simple),
            "unset" => self.unset(args),
            "shift" => self.shift(args),
            "set" => self.set(args),
            "return" => self.leave_frame(),
            "exit" => {
                let status = match args.as_slice() {
                    [] => Texts::just("0"),
                    [(_, Some(fields))] if fields.len() == 1 => fields[0].clone(),
                    _ => Texts::Any,
                };
                let fails = status.known().is_some_and(|all| all.iter().all(|t| &**t != "0"));
                if self.substitutions == 0 {
                    if self.muted == 0 {
                        let situation = self.situation();
                        self.flow.exits.push(ExitAt { span: simple.span, status, situation });
                    }
                    if !fails {
                        self.keep_all();
                    }
                }
                self.end_path()
            }
            "break" | "continue" => self.leave_loop(name == "break", args),
            "source" | "." => self.source(args, simple.span),
            _ => {
                if !is_own_command(name) && self.muted == 0 {
                    let call = UnknownCall { name: self.name(name), span: at, situation: self.situation() };
                    self.flow.unknown_calls.push(call);
                }
                Tested::default()
            }
        }
    }

    fn directive(&mut self, name: DirectiveName, args: &Args, simple: &Simple, words: &[&Word]) -> Tested {
        if self.substitutions > 0 {
            if !matches!(name, DirectiveName::PkgCheck | DirectiveName::Die) {
                self.note_lost(None, simple.span);
            }
            return Tested::default();
        }
        if self.muted == 0 {
            self.note_directive(name, args, simple);
            self.note_splits(name, words);
        }
        match name {
            DirectiveName::Include => self.include(args, simple.span),
            DirectiveName::ShadowCheck => self.shadow_check(simple.span),
            DirectiveName::PkgCheck => Tested::default(),
            DirectiveName::Die => self.end_path(),
            DirectiveName::Base => {
                let texts = match args.as_slice() {
                    [(_, Some(fields))] if fields.len() == 1 => fields[0].clone(),
                    _ => Texts::Any,
                };
                let sock_dir = self.name("SOCK_DIR");
                let old = self.state.variable(&sock_dir);
                let texts = self.settings.root.as_deref().map_or(texts, Texts::just);
                self.state
                    .put(&sock_dir, Variable { readonly: old.readonly, ..Variable::set(Value::Text(texts)) });
                Tested::success()
            }
            _ => Tested::success(),
        }
    }

    fn note_directive(&mut self, name: DirectiveName, args: &Args, simple: &Simple) {
        let words = args
            .iter()
            .flat_map(|(span, fields)| match fields {
                Some(fields) => fields
                    .iter()
                    .map(|texts| WordAt { span: *span, texts: texts.clone(), is_many: false })
                    .collect(),
                None => vec![WordAt { span: *span, texts: Texts::Any, is_many: true }],
            })
            .collect();
        let has_body = simple.redirects.iter().any(|r| matches!(r.kind, RedirectKind::HereDoc(_)));
        let situation = self.situation();
        self.flow.directives.push(DirectiveAt { name, span: simple.span, words, has_body, situation });
    }

    /// Unquoted variables whose known value becomes several words.
    fn note_splits(&mut self, name: DirectiveName, words: &[&Word]) {
        for part in words.iter().flat_map(|word| &word.parts) {
            let PartKind::Param(param) = &part.kind else { continue };
            let toe_syntax::tree::Param {
                name: toe_syntax::tree::ParamName::Variable(variable),
                index: None,
                indirect: false,
                op: toe_syntax::tree::ParamOp::None,
                ..
            } = param
            else {
                continue;
            };
            let texts = self.state.variable(variable).value.text();
            let blank = |text: &&Arc<str>| text.trim().contains([' ', '\t', '\n']);
            if let Some(text) = texts.known().and_then(|all| all.iter().find(blank)) {
                let situation = self.situation();
                self.flow.splits.push(SplitAt { span: part.span, name, text: text.clone(), situation });
            }
        }
    }

    /// Reads a name that a command takes as a word.
    pub(super) fn read_name(&mut self, name: &str, span: Span) {
        self.read(name, span, Reading::Guarded, false);
    }
}

/// Takes the command's name off its words; `None` when it is not known which word that is.
fn command_word(fields: &mut Args) -> Option<(Span, Texts)> {
    while !fields.is_empty() {
        let (span, words) = fields.remove(0);
        let words = words?;
        if let Some((name, more)) = words.split_first() {
            if !more.is_empty() {
                fields.insert(0, (span, Some(more.to_vec())));
            }
            return Some((span, name.clone()));
        }
    }
    None
}

fn has_substitution(assignment: &Assignment) -> bool {
    fn within(parts: &[WordPart]) -> bool {
        parts.iter().any(|part| match &part.kind {
            PartKind::CommandSubst(_) => true,
            PartKind::DoubleQuoted(inner) => within(inner),
            _ => false,
        })
    }
    match &assignment.value {
        AssignValue::Scalar(word) => within(&word.parts),
        AssignValue::Array(elements) => elements.iter().any(|e| within(&e.value.parts)),
    }
}
