//! Built-in commands that change what is known.

use std::collections::HashSet;
use std::sync::Arc;

use toe_syntax::tree::{Arg, AssignValue, PartKind, Simple, Word, WordPart};

use super::condition::Tested;
use super::function::known_words;
use super::record::Writing;
use super::simple::Args;
use super::value::{Presence, Texts, Value, Variable};
use super::walker::{Frame, Walker};
use crate::word_text::{bare, fixed, is_variable_name};

fn has_brace(part: &WordPart) -> bool {
    matches!(&part.kind, PartKind::Literal(text) if text.contains('{'))
}

impl Walker<'_> {
    /// `local`, `export`, `readonly`, `declare`.
    pub(super) fn declaration(&mut self, simple: &Simple) -> Tested {
        let mut args = simple.args.iter();
        let command = match args.next() {
            Some(Arg::Word(word)) => bare(word).unwrap_or_default(),
            _ => "",
        };
        let options: Vec<&str> = simple
            .args
            .iter()
            .filter_map(|arg| match arg {
                Arg::Word(word) => bare(word).and_then(|text| text.strip_prefix('-')),
                Arg::Assign(_) => None,
            })
            .collect();
        let has = |letter: char| options.iter().any(|option| option.contains(letter));
        let is_local = match command {
            "local" => true,
            "declare" | "typeset" => !has('g') && self.frames.len() > 1,
            _ => false,
        };
        let is_readonly = command == "readonly" || command != "export" && has('r');
        // All values are expanded before the first variable changes.
        let args: Vec<(&Arg, Option<Value>)> = args
            .map(|arg| match arg {
                Arg::Word(_) => (arg, None),
                Arg::Assign(assignment) => (arg, Some(self.assigned(assignment))),
            })
            .collect();
        let mut changed = HashSet::new();
        for (arg, value) in args {
            match arg {
                Arg::Word(word) => {
                    let Some(text) = fixed(word) else {
                        self.declare_computed(word);
                        continue;
                    };
                    if !is_variable_name(&text) {
                        continue;
                    }
                    let name = self.name(&text);
                    let old = self.state.variable(&name);
                    if is_local {
                        self.hide(&name);
                        let readonly = is_readonly.then_some(word.span);
                        self.state.put(&name, Variable { readonly, ..Variable::unset() });
                    } else {
                        self.read_for_test(&text);
                        if is_readonly {
                            self.state.put(&name, Variable { readonly: Some(word.span), ..old });
                        }
                    }
                }
                Arg::Assign(assignment) => {
                    let is_first = changed.insert(assignment.name.as_str());
                    let value = match &assignment.value {
                        AssignValue::Scalar(_) if has('a') => Value::Any,
                        // It goes to what this command makes of the variable.
                        _ if assignment.append && (is_local || !is_first) => Value::Any,
                        // Braces make several assignments of it.
                        AssignValue::Scalar(word) if word.parts.iter().any(has_brace) => Value::Any,
                        _ => value.unwrap_or(Value::Any),
                    };
                    let name = self.name(&assignment.name);
                    let old = self.state.variable(&name);
                    let hides = is_local && self.hide(&name);
                    let (writing, before) = if is_local {
                        (Writing::Local, None)
                    } else {
                        if assignment.append {
                            self.read_for_test(&name);
                        }
                        (Writing::Declared, old.readonly)
                    };
                    self.note_write(&name, assignment.name_span, writing, value, before, hides);
                    if is_readonly {
                        let variable = self.state.variable(&name);
                        self.state.put(&name, Variable { readonly: Some(assignment.name_span), ..variable });
                    }
                }
            }
        }
        Tested::default()
    }

    /// A word of a declaration that holds a name and perhaps a value only after expansion.
    fn declare_computed(&mut self, word: &Word) {
        let Some(fields) = self.fields(word) else {
            self.state.change_unknown();
            return;
        };
        for texts in fields {
            let name = texts.single().and_then(|text| text.split(['=', '+']).next());
            match name.filter(|name| is_variable_name(name)) {
                Some(name) => {
                    let name = self.name(name);
                    self.state.put(&name, Variable::unknown());
                }
                None => self.state.change_unknown(),
            }
        }
    }

    pub(super) fn unset(&mut self, args: &Args) -> Tested {
        let (mut functions, mut variables) = (true, true);
        for (_, fields) in args {
            let Some(fields) = fields else {
                self.state.change_unknown();
                continue;
            };
            for texts in fields {
                match texts.single() {
                    Some("-f") => variables = false,
                    Some("-v") => functions = false,
                    Some(name) if is_variable_name(name) => {
                        let name = self.name(name);
                        let is_set = self.state.variable(&name).presence != Presence::Unset;
                        if variables && (is_set || !functions) {
                            let hides = |frame: &Frame| frame.locals.contains_key(&name);
                            let is_callers = self
                                .frames
                                .split_last()
                                .is_some_and(|(inner, outer)| !hides(inner) && outer.iter().any(hides));
                            // A caller's local uncovers what it hid.
                            let left = if is_callers { Variable::unknown() } else { Variable::unset() };
                            self.state.put(&name, left);
                        } else if functions {
                            self.state.bind(&name, None);
                        }
                    }
                    Some(name) => {
                        // An element.
                        let array = name.split('[').next().unwrap_or_default();
                        if is_variable_name(array) {
                            let array = self.name(array);
                            let old = self.state.variable(&array);
                            self.state.put(&array, Variable { value: Value::Any, ..old });
                        }
                    }
                    None => self.state.change_unknown(),
                }
            }
        }
        Tested::default()
    }

    /// `printf`, which sets a variable with `-v NAME`.
    pub(super) fn printf(&mut self, args: &Args) -> Tested {
        let text = |i: usize| match args.get(i)?.1.as_deref()? {
            [texts] => texts.single(),
            _ => None,
        };
        if text(0) == Some("-v")
            && let Some(name) = text(1).filter(|name| is_variable_name(name))
        {
            let name = self.name(name);
            self.write(&name, args[1].0, Writing::Plain, Value::Text(Texts::Any));
        }
        Tested::default()
    }

    pub(super) fn shift(&mut self, args: &Args) -> Tested {
        let count = match args.as_slice() {
            [] => Some(1),
            [(_, Some(fields))] => match fields.as_slice() {
                [texts] => texts.single().and_then(|text| text.parse::<usize>().ok()),
                _ => None,
            },
            _ => None,
        };
        let outcome = if let (Some(all), Some(count)) = (self.state.positional().clone(), count) {
            if let Some(rest) = all.get(count..) {
                self.state.set_positional(Some(Arc::from(rest)));
            }
            Some(count <= all.len())
        } else {
            self.state.set_positional(None);
            None
        };
        Tested::outcome(outcome)
    }

    pub(super) fn set(&mut self, args: &Args) -> Tested {
        let first_word = args.iter().position(|(_, fields)| {
            !fields.as_ref().is_some_and(|all| {
                let option = |t: &str| t != "--" && t.starts_with(['-', '+']);
                matches!(all.as_slice(), [texts] if texts.single().is_some_and(option))
            })
        });
        for (_, fields) in &args[..first_word.unwrap_or(args.len())] {
            let option =
                fields.as_deref().and_then(|all| all.first()).and_then(Texts::single).unwrap_or_default();
            if option.contains('u') {
                self.allow_unset(option.starts_with('+'));
            }
        }
        let Some(first) = first_word else { return Tested::default() };
        let is_dashes = args[first]
            .1
            .as_ref()
            .is_some_and(|all| matches!(all.as_slice(), [t] if t.single() == Some("--")));
        let after_o = first > 0
            && args[first - 1].1.as_ref().is_some_and(
                |all| matches!(all.as_slice(), [t] if t.single().is_some_and(|t| t.ends_with('o'))),
            );
        if is_dashes {
            let words = known_words(&args[first + 1..]);
            self.state.set_positional(words);
        } else if after_o {
            if args[first].1.as_deref().is_some_and(|all| matches!(all, [t] if t.single() == Some("nounset")))
            {
                let is_off = |(_, fields): &(_, super::expand::Fields)| {
                    fields.as_deref().is_some_and(|all| matches!(all, [t] if t.single() == Some("+o")))
                };
                self.allow_unset(is_off(&args[first - 1]));
            } else {
                self.state.set_positional(None);
            }
        } else {
            let words = known_words(&args[first..]);
            self.state.set_positional(words);
        }
        Tested::default()
    }

    /// No path leads on from here.
    pub(super) fn end_path(&mut self) -> Tested {
        if self.substitutions == 0
            && let Some(frame) = self.frames.last_mut()
        {
            frame.is_left = true;
        }
        self.state.dead = true;
        Tested::default()
    }

    /// `return`.
    pub(super) fn leave_frame(&mut self) -> Tested {
        if self.substitutions == 0
            && let Some(mark) = self.frames.last().map(|frame| frame.mark)
        {
            let end = self.state.since(mark, None);
            if let Some(frame) = self.frames.last_mut() {
                frame.returns.push(end);
            }
        }
        self.end_path()
    }

    /// `break` and `continue`.
    pub(super) fn leave_loop(&mut self, is_break: bool, args: &Args) -> Tested {
        let count = match args.as_slice() {
            [(_, Some(fields))] => match fields.as_slice() {
                [texts] => texts.single().and_then(|text| text.parse::<usize>().ok()).unwrap_or(1),
                _ => 1,
            },
            _ => 1,
        };
        let index = self.loops.len().saturating_sub(count.max(1));
        if let Some(mark) = self.loops.get(index).map(|l| l.mark) {
            let end = self.state.since(mark, None);
            if let Some(target) = self.loops.get_mut(index) {
                if is_break { target.breaks.push(end) } else { target.continues.push(end) }
            }
        }
        self.state.dead = true;
        Tested::default()
    }

    /// `[ ]` and `test`.
    pub(super) fn test(&mut self, is_bracket: bool, words: &[&Word]) -> Tested {
        let words = match words.split_last() {
            Some((last, rest)) if is_bracket && bare(last) == Some("]") => rest,
            _ => words,
        };
        if let Some((first, rest)) = words.split_first()
            && bare(first) == Some("!")
            && !rest.is_empty()
        {
            return self.test(false, rest).not();
        }
        let operator = |i: usize| words.get(i).and_then(|word| bare(word)).unwrap_or_default();
        match words {
            [] => Tested::outcome(Some(false)),
            [word] => self.is_not_empty(word),
            [_, word] if operator(0) == "-n" => self.is_not_empty(word),
            [_, word] if operator(0) == "-z" => self.is_not_empty(word).not(),
            [_, word] if operator(0) == "-v" => match fixed(word) {
                Some(name) => self.is_set(&name),
                None => self.unknown_test([*word]),
            },
            [left, _, right] if matches!(operator(1), "=" | "==") => self.are_equal(left, right),
            [left, _, right] if operator(1) == "!=" => self.are_equal(left, right).not(),
            _ => {
                // Names that `-v` looks at in longer tests.
                for pair in words.windows(2) {
                    if bare(pair[0]) == Some("-v")
                        && let Some(name) = fixed(pair[1])
                    {
                        self.read_name(&name, pair[1].span);
                    }
                }
                self.unknown_test(words.iter().copied())
            }
        }
    }
}
