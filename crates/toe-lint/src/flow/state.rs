//! The state of a walk at a place. Branches are walked one after the other: what one changes is noted, undone
//! before the next, and joined after the last, so that a branch costs what it changes and not what there is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::value::{Presence, Texts, Value, Variable};

/// Which functions a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binding {
    /// Their numbers, sorted.
    pub functions: Vec<usize>,
    /// On some path it means none.
    pub maybe_none: bool,
}

/// `$1..`, when they are known.
pub(super) type Positional = Option<Arc<[Texts]>>;

#[derive(Debug)]
enum Change {
    Variable(Arc<str>, Option<Variable>),
    Function(Arc<str>, Option<Binding>),
    Positional(Positional),
    Unknown(u64),
    Inputs(bool),
}

/// What is known at a place.
#[derive(Debug, Default)]
pub(super) struct State {
    variables: HashMap<Arc<str>, Variable>,
    functions: HashMap<Arc<str>, Binding>,
    positional: Positional,
    /// The moment of the last change that is not known; 0 when there was none.
    unknown_at: u64,
    /// The nail asks for inputs that were not given, so there may be more of them.
    wants_inputs: bool,
    /// No path leads here.
    pub dead: bool,
    now: u64,
    changes: Vec<Change>,
}

/// A moment to return to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark(usize);

/// What a branch left behind.
#[derive(Debug, Clone)]
pub(super) struct End {
    pub alive: bool,
    /// False when what is known speaks against the branch.
    pub possible: bool,
    /// The condition that stands before the branch.
    pub guard: Option<Arc<str>>,
    variables: BTreeMap<Arc<str>, Option<Variable>>,
    functions: BTreeMap<Arc<str>, Option<Binding>>,
    positional: Positional,
    unknown_at: u64,
    wants_inputs: bool,
}

impl State {
    /// The state before a nail; `is_whole` when nobody includes it.
    pub(super) fn new(is_whole: bool) -> Self {
        let now = u64::from(!is_whole);
        let positional = is_whole.then(|| Arc::from([]));
        State { unknown_at: now, now: now + 1, positional, ..State::default() }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark(self.changes.len())
    }

    fn tick(&mut self) -> u64 {
        self.now += 1;
        self.now
    }

    /// The variable as it is known here.
    pub(super) fn variable(&self, name: &str) -> Variable {
        seen(name, self.variables.get(name), self.unknown_at, self.wants_inputs)
    }

    /// True when something here wrote the variable.
    pub(super) fn is_written(&self, name: &str) -> bool {
        self.variables.get(name).is_some_and(|variable| variable.tick > 0)
    }

    /// Writes a variable.
    pub(super) fn put(&mut self, name: &Arc<str>, variable: Variable) {
        let tick = self.tick();
        self.replace(name, Some(Variable { tick, ..variable }));
    }

    fn replace(&mut self, name: &Arc<str>, variable: Option<Variable>) {
        let old = match variable {
            Some(variable) => self.variables.insert(name.clone(), variable),
            None => self.variables.remove(name),
        };
        self.changes.push(Change::Variable(name.clone(), old));
    }

    /// The functions that `name` may mean.
    pub(super) fn function(&self, name: &str) -> Option<&Binding> {
        self.functions.get(name)
    }

    pub(super) fn bind(&mut self, name: &Arc<str>, binding: Option<Binding>) {
        let old = match binding {
            Some(binding) => self.functions.insert(name.clone(), binding),
            None => self.functions.remove(name),
        };
        self.changes.push(Change::Function(name.clone(), old));
    }

    pub(super) fn positional(&self) -> &Positional {
        &self.positional
    }

    pub(super) fn set_positional(&mut self, positional: Positional) {
        let old = std::mem::replace(&mut self.positional, positional);
        self.changes.push(Change::Positional(old));
    }

    /// From here on every variable may have another value.
    pub(super) fn change_unknown(&mut self) {
        let now = self.tick();
        self.changes.push(Change::Unknown(self.unknown_at));
        self.unknown_at = now;
    }

    /// From here on variables that were never set may be inputs.
    pub(super) fn want_inputs(&mut self) {
        self.changes.push(Change::Inputs(self.wants_inputs));
        self.wants_inputs = true;
    }

    /// True when the nail asked for inputs that were not given.
    pub(super) fn wants_inputs(&self) -> bool {
        self.wants_inputs
    }

    /// True when something may have been set that is not known.
    pub(super) fn is_open(&self) -> bool {
        self.wants_inputs || self.unknown_at > 0
    }

    /// All assignments whose value some variable may hold.
    pub(super) fn held_writes(&self) -> impl Iterator<Item = u32> {
        self.variables.values().flat_map(|v| v.writes.iter().copied())
    }

    /// What was changed since `mark`.
    pub(super) fn since(&self, mark: Mark, guard: Option<Arc<str>>) -> End {
        let mut end = End {
            alive: !self.dead,
            possible: true,
            guard,
            variables: BTreeMap::new(),
            functions: BTreeMap::new(),
            positional: self.positional.clone(),
            unknown_at: self.unknown_at,
            wants_inputs: self.wants_inputs,
        };
        if !end.alive {
            return end;
        }
        for change in &self.changes[mark.0..] {
            match change {
                Change::Variable(name, _) if !end.variables.contains_key(name) => {
                    end.variables.insert(name.clone(), self.variables.get(name).cloned());
                }
                Change::Function(name, _) if !end.functions.contains_key(name) => {
                    end.functions.insert(name.clone(), self.functions.get(name).cloned());
                }
                _ => {}
            }
        }
        end
    }

    /// Returns to `mark`, on a path that leads there.
    pub(super) fn undo(&mut self, mark: Mark) {
        while self.changes.len() > mark.0 {
            match self.changes.pop() {
                Some(Change::Variable(name, Some(old))) => drop(self.variables.insert(name, old)),
                Some(Change::Variable(name, None)) => drop(self.variables.remove(&name)),
                Some(Change::Function(name, Some(old))) => drop(self.functions.insert(name, old)),
                Some(Change::Function(name, None)) => drop(self.functions.remove(&name)),
                Some(Change::Positional(old)) => self.positional = old,
                Some(Change::Unknown(old)) => self.unknown_at = old,
                Some(Change::Inputs(old)) => self.wants_inputs = old,
                None => {}
            }
        }
        self.dead = false;
    }

    /// Goes on after branches that all began here. Where nothing possible goes on, what other inputs would make
    /// possible does: the rest is looked at, too.
    pub(super) fn join(&mut self, mut ends: Vec<End>) {
        ends.retain(|end| end.alive);
        if ends.iter().any(|end| end.possible) {
            ends.retain(|end| end.possible);
        } else {
            for end in &mut ends {
                end.wants_inputs = true;
            }
        }
        self.dead = ends.is_empty();
        let (before, wanted) = (self.unknown_at, self.wants_inputs);
        let names: BTreeSet<Arc<str>> = ends.iter().flat_map(|end| end.variables.keys().cloned()).collect();
        let is_one = ends.len() == 1;
        for name in names {
            if is_one {
                if let Some(variable) = ends[0].variables.remove(&name) {
                    self.replace(&name, variable);
                }
                continue;
            }
            let tick = self.tick();
            let mut joined: Option<(Variable, Option<Arc<str>>)> = None;
            for end in &ends {
                let here = match end.variables.get(&name) {
                    Some(changed) => seen(&name, changed.as_ref(), end.unknown_at, end.wants_inputs),
                    None => seen(&name, self.variables.get(&name), end.unknown_at, end.wants_inputs),
                };
                joined = Some(match joined {
                    None => (here, end.guard.clone()),
                    Some((variable, guard)) => {
                        (variable.join(&here, (guard.as_ref(), end.guard.as_ref()), tick), None)
                    }
                });
            }
            if let Some((variable, _)) = joined {
                self.replace(&name, Some(Variable { tick, ..variable }));
            }
        }
        let names: BTreeSet<Arc<str>> = ends.iter().flat_map(|end| end.functions.keys().cloned()).collect();
        for name in names {
            let mut all = Vec::new();
            let mut maybe_none = false;
            for end in &ends {
                let binding = match end.functions.get(&name) {
                    Some(changed) => changed.as_ref(),
                    None => self.functions.get(&name),
                };
                match binding {
                    Some(binding) => {
                        all.extend(&binding.functions);
                        maybe_none |= binding.maybe_none;
                    }
                    None => maybe_none = true,
                }
            }
            all.sort_unstable();
            all.dedup();
            self.bind(&name, (!all.is_empty()).then_some(Binding { functions: all, maybe_none }));
        }
        let Some((first, rest)) = ends.split_first() else { return };
        let same = rest.iter().all(|end| end.positional == first.positional);
        let positional = if same { first.positional.clone() } else { None };
        if positional != self.positional {
            self.set_positional(positional);
        }
        let unknown_at = ends.iter().map(|end| end.unknown_at).max().unwrap_or(before);
        if unknown_at != before {
            self.changes.push(Change::Unknown(before));
            self.unknown_at = unknown_at;
        }
        if !wanted && ends.iter().any(|end| end.wants_inputs) {
            self.want_inputs();
        }
    }
}

impl End {
    /// The variables that were changed and are now set, as they are.
    pub(super) fn changed(&self) -> impl Iterator<Item = (&Arc<str>, &Variable)> {
        self.variables.iter().filter_map(|(name, variable)| Some((name, variable.as_ref()?)))
    }
}

/// The variable as it is known where all that were set before `unknown_at` may have changed since.
fn seen(name: &str, variable: Option<&Variable>, unknown_at: u64, wants_inputs: bool) -> Variable {
    match variable {
        None if unknown_at > 0 || wants_inputs || toe_eval::is_shell_variable(name) => Variable::unknown(),
        None => Variable::unset(),
        Some(variable) if variable.tick < unknown_at => {
            let presence = match variable.presence {
                Presence::Set => Presence::Set,
                _ => Presence::Unknown,
            };
            Variable { presence, value: Value::Any, ..variable.clone() }
        }
        Some(variable) => variable.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn just(text: &str) -> Variable {
        Variable::set(Value::Text(Texts::just(text)))
    }

    #[test]
    fn branches_are_joined() {
        let mut state = State::new(true);
        let (a, b): (Arc<str>, Arc<str>) = (Arc::from("a"), Arc::from("b"));
        state.put(&a, just("0"));
        let mark = state.mark();
        state.put(&a, just("1"));
        state.put(&b, just("x"));
        let one = state.since(mark, None);
        state.undo(mark);
        assert_eq!(state.variable("a").value.text().single(), Some("0"));
        state.dead = true;
        let dead = state.since(mark, None);
        state.undo(mark);
        let other = state.since(mark, None);
        state.join(vec![one.clone(), other, dead.clone()]);
        assert_eq!(state.variable("a").value.text().known().unwrap().len(), 2);
        assert_eq!(state.variable("b").presence, Presence::Maybe);
        state.undo(mark);
        state.join(vec![one, dead.clone()]);
        assert_eq!(state.variable("b").presence, Presence::Set);
        state.join(vec![dead]);
        assert!(state.dead);
    }

    #[test]
    fn an_unknown_change_leaves_set_what_is_set() {
        let mut state = State::new(true);
        let a: Arc<str> = Arc::from("a");
        state.put(&a, just("0"));
        assert_eq!(state.variable("other").presence, Presence::Unset);
        state.change_unknown();
        assert_eq!(state.variable("a").presence, Presence::Set);
        assert_eq!(state.variable("a").value, Value::Any);
        assert_eq!(state.variable("other").presence, Presence::Unknown);
        assert_eq!(State::new(false).variable("other").presence, Presence::Unknown);
    }
}
