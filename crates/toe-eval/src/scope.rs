//! Variables with bash's dynamic scoping, functions, positional parameters and options.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use toe_source::Span;
use toe_syntax::tree::Command;

/// What a variable holds.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// Declared, not set.
    Unset,
    /// A string.
    Scalar(Rc<str>),
    /// An indexed array.
    Array(Rc<BTreeMap<i64, Rc<str>>>),
}

/// A variable with its attributes.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    /// What it holds.
    pub value: Value,
    /// Where it was made read-only.
    pub readonly: Option<Span>,
    /// Declared with `-a` or assigned as an array.
    pub array: bool,
}

impl Variable {
    pub(crate) fn unset() -> Self {
        Variable { value: Value::Unset, readonly: None, array: false }
    }

    /// The string that the name alone stands for: an array's element 0.
    pub(crate) fn scalar(&self) -> Option<Rc<str>> {
        match &self.value {
            Value::Unset => None,
            Value::Scalar(s) => Some(s.clone()),
            Value::Array(a) => a.get(&0).cloned(),
        }
    }

    fn bytes(&self) -> usize {
        64 + match &self.value {
            Value::Unset => 0,
            Value::Scalar(s) => s.len(),
            Value::Array(a) => a.values().map(|v| v.len() + 64).sum(),
        }
    }
}

/// What made a layer of variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LayerKind {
    /// The shell itself.
    Global,
    /// A function or an included nail.
    Function,
    /// Assignments before a command word.
    Temporary,
}

#[derive(Debug, Clone)]
struct Layer {
    kind: LayerKind,
    variables: HashMap<Rc<str>, Variable>,
}

/// A function of the nail.
#[derive(Debug)]
pub(crate) struct FunctionDef {
    /// Its name.
    pub name: Rc<str>,
    /// Its body.
    pub body: Command,
    /// The Include commands that led to its file.
    pub included_from: Arc<[Span]>,
    /// The file's directory and name, for Include inside it.
    pub file: Rc<str>,
}

/// The options of `set`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// `-e`
    pub errexit: bool,
    /// `-u`, on from the start.
    pub nounset: bool,
    /// `-f`
    pub noglob: bool,
}

/// Everything that a subshell has a copy of.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    layers: Vec<Layer>,
    /// Functions by name.
    pub functions: HashMap<String, Rc<FunctionDef>>,
    /// `$1..`
    pub positional: Rc<Vec<Rc<str>>>,
    /// Options.
    pub options: Options,
    /// Bytes of all values with a fixed part for each.
    bytes: usize,
}

impl Scope {
    pub(crate) fn new() -> Self {
        // What bash starts with on every machine.
        let given = ["OPTIND", "OPTERR"].map(|name| {
            (Rc::from(name), Variable { value: Value::Scalar(Rc::from("1")), readonly: None, array: false })
        });
        Scope {
            layers: vec![Layer { kind: LayerKind::Global, variables: HashMap::from(given) }],
            functions: HashMap::new(),
            positional: Rc::new(Vec::new()),
            options: Options { errexit: false, nounset: true, noglob: false },
            bytes: 0,
        }
    }

    /// Bytes of all values.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many variables and functions a copy has to copy.
    pub(crate) fn len(&self) -> usize {
        self.layers.iter().map(|l| l.variables.len()).sum::<usize>() + self.functions.len()
    }

    pub(crate) fn push(&mut self, kind: LayerKind) {
        self.layers.push(Layer { kind, variables: HashMap::new() });
    }

    /// Takes the innermost layer away; the global one stays.
    pub(crate) fn pop(&mut self) {
        if self.layers.len() > 1
            && let Some(layer) = self.layers.pop()
        {
            for (name, variable) in &layer.variables {
                self.bytes = self.bytes.saturating_sub(variable.bytes() + name.len());
            }
        }
    }

    /// The visible variable of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Variable> {
        self.layers.iter().rev().find_map(|l| l.variables.get(name))
    }

    /// The variable in the global layer.
    pub(crate) fn global(&self, name: &str) -> Option<&Variable> {
        self.layers.first()?.variables.get(name)
    }

    /// True inside a function or an included nail.
    pub(crate) fn in_function(&self) -> bool {
        self.layers.iter().any(|l| l.kind == LayerKind::Function)
    }

    /// The layer that `declare` and `local` write to.
    pub(crate) fn local_layer(&self) -> usize {
        self.layers.iter().rposition(|l| l.kind != LayerKind::Temporary).unwrap_or(0)
    }

    /// The layer whose variable is visible, or the global one.
    pub(crate) fn layer_of(&self, name: &str) -> usize {
        self.layers.iter().rposition(|l| l.variables.contains_key(name)).unwrap_or(0)
    }

    /// The innermost layer.
    pub(crate) fn top_layer(&self) -> usize {
        self.layers.len() - 1
    }

    /// The variable of one layer.
    pub(crate) fn in_layer(&self, layer: usize, name: &str) -> Option<&Variable> {
        self.layers.get(layer)?.variables.get(name)
    }

    /// Writes the variable of one layer.
    pub(crate) fn put(&mut self, layer: usize, name: &str, variable: Variable) {
        let new = variable.bytes() + name.len();
        let Some(layer) = self.layers.get_mut(layer) else { return };
        if let Some(slot) = layer.variables.get_mut(name) {
            self.bytes = self.bytes.saturating_sub(slot.bytes() + name.len());
            *slot = variable;
        } else {
            layer.variables.insert(Rc::from(name), variable);
        }
        self.bytes += new;
    }

    /// Changes one element of an array in place; `false` when there is no array there.
    pub(crate) fn put_element(
        &mut self,
        layer: usize,
        name: &str,
        index: i64,
        value: Option<Rc<str>>,
    ) -> bool {
        let Some(slot) = self.layers.get_mut(layer).and_then(|l| l.variables.get_mut(name)) else {
            return false;
        };
        let Value::Array(elements) = &mut slot.value else { return false };
        let elements = Rc::make_mut(elements);
        let new = value.as_ref().map_or(0, |v| v.len() + 64);
        let old = match value {
            Some(value) => elements.insert(index, value),
            None => elements.remove(&index),
        };
        self.bytes = (self.bytes + new).saturating_sub(old.map_or(0, |v| v.len() + 64));
        true
    }

    /// Takes a variable of the global layer away.
    pub(crate) fn remove_global(&mut self, name: &str) {
        if let Some(old) = self.layers.first_mut().and_then(|l| l.variables.remove(name)) {
            self.bytes = self.bytes.saturating_sub(old.bytes() + name.len());
        }
    }

    /// `unset`: a local of the running function stays declared, a caller's local uncovers what it hid.
    pub(crate) fn unset(&mut self, name: &str) {
        let layer = self.layer_of(name);
        let local = layer > 0 && layer == self.local_layer();
        if local {
            self.put(layer, name, Variable::unset());
        } else if let Some(old) = self.layers.get_mut(layer).and_then(|l| l.variables.remove(name)) {
            self.bytes = self.bytes.saturating_sub(old.bytes() + name.len());
        }
    }

    /// All visible names with a value, for suggestions.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.layers
            .iter()
            .flat_map(|l| &l.variables)
            .filter(|(_, v)| !matches!(v.value, Value::Unset))
            .map(|(n, _)| &**n)
    }
}
