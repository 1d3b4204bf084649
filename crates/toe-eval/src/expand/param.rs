//! Parameter expansion of single values (bash manual, 3.5.3).

use std::rc::Rc;

use toe_source::Span;
use toe_syntax::tree::{Param, ParamName, ParamOp, PartKind, Subscript, Word, WordPart};

use crate::machine::Machine;
use crate::scope::{Value, Variable};
use crate::stop::{Run, Stop};
use crate::{EvalErrorKind, suggest};

use super::Context;
use super::piece::Piece;
use super::tilde::{Tilde, is_name};

/// Variables that bash sets by itself. What they hold there is not known here, so reading one that
/// the nail did not set is an error even with a default.
const SHELL_VARIABLES: &[&str] = &[
    "BASH",
    "BASHOPTS",
    "BASHPID",
    "BASH_ALIASES",
    "BASH_ARGC",
    "BASH_ARGV",
    "BASH_ARGV0",
    "BASH_CMDS",
    "BASH_COMMAND",
    "BASH_LINENO",
    "BASH_LOADABLES_PATH",
    "BASH_REMATCH",
    "BASH_SOURCE",
    "BASH_SUBSHELL",
    "BASH_VERSINFO",
    "BASH_VERSION",
    "COMP_WORDBREAKS",
    "DIRSTACK",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "EUID",
    "FUNCNAME",
    "GROUPS",
    "HISTCMD",
    "HOSTNAME",
    "HOSTTYPE",
    "LINENO",
    "MACHTYPE",
    "OLDPWD",
    "OSTYPE",
    "PATH",
    "PIPESTATUS",
    "PPID",
    "PS4",
    "PWD",
    "RANDOM",
    "SECONDS",
    "SHELL",
    "SHELLOPTS",
    "SHLVL",
    "SRANDOM",
    "TERM",
    "UID",
    "_",
];

/// Of those, the ones that do not simply keep what is assigned.
const MAGIC_VARIABLES: &[&str] = &[
    "BASHOPTS",
    "BASHPID",
    "BASH_ALIASES",
    "BASH_ARGC",
    "BASH_ARGV",
    "BASH_ARGV0",
    "BASH_CMDS",
    "BASH_COMMAND",
    "BASH_COMPAT",
    "BASH_LINENO",
    "BASH_REMATCH",
    "BASH_SOURCE",
    "BASH_SUBSHELL",
    "BASH_VERSINFO",
    "COMP_WORDBREAKS",
    "DIRSTACK",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "EUID",
    "FUNCNAME",
    "GLOBIGNORE",
    "GROUPS",
    "HISTCMD",
    "LINENO",
    "PIPESTATUS",
    "POSIXLY_CORRECT",
    "PPID",
    "RANDOM",
    "SECONDS",
    "SHELLOPTS",
    "SRANDOM",
    "UID",
    "_",
    "LC_ALL",
    "LC_COLLATE",
    "LC_CTYPE",
    "LANG",
    "FUNCNEST",
];

/// True when assigning to `name` would change how bash itself works.
pub fn is_magic_variable(name: &str) -> bool {
    MAGIC_VARIABLES.contains(&name)
}

/// True for a variable that bash sets by itself; what it holds there is not known here.
pub fn is_shell_variable(name: &str) -> bool {
    SHELL_VARIABLES.contains(&name)
}

/// What a parameter names, after indirection.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub name: ParamName,
    pub index: Option<Subscript>,
}

impl Machine<'_> {
    /// The value of a variable by its bare name; `None` when it is not set.
    pub(crate) fn variable(&self, name: &str) -> Run<Option<Rc<str>>> {
        match self.scope.get(name) {
            Some(variable) => Ok(variable.scalar()),
            None if name == "IFS" => Ok(Some(Rc::from(" \t\n"))),
            None if name == "FUNCNAME" && self.running_function().is_some() => Ok(self.running_function()),
            None => self.not_shell_variable(name).map(|()| None),
        }
    }

    /// The function that runs, unless a nail runs in it.
    fn running_function(&self) -> Option<Rc<str>> {
        self.calls.last().filter(|name| !name.is_empty()).cloned()
    }

    fn not_shell_variable(&self, name: &str) -> Run {
        if name == "BASH_REMATCH" {
            return Err(self.not_in_subset(
                "`$BASH_REMATCH` of an expression whose groups may match in several ways,",
                "write alternatives that begin differently, repeat no group, and end with `$` after an optional one",
            ));
        }
        if SHELL_VARIABLES.contains(&name) {
            return Err(self.not_in_subset(
                format!("`${name}`, a variable of the shell itself,"),
                format!("a run is a function of its inputs: pass a value in with -D {name}=VALUE, or use another name"),
            ));
        }
        Ok(())
    }

    /// The error of `set -u`, with the nearest names that are set.
    pub(crate) fn unset_error(&self, name: &str) -> Stop {
        let help = match suggest::nearest(name, self.scope.names()) {
            _ if self.is_assigned_with_dollar(name) => {
                format!("to assign, leave the `$` out: write {name}=VALUE")
            }
            Some(near) => format!(
                "did you mean `{near}`? Otherwise assign it, give it a default as in ${{{name}:-VALUE}}, or pass it with -D"
            ),
            None if name.bytes().all(|b| b.is_ascii_digit()) => {
                format!(
                    "words come from `Include FILE ARG..` or from the call of a function; give one more, or a default as in ${{{name}:-VALUE}}"
                )
            }
            None => format!(
                "assign it, give it a default as in ${{{name}:-VALUE}}, or pass it with -D {name}=VALUE"
            ),
        };
        self.error(EvalErrorKind::UnsetVariable { name: name.to_owned(), help })
    }

    /// The running `$NAME` begins a line and `=` follows.
    fn is_assigned_with_dollar(&self, name: &str) -> bool {
        let text = &self.sources.file(self.here.source).text;
        let (start, end) = (self.here.start as usize, self.here.end as usize);
        let line = text.get(..start).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
        let follows = text.get(end..).is_some_and(|after| after.starts_with('=') && !after.starts_with("=="));
        follows
            && line.trim().is_empty()
            && text.get(start..end).is_some_and(|w| w.strip_prefix('$') == Some(name))
    }

    /// Expands one `$x` or `${..}`.
    pub(super) fn expand_param(
        &mut self,
        param: &Param,
        span: Span,
        context: Context,
        out: &mut Vec<Piece>,
    ) -> Run {
        self.here = span;
        let mut target = Target { name: param.name.clone(), index: param.index.clone() };
        if param.indirect {
            if matches!(target.index, Some(Subscript::At | Subscript::Star)) {
                return self.expand_keys(&target, param, context, out);
            }
            target = self.indirect(&target, span)?;
        }
        match (&target.name, &target.index) {
            (ParamName::Special('@' | '*'), _) | (_, Some(Subscript::At | Subscript::Star)) => {
                self.expand_list(&target, &param.op, context, out)
            }
            _ => self.expand_scalar(&target, &param.op, context, out),
        }
    }

    /// `${!x}`: the parameter that the value of x names.
    fn indirect(&mut self, target: &Target, span: Span) -> Run<Target> {
        let label = self.label(target);
        let Some(value) = self.value(target)? else {
            return Err(self.bad_expansion(
                format!("`${{!{label}}}` cannot be followed: `{label}` is not set"),
                format!("assign the name of a variable to `{label}` first"),
            ));
        };
        if let Ok(number) = value.parse::<u32>()
            && value.bytes().all(|b| b.is_ascii_digit())
        {
            let name = if number == 0 { ParamName::Special('0') } else { ParamName::Positional(number) };
            return Ok(Target { name, index: None });
        }
        match &*value {
            "@" | "*" | "#" | "?" => {
                return Ok(Target {
                    name: ParamName::Special(value.chars().next().unwrap_or('@')),
                    index: None,
                });
            }
            name if is_name(name) => {
                return Ok(Target { name: ParamName::Variable(name.to_owned()), index: None });
            }
            _ => {}
        }
        if let Some((name, subscript)) = value.strip_suffix(']').and_then(|v| v.split_once('['))
            && is_name(name)
        {
            let index = match subscript {
                "@" => Subscript::At,
                "*" => Subscript::Star,
                text if text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+-*/ ".contains(&b)) => {
                    let part = WordPart { kind: PartKind::Literal(text.to_owned()), span };
                    Subscript::Index(Box::new(Word { parts: vec![part], span }))
                }
                _ => return Err(self.bad_indirect(&label, &value)),
            };
            return Ok(Target { name: ParamName::Variable(name.to_owned()), index: Some(index) });
        }
        Err(self.bad_indirect(&label, &value))
    }

    fn bad_indirect(&self, label: &str, value: &str) -> Stop {
        self.bad_expansion(
            format!("`${{!{label}}}` cannot be followed: `{}` is no variable's name", value.escape_debug()),
            format!("let `{label}` hold a name such as PACKAGE or a[1]"),
        )
    }

    /// How a parameter is written, for messages.
    pub(super) fn label(&self, target: &Target) -> String {
        let name = match &target.name {
            ParamName::Variable(name) => name.clone(),
            ParamName::Positional(n) => n.to_string(),
            ParamName::Special(c) => c.to_string(),
        };
        match &target.index {
            None => name,
            Some(Subscript::At) => format!("{name}[@]"),
            Some(Subscript::Star) => format!("{name}[*]"),
            Some(Subscript::Index(word)) => format!("{name}[{}]", self.sources.text(word.span)),
        }
    }

    /// The value of a parameter that is not a list; `None` when it is not set.
    pub(super) fn value(&mut self, target: &Target) -> Run<Option<Rc<str>>> {
        match &target.name {
            ParamName::Variable(name) => match &target.index {
                Some(Subscript::Index(word)) => {
                    let index = self.subscript(word)?;
                    self.element(name, index)
                }
                _ => self.variable(name),
            },
            ParamName::Positional(n) => Ok(self.scope.positional.get((*n as usize).wrapping_sub(1)).cloned()),
            ParamName::Special('#') => Ok(Some(Rc::from(self.scope.positional.len().to_string()))),
            ParamName::Special('?') => Ok(Some(Rc::from(self.status.to_string()))),
            ParamName::Special('0') => Ok(Some(Rc::from(self.foot))),
            ParamName::Special(c) => Err(self.not_in_subset(
                format!("`${c}`"),
                "it depends on the running shell; use a variable of the nail",
            )),
        }
    }

    /// `a[i]`; a negative index counts from behind the last.
    pub(crate) fn element(&mut self, name: &str, index: i64) -> Run<Option<Rc<str>>> {
        let Some(variable) = self.scope.get(name) else {
            if name == "FUNCNAME" && index == 0 {
                return self.variable(name);
            }
            self.not_shell_variable(name)?;
            return Ok(None);
        };
        match &variable.value {
            Value::Unset => Ok(None),
            Value::Scalar(value) if index == 0 => Ok(Some(value.clone())),
            Value::Scalar(_) if index > 0 => Ok(None),
            Value::Scalar(_) => Err(self.bad_index(name, index)),
            Value::Array(elements) => {
                let index = if index < 0 {
                    let last = elements.keys().next_back().copied().unwrap_or(-1);
                    match last.checked_add(1).and_then(|n| n.checked_add(index)) {
                        Some(index) if index >= 0 => index,
                        _ => return Err(self.bad_index(name, index)),
                    }
                } else {
                    index
                };
                Ok(elements.get(&index).cloned())
            }
        }
    }

    /// The error for an index before the first element.
    pub(crate) fn bad_index(&self, name: &str, index: i64) -> Stop {
        self.bad_expansion(
            format!("`{name}[{index}]` is before the first element"),
            "an index counts from 0, a negative one from behind the last element",
        )
    }

    /// Evaluates a subscript.
    pub(crate) fn subscript(&mut self, word: &Word) -> Run<i64> {
        let here = self.here;
        let text = self.single(word, Context { tilde: Tilde::Off, ..Context::SINGLE })?;
        self.refuse_nested_subscript(&word.parts, &text, false)?;
        let index = self.arithmetic(&text);
        self.here = here;
        index
    }

    fn expand_scalar(
        &mut self,
        target: &Target,
        op: &ParamOp,
        context: Context,
        out: &mut Vec<Piece>,
    ) -> Run {
        let here = self.here;
        let value = self.value(target)?;
        self.here = here;
        let usable = |colon: bool| value.as_deref().is_some_and(|v| !colon || !v.is_empty());
        let text = match op {
            ParamOp::Default { colon, word } => match &value {
                Some(v) if usable(*colon) => v.to_string(),
                _ => return self.expand_default(word, context, out),
            },
            ParamOp::Alternative { colon, word } => {
                if usable(*colon) {
                    return self.expand_default(word, context, out);
                }
                return self.push_value(String::new(), context, out);
            }
            ParamOp::Assign { colon, word } => match &value {
                Some(v) if usable(*colon) => v.to_string(),
                _ => self.assign_default(target, word, context)?,
            },
            ParamOp::Error { colon, word } => match &value {
                Some(v) if usable(*colon) => v.to_string(),
                _ => return Err(self.required_error(target, word, *colon, context)?),
            },
            ParamOp::Length => {
                let array_element = target.index.is_some();
                match &value {
                    Some(_) if array_element && !self.names_array(target) => {
                        return Err(self.unset_error(&self.label(target)));
                    }
                    Some(v) => v.chars().count().to_string(),
                    // Bash gives 0 for an element that is missing in an array that is there.
                    None if array_element && self.is_set(target) => "0".to_owned(),
                    None => self.unset_or_empty(target).map(|_| "0".to_owned())?,
                }
            }
            op => {
                match value {
                    Some(value) => {
                        let text = self.apply(&value, op)?;
                        let removes =
                            matches!(op, ParamOp::RemovePrefix { .. } | ParamOp::RemoveSuffix { .. });
                        let made = *op != ParamOp::None && text.is_some() && !(removes && value.is_empty());
                        let text = text.unwrap_or_default();
                        let marked = context.quoted && made && text.is_empty();
                        self.empty_kept |= marked;
                        self.empty_marked |= marked;
                        text
                    }
                    // What is not set stays empty: bash does not look at the operator.
                    None => self.unset_or_empty(target)?.to_string(),
                }
            }
        };
        self.push_value(text, context, out)
    }

    fn names_array(&self, target: &Target) -> bool {
        matches!(&target.name, ParamName::Variable(name) if self.is_array(name))
    }

    /// True for a variable that holds an array, even an empty one.
    pub(super) fn is_array(&self, name: &str) -> bool {
        self.scope.get(name).is_some_and(|v| matches!(v.value, Value::Array(_)))
    }

    fn is_set(&self, target: &Target) -> bool {
        match &target.name {
            ParamName::Variable(name) => {
                self.scope.get(name).is_some_and(|v: &Variable| !matches!(v.value, Value::Unset))
            }
            _ => true,
        }
    }

    /// Empty text under `set +u`, else the error.
    fn unset_or_empty(&self, target: &Target) -> Run<Rc<str>> {
        if self.scope.options.nounset { Err(self.unset_error(&self.label(target))) } else { Ok(Rc::from("")) }
    }

    pub(super) fn push_value(&self, text: String, context: Context, out: &mut Vec<Piece>) -> Run {
        self.check_word(text.len())?;
        out.push(Piece::Text { text, quoted: context.quoted, split: context.split && !context.quoted });
        Ok(())
    }

    fn assign_default(&mut self, target: &Target, word: &Word, context: Context) -> Run<String> {
        let here = self.here;
        let inner = if context.quoted { Context::QUOTED } else { Context::SINGLE };
        let list_before = self.empty_list_seen;
        let text = self.deeper(|machine| machine.single(word, inner))?;
        self.here = here;
        // What is assigned is a text, also where it comes from a list without elements.
        self.empty_list_seen = list_before;
        self.empty_kept |= context.quoted;
        self.empty_marked |= context.quoted && text.is_empty();
        let ParamName::Variable(name) = &target.name else {
            return Err(self.bad_expansion(
                format!("`{}` cannot be assigned", self.label(target)),
                "use `:-` for a default that is not stored",
            ));
        };
        match &target.index {
            Some(Subscript::Index(index)) => {
                let index = self.subscript(index)?;
                self.set_element(name, index, &text, false)?;
            }
            _ => self.set_scalar(name, &text)?,
        }
        Ok(text)
    }

    pub(super) fn required_error(
        &mut self,
        target: &Target,
        word: &Word,
        colon: bool,
        context: Context,
    ) -> Run<Stop> {
        let here = self.here;
        let inner = if context.quoted { Context::QUOTED } else { Context::SINGLE };
        let text = self.deeper(|machine| machine.single(word, inner))?;
        self.here = here;
        let message = if !word.parts.is_empty() {
            text
        } else if colon {
            "parameter null or not set".to_owned()
        } else {
            "parameter not set".to_owned()
        };
        Ok(self.error(EvalErrorKind::RequiredValue { name: self.label(target), message }))
    }
}
