//! `declare`, `typeset`, `local`, `export`, `readonly` with `-r -a -x -g`.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::exec::Declared;
use crate::expand::tilde::is_name;
use crate::machine::Machine;
use crate::scope::{Value, Variable};
use crate::stop::Run;

use super::Builtin;

#[derive(Debug, Clone, Copy, Default)]
struct Flags {
    readonly: bool,
    array: bool,
    global: bool,
}

impl Machine<'_> {
    /// Runs a declaration whose values are already expanded.
    pub(crate) fn declare(&mut self, builtin: Builtin, args: Vec<Declared<'_>>) -> Run<i32> {
        let command = match builtin {
            Builtin::Local => "local",
            Builtin::Export => "export",
            Builtin::Readonly => "readonly",
            Builtin::Declare => "declare",
            _ => return Err(self.not_in_subset("assignments as words of this built-in", "quote them")),
        };
        if builtin == Builtin::Local && !self.scope.in_function() {
            return Err(self.bad_call("local", "there is no function here", "assign without `local`"));
        }
        let mut flags = Flags { readonly: builtin == Builtin::Readonly, ..Flags::default() };
        let mut options = true;
        let mut names = 0;
        for arg in args {
            if let Declared::Word(word) = &arg
                && options
                && word.text.starts_with(['-', '+'])
                && word.text.len() > 1
            {
                if word.text == "--" {
                    options = false;
                    continue;
                }
                for letter in word.text[1..].chars() {
                    match (word.text.starts_with('-'), letter) {
                        (true, 'r') if builtin == Builtin::Declare || builtin == Builtin::Local => {
                            flags.readonly = true;
                        }
                        (true, 'a') if builtin != Builtin::Export => flags.array = true,
                        (true, 'x') if builtin == Builtin::Declare || builtin == Builtin::Local => {}
                        (true, 'g') if builtin == Builtin::Declare => flags.global = true,
                        _ => {
                            let instead = if letter == 'A' {
                                "there are no associative arrays: use `case`, or words such as KEY=VALUE in an array"
                            } else {
                                "the subset has -r, -a, -x and -g"
                            };
                            return Err(self.not_in_subset(format!("`{command} {}`", word.text), instead));
                        }
                    }
                }
                continue;
            }
            options = false;
            names += 1;
            self.declare_one(builtin, command, flags, arg)?;
        }
        if names == 0 {
            return Err(self.not_in_subset(format!("`{command}` without a name"), "name a variable"));
        }
        Ok(0)
    }

    fn declare_one(&mut self, builtin: Builtin, command: &str, flags: Flags, arg: Declared<'_>) -> Run {
        self.charge(1)?;
        let (name, span) = match &arg {
            Declared::Word(word) => (
                word.text.split_once('=').map_or(word.text.as_str(), |(name, _)| name.trim_end_matches('+')),
                word.span,
            ),
            Declared::Scalar { assignment, .. } | Declared::Array { assignment, .. } => {
                (assignment.name.as_str(), assignment.span)
            }
        };
        let name = &name.to_owned();
        self.here = span;
        if name == "-" && builtin == Builtin::Local {
            let what = "`local -`, which makes options local,";
            return Err(self.not_in_subset(what, "set the options back where the function ends"));
        }
        if name.split_once('[').is_some_and(|(array, index)| is_name(array) && index.ends_with(']')) {
            let what = format!("an element of an array in `{command}`");
            return Err(self.not_in_subset(what, "declare the array, and assign the element by itself"));
        }
        if !is_name(name) {
            let message = format!("`{}` is no name of a variable", name.escape_debug());
            return Err(self.bad_call(command, message, format!("write {command} NAME=VALUE")));
        }
        let layer = self.declared_layer(builtin, flags, name);
        // What is read-only already may be named again, as long as it keeps its value.
        let named = matches!(&arg, Declared::Word(word) if !word.text.contains('='));
        if !(named && self.scope.in_layer(layer, name).is_some()) {
            self.check_assignable(name)?;
        }
        if self.scope.in_layer(layer, name).is_none() {
            self.scope.put(layer, name, Variable { array: flags.array, ..Variable::unset() });
        }
        if flags.array {
            self.declare_array(layer, name);
        }
        match arg {
            Declared::Word(word) => {
                if let Some((target, value)) = word.text.split_once('=') {
                    if flags.array && value.starts_with('(') {
                        return Err(self.not_in_subset(
                            "an array written in the value of a variable",
                            "write NAME=(..) without quotes",
                        ));
                    }
                    let value = value.to_owned();
                    self.declare_value(layer, name, &value, target.ends_with('+'))?;
                }
            }
            Declared::Scalar { assignment, text } => match &assignment.index {
                Some(index) => {
                    let index = self.subscript(index)?;
                    self.here = span;
                    self.set_element_in(layer, name, index, &text, assignment.append)?;
                }
                None => self.declare_value(layer, name, &text, assignment.append)?,
            },
            Declared::Array { assignment, elements, values } => {
                if assignment.index.is_some() {
                    return Err(self.bad_expansion(
                        "a list cannot be an element of an array",
                        "assign one word to NAME[i]",
                    ));
                }
                self.assign_array(layer, assignment, elements, values)?;
            }
        }
        if flags.readonly
            && let Some(variable) = self.scope.in_layer(layer, name).cloned()
        {
            self.scope.put(layer, name, Variable { readonly: Some(span), ..variable });
        }
        Ok(())
    }

    fn declared_layer(&self, builtin: Builtin, flags: Flags, name: &str) -> usize {
        match builtin {
            Builtin::Local => self.scope.local_layer(),
            Builtin::Declare if flags.global => 0,
            Builtin::Declare => self.scope.local_layer(),
            _ => self.scope.layer_of(name),
        }
    }

    fn declare_value(&mut self, layer: usize, name: &str, text: &str, append: bool) -> Run {
        let old = if append { self.scope.in_layer(layer, name).and_then(Variable::scalar) } else { None };
        self.set_scalar_in(layer, name, &format!("{}{text}", old.as_deref().unwrap_or("")))
    }

    /// `-a`: a string becomes element 0; what is unset stays so.
    fn declare_array(&mut self, layer: usize, name: &str) {
        let Some(variable) = self.scope.in_layer(layer, name).cloned() else { return };
        let value = match variable.value {
            Value::Scalar(text) => Value::Array(Rc::new(BTreeMap::from([(0, text)]))),
            other => other,
        };
        self.scope.put(layer, name, Variable { value, array: true, ..variable });
    }
}
