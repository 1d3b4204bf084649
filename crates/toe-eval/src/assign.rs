//! Assignments to variables and elements.

use std::collections::BTreeMap;
use std::rc::Rc;

use toe_source::Span;
use toe_syntax::tree::{ArrayElement, AssignValue, Assignment, PartKind, WordPart};

use crate::expand::{Context, Expanded};
use crate::machine::Machine;
use crate::scope::{Value, Variable};
use crate::stop::{Run, Stop};
use crate::{EvalError, EvalErrorKind};

/// What an element of a list expands to.
pub(crate) enum ElementValue {
    /// The value of `[i]=w`.
    One(String),
    /// Elements one after the other.
    Words(Vec<Expanded>),
}

impl Machine<'_> {
    /// Refuses what may not be assigned.
    pub(crate) fn check_assignable(&self, name: &str) -> Run {
        if crate::expand::is_magic_variable(name) {
            return Err(self.not_in_subset(
                format!("assigning `{name}`, which changes the shell itself,"),
                "use another name",
            ));
        }
        match self.scope.get(name).and_then(|v| v.readonly) {
            Some(since) => Err(self.readonly_error(name, since)),
            None => Ok(()),
        }
    }

    /// The error for a read-only variable, with the place that made it so.
    pub(crate) fn readonly_error(&self, name: &str, since: Span) -> Stop {
        EvalError::at(EvalErrorKind::Readonly { name: name.to_owned() }, self.origin())
            .with_label("changed here")
            .with_related(since, "made read-only here")
            .into()
    }

    /// Assigns a string to a variable, in the layer where it is visible.
    pub(crate) fn set_scalar(&mut self, name: &str, text: &str) -> Run {
        let layer = self.scope.layer_of(name);
        self.set_scalar_in(layer, name, text)
    }

    /// Assigns a string in one layer. To an array it is element 0.
    pub(crate) fn set_scalar_in(&mut self, layer: usize, name: &str, text: &str) -> Run {
        self.check_assignable(name)?;
        self.check_word(text.len())?;
        let text: Rc<str> = match &self.settings.root {
            Some(root) if name == "SOCK_DIR" => Rc::from(root.as_str()),
            _ => Rc::from(text),
        };
        if name == "SOCK_DIR" {
            self.sock_dir_at = Some(self.origin());
        }
        let old = self.scope.in_layer(layer, name);
        if old.is_some_and(|v| matches!(v.value, Value::Array(_))) {
            self.scope.put_element(layer, name, 0, Some(text));
        } else if old.is_some_and(|v| v.array) {
            let variable = Variable {
                value: Value::Array(Rc::new(BTreeMap::from([(0, text)]))),
                readonly: None,
                array: true,
            };
            self.scope.put(layer, name, variable);
        } else {
            self.scope.put(
                layer,
                name,
                Variable { value: Value::Scalar(text), readonly: None, array: false },
            );
        }
        self.check_values(0)
    }

    /// Assigns an element; a negative index counts from behind the last.
    pub(crate) fn set_element(&mut self, name: &str, index: i64, text: &str, append: bool) -> Run {
        let layer = self.scope.layer_of(name);
        self.set_element_in(layer, name, index, text, append)
    }

    pub(crate) fn set_element_in(
        &mut self,
        layer: usize,
        name: &str,
        index: i64,
        text: &str,
        append: bool,
    ) -> Run {
        self.check_assignable(name)?;
        self.make_array(layer, name);
        let index = self.real_index(layer, name, index)?;
        let text = if append {
            let old = match self.scope.in_layer(layer, name).map(|v| &v.value) {
                Some(Value::Array(elements)) => elements.get(&index).cloned(),
                _ => None,
            };
            self.charge(old.as_ref().map_or(0, |o| o.len()) as u64 / 256)?;
            format!("{}{text}", old.as_deref().unwrap_or(""))
        } else {
            text.to_owned()
        };
        self.check_word(text.len())?;
        self.scope.put_element(layer, name, index, Some(Rc::from(text)));
        self.check_values(0)
    }

    /// Turns a variable into an array; a string becomes its element 0.
    fn make_array(&mut self, layer: usize, name: &str) {
        let elements = match self.scope.in_layer(layer, name).map(|v| &v.value) {
            Some(Value::Array(_)) => return,
            Some(Value::Scalar(text)) => BTreeMap::from([(0, text.clone())]),
            Some(Value::Unset) | None => BTreeMap::new(),
        };
        self.scope.put(
            layer,
            name,
            Variable { value: Value::Array(Rc::new(elements)), readonly: None, array: true },
        );
    }

    fn real_index(&self, layer: usize, name: &str, index: i64) -> Run<i64> {
        if index >= 0 {
            return Ok(index);
        }
        let last = match self.scope.in_layer(layer, name).map(|v| &v.value) {
            Some(Value::Array(elements)) => elements.keys().next_back().copied().unwrap_or(-1),
            Some(Value::Scalar(_)) => 0,
            _ => -1,
        };
        match last.checked_add(1).and_then(|n| n.checked_add(index)) {
            Some(real) if real >= 0 => Ok(real),
            _ => Err(self.bad_index(name, index)),
        }
    }

    /// Performs an assignment in the layer where the variable is visible.
    pub(crate) fn assign(&mut self, assignment: &Assignment) -> Run {
        let layer = self.scope.layer_of(&assignment.name);
        self.assign_in(layer, assignment)
    }

    /// Performs an assignment in one layer.
    pub(crate) fn assign_in(&mut self, layer: usize, assignment: &Assignment) -> Run {
        let name = &assignment.name;
        self.charge(1)?;
        match (&assignment.value, &assignment.index) {
            (AssignValue::Scalar(word), None) => {
                let text = self.single(word, Context::ASSIGNED)?;
                self.here = assignment.span;
                let text = if assignment.append {
                    let old = self.scope.get(name).and_then(Variable::scalar);
                    // The old text is copied.
                    self.charge(old.as_ref().map_or(0, |o| o.len()) as u64 / 256)?;
                    format!("{}{text}", old.as_deref().unwrap_or(""))
                } else {
                    text
                };
                self.set_scalar_in(layer, name, &text)
            }
            (AssignValue::Scalar(word), Some(index)) => {
                let text = self.single(word, Context::ASSIGNED)?;
                self.here = assignment.span;
                let index = self.subscript(index)?;
                self.set_element_in(layer, name, index, &text, assignment.append)
            }
            (AssignValue::Array(elements), None) => {
                let values = self.expand_elements(elements)?;
                self.assign_array(layer, assignment, elements, values)
            }
            (AssignValue::Array(_), Some(_)) => {
                self.here = assignment.span;
                Err(self
                    .bad_expansion("a list cannot be an element of an array", "assign one word to NAME[i]"))
            }
        }
    }

    /// The words of a list, before any of its indices is looked at and before the variable changes.
    pub(crate) fn expand_elements(&mut self, elements: &[ArrayElement]) -> Run<Vec<ElementValue>> {
        let mut values = Vec::new();
        let mut bytes = 0usize;
        for element in elements {
            let value = if let Some(index) = &element.index {
                // Braces make words of the text, which are elements like others: `[1]=a` and `[1]=b`.
                let sign = if element.append { "]+=" } else { "]=" };
                let prefix = std::iter::once(literal("[", index.span))
                    .chain(index.parts.iter().cloned())
                    .chain([literal(sign, index.span)])
                    .collect();
                match self.braced_fields(prefix, &element.value)? {
                    Some(words) => ElementValue::Words(words),
                    None if self.holds_mixed_list(&element.value) => {
                        self.here = element.value.span;
                        return Err(self.not_in_subset(
                            "`$@` beside other text in the word of `${ }`, behind `[..]=` in a list,",
                            "put the text into a variable first",
                        ));
                    }
                    None => ElementValue::One(self.single(&element.value, Context::ASSIGNED)?),
                }
            } else {
                ElementValue::Words(self.fields([&element.value])?)
            };
            bytes += match &value {
                ElementValue::One(text) => text.len() + 64,
                ElementValue::Words(words) => words.iter().map(|word| word.text.len() + 64).sum(),
            };
            self.check_values(bytes)?;
            values.push(value);
        }
        Ok(values)
    }

    /// Assigns a list whose words are expanded.
    pub(crate) fn assign_array(
        &mut self,
        layer: usize,
        assignment: &Assignment,
        elements: &[ArrayElement],
        values: Vec<ElementValue>,
    ) -> Run {
        let name = &assignment.name;
        self.here = assignment.span;
        self.check_assignable(name)?;
        let mut array: BTreeMap<i64, Rc<str>> = BTreeMap::new();
        if assignment.append {
            match self.scope.get(name).map(|v| &v.value) {
                Some(Value::Array(old)) => array = (**old).clone(),
                Some(Value::Scalar(old)) => {
                    array.insert(0, old.clone());
                }
                _ => {}
            }
            self.charge(array.len() as u64 / 8)?;
        }
        let mut next = array.keys().next_back().map_or(0, |k| k.saturating_add(1));
        let mut bytes = array.len() * 64;
        for (element, value) in elements.iter().zip(values) {
            match (&element.index, value) {
                (Some(index), ElementValue::One(mut text)) => {
                    let index = self.subscript(index)?;
                    self.here = assignment.span;
                    let end = array.keys().next_back().map_or(0, |last| last.saturating_add(1));
                    let index = if index < 0 { end.saturating_add(index) } else { index };
                    if index < 0 {
                        return Err(self.bad_index(name, index));
                    }
                    if element.append
                        && let Some(old) = array.get(&index)
                    {
                        text = format!("{old}{text}");
                    }
                    bytes += text.len() + 64;
                    array.insert(index, Rc::from(text));
                    next = index.saturating_add(1);
                }
                (_, ElementValue::One(text)) => {
                    bytes += text.len() + 64;
                    array.insert(next, Rc::from(text));
                    next = next.saturating_add(1);
                }
                (_, ElementValue::Words(words)) => {
                    for field in words {
                        bytes += field.text.len() + 64;
                        array.insert(next, Rc::from(field.text));
                        next = next.saturating_add(1);
                    }
                }
            }
            self.check_values(bytes)?;
        }
        self.here = assignment.span;
        self.scope.put(
            layer,
            name,
            Variable { value: Value::Array(Rc::new(array)), readonly: None, array: true },
        );
        self.check_values(0)
    }
}

/// Unquoted text as a piece of a word.
pub(crate) fn literal(text: impl Into<String>, span: Span) -> WordPart {
    WordPart { kind: PartKind::Literal(text.into()), span }
}
