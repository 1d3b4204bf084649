//! Simple commands: expansion, prefix assignments, and the choice of what the word names.

use std::borrow::Cow;

use toe_plan::{DirectiveName, ExternalCommand};
use toe_source::Span;
use toe_syntax::tree::{
    Arg, ArrayElement, AssignValue, Assignment, HereDoc, Redirect, RedirectKind, Simple, WordPart,
};

use crate::assign::{ElementValue, literal};
use crate::builtin::{self, Builtin};
use crate::expand::{Context, Expanded};
use crate::machine::Machine;
use crate::program;
use crate::scope::LayerKind;
use crate::stop::Run;

/// An argument of `declare` and its kin after expansion.
pub(crate) enum Declared<'a> {
    /// A word: an option, a name, or `NAME=w` that came out of an expansion.
    Word(Expanded),
    /// `NAME=w` written as an assignment.
    Scalar { assignment: &'a Assignment, text: String },
    /// `NAME=(..)`, with the words of each element.
    Array { assignment: &'a Assignment, elements: &'a [ArrayElement], values: Vec<ElementValue> },
}

impl Machine<'_> {
    pub(super) fn run_simple(&mut self, simple: &Simple) -> Run {
        self.here = simple.span;
        self.substitution_status = None;
        let declares = simple.args.iter().any(|a| matches!(a, Arg::Assign(_)));
        if declares {
            return self.run_declaration(simple);
        }
        let words = simple.args.iter().filter_map(|a| match a {
            Arg::Word(word) => Some(word),
            Arg::Assign(_) => None,
        });
        let fields = self.fields(words)?;
        self.here = simple.span;
        let Some((name, args)) = fields.split_first() else {
            return self.redirected(&simple.redirects, |machine| {
                for assignment in &simple.assignments {
                    machine.assign(assignment)?;
                }
                machine.status = machine.substitution_status.unwrap_or(0);
                Ok(())
            });
        };
        let write = name.text == "Write" && !self.scope.functions.contains_key("Write");
        let (documents, rest): (Vec<&Redirect>, Vec<&Redirect>) =
            simple.redirects.iter().partition(|r| write && matches!(r.kind, RedirectKind::HereDoc(_)));
        // All of them or few.
        let redirects: Cow<'_, [Redirect]> = if documents.is_empty() {
            Cow::Borrowed(&simple.redirects)
        } else {
            rest.into_iter().cloned().collect()
        };
        let body = match documents.last().map(|r| &r.kind) {
            Some(RedirectKind::HereDoc(document)) => Some(self.here_document(document)?),
            _ => None,
        };
        self.here = simple.span;
        self.redirected(&redirects, |machine| {
            machine.with_assignments(&simple.assignments, |machine| {
                machine.here = simple.span;
                machine.dispatch(name, args, body.as_deref(), simple.span)
            })
        })
    }

    fn here_document(&mut self, document: &HereDoc) -> Run<String> {
        if self.mixes_lists(&document.body) {
            self.here = document.body_span;
            return Err(self.not_in_subset(
                "`$*` beside `$@` in a here-document",
                "put one of them into a variable first",
            ));
        }
        self.quoted_text(&document.body)
    }

    /// `declare` and its kin with assignments among their arguments: all values are expanded first.
    fn run_declaration(&mut self, simple: &Simple) -> Run {
        let mut declared = Vec::new();
        for arg in &simple.args {
            match arg {
                Arg::Word(word) => declared.extend(self.fields([word])?.into_iter().map(Declared::Word)),
                Arg::Assign(assignment) => match &assignment.value {
                    AssignValue::Array(elements) => {
                        let values = self.expand_elements(elements)?;
                        declared.push(Declared::Array { assignment, elements, values });
                    }
                    AssignValue::Scalar(word) => {
                        // What braces make of the text are words like others: `a=x` and `a=y`.
                        let prefix = declared_name(assignment);
                        if let Some(words) = self.braced_fields(prefix, word)? {
                            declared.extend(words.into_iter().map(Declared::Word));
                            continue;
                        }
                        let text = self.single(word, Context::ASSIGNED)?;
                        declared.push(Declared::Scalar { assignment, text });
                    }
                },
            }
        }
        self.here = simple.span;
        let name = match declared.first() {
            Some(Declared::Word(word)) => word.text.clone(),
            _ => return Err(self.not_in_subset("this declaration", "write declare NAME=VALUE")),
        };
        let Some(builtin) = Builtin::from_word(&name).filter(|_| !self.scope.functions.contains_key(&name))
        else {
            return Err(self.not_in_subset(
                format!("a function named `{name}` that takes assignments"),
                "use another name for the function",
            ));
        };
        declared.remove(0);
        self.redirected(&simple.redirects, |machine| {
            machine.with_assignments(&simple.assignments, |machine| {
                machine.here = simple.span;
                machine.status = machine.declare(builtin, declared)?;
                Ok(())
            })
        })
    }

    /// Assignments before a command word last as long as the command.
    fn with_assignments(&mut self, assignments: &[Assignment], work: impl FnOnce(&mut Self) -> Run) -> Run {
        if assignments.is_empty() {
            return work(self);
        }
        let layer_count = self.scope.top_layer();
        self.scope.push(LayerKind::Temporary);
        let mut result = Ok(());
        for assignment in assignments {
            if matches!(assignment.value, AssignValue::Array(_)) || assignment.index.is_some() {
                self.here = assignment.span;
                result =
                    Err(self.not_in_subset("an array before a command", "assign it on a line of its own"));
            } else {
                result = self.assign_in(layer_count + 1, assignment);
            }
            if result.is_err() {
                break;
            }
        }
        let result = result.and_then(|()| work(self));
        self.scope.pop();
        result
    }

    /// Functions, then built-ins, then directives, then pure programs, then the outside.
    fn dispatch(&mut self, name: &Expanded, args: &[Expanded], body: Option<&str>, span: Span) -> Run {
        if let Some(function) = self.scope.functions.get(&name.text).cloned() {
            return self.call(&function, args, span);
        }
        if let Some(builtin) = Builtin::from_word(&name.text) {
            self.status = self.run_builtin(builtin, args)?;
            return Ok(());
        }
        if let Some(directive) = DirectiveName::from_word(&name.text) {
            self.status = self.run_directive(directive, args, body, span)?;
            // As after a function.
            self.positional_set = false;
            return Ok(());
        }
        if let Some(program) = program::from_word(&name.text) {
            self.charge(16)?;
            self.status = program(self, args)?;
            return Ok(());
        }
        if builtin::FOREIGN.contains(&name.text.as_str()) {
            self.here = name.span;
            return Err(
                self.not_in_subset(format!("bash's built-in `{}`", name.text), foreign_help(&name.text))
            );
        }
        if self.settings.allow_exec {
            return self.run_external(name, args);
        }
        Err(self.unknown_command(name, args, span))
    }

    fn run_external(&mut self, name: &Expanded, args: &[Expanded]) -> Run {
        let argv: Vec<String> = std::iter::once(name).chain(args).map(|w| w.text.clone()).collect();
        // Starting a program takes as long as thousands of steps.
        self.charge(10_000)?;
        let included_from = self.included_places();
        let place = self.place(self.here, true);
        self.external_commands.push(ExternalCommand { args: argv.clone(), place, included_from });
        let output = self.ask(|host| host.run(&argv))?;
        self.write(&output.stdout)?;
        self.status = output.status;
        Ok(())
    }
}

/// What is written before the value of an assignment.
fn declared_name(assignment: &Assignment) -> Vec<WordPart> {
    let span = assignment.name_span;
    let sign = if assignment.append { "+=" } else { "=" };
    match &assignment.index {
        None => vec![literal(format!("{}{sign}", assignment.name), span)],
        Some(index) => std::iter::once(literal(format!("{}[", assignment.name), span))
            .chain(index.parts.iter().cloned())
            .chain([literal(format!("]{sign}"), span)])
            .collect(),
    }
}

fn foreign_help(name: &str) -> &'static str {
    match name {
        "eval" => "write the command itself; ${!name} reads a variable by name",
        "exec" | "command" | "builtin" => "write the command itself",
        "read" | "mapfile" | "readarray" => "assign the values with NAME=VALUE or NAME=(..)",
        "let" => "write (( expression ))",
        "cd" | "pushd" | "popd" => "write paths in full, or put the directory into a variable",
        "trap" => "there is nothing to clean up: evaluation changes nothing",
        "shopt" => "the subset has one fixed set of options",
        _ => "the language page lists the built-ins of the subset",
    }
}
