//! What may be known of a variable.

use std::ops::Deref;
use std::sync::Arc;

use toe_source::Span;

/// More values than these are none that are known.
const MOST: usize = 8;
/// Longer texts are not kept.
const LONGEST: usize = 4096;

/// What a text may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Texts {
    /// This one.
    One(Arc<str>),
    /// One of these, sorted; two at least.
    OneOf(Arc<[Arc<str>]>),
    /// Any text.
    Any,
}

impl Texts {
    /// Exactly `text`.
    pub fn just(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if text.len() > LONGEST { Texts::Any } else { Texts::One(Arc::from(text)) }
    }

    /// One of `texts`; any text when they are none or too many.
    pub fn of(texts: impl IntoIterator<Item = Arc<str>>) -> Self {
        let mut all: Vec<Arc<str>> = texts.into_iter().take(MOST * MOST).collect();
        all.sort_unstable();
        all.dedup();
        if all.len() > MOST || all.iter().any(|t| t.len() > LONGEST) {
            return Texts::Any;
        }
        match all.len() {
            0 => Texts::Any,
            1 => Texts::One(all.remove(0)),
            _ => Texts::OneOf(all.into()),
        }
    }

    /// The text when it can be one only.
    pub fn single(&self) -> Option<&str> {
        match self {
            Texts::One(text) => Some(text),
            Texts::OneOf(_) | Texts::Any => None,
        }
    }

    /// The texts that it can be, when they are known.
    pub fn known(&self) -> Option<&[Arc<str>]> {
        match self {
            Texts::One(text) => Some(std::slice::from_ref(text)),
            Texts::OneOf(texts) => Some(texts),
            Texts::Any => None,
        }
    }

    pub(super) fn join(&self, other: &Texts) -> Texts {
        match (self.known(), other.known()) {
            (Some(one), Some(two)) if one == two => self.clone(),
            (Some(one), Some(two)) => Texts::of(one.iter().chain(two).cloned()),
            _ => Texts::Any,
        }
    }

    /// Each of these followed by each of those.
    pub(super) fn then(&self, other: &Texts) -> Texts {
        match (self.known(), other.known()) {
            (Some(one), Some(two)) if one.len() * two.len() <= MOST => {
                Texts::of(one.iter().flat_map(|a| two.iter().map(move |b| Arc::from(format!("{a}{b}")))))
            }
            _ => Texts::Any,
        }
    }

    pub(super) fn map(&self, change: impl Fn(&str) -> String) -> Texts {
        self.known().map_or(Texts::Any, |texts| Texts::of(texts.iter().map(|t| Arc::from(change(t)))))
    }
}

/// A text that is put together from pieces.
#[derive(Debug)]
pub(super) enum Joining {
    /// So far it is this.
    One(String),
    /// So far it is one of several, or any.
    Several(Texts),
}

impl Joining {
    /// No piece yet.
    pub(super) fn new() -> Self {
        Joining::One(String::new())
    }

    /// Adds a piece that is known.
    pub(super) fn push(&mut self, piece: &str) {
        match self {
            Joining::One(text) if text.len() + piece.len() <= LONGEST => text.push_str(piece),
            Joining::One(_) => *self = Joining::Several(Texts::Any),
            Joining::Several(texts) => *texts = texts.then(&Texts::just(piece)),
        }
    }

    /// Adds a piece.
    pub(super) fn add(&mut self, piece: Texts) {
        match (&mut *self, piece) {
            (_, Texts::One(piece)) => self.push(&piece),
            (Joining::One(text), piece) if text.is_empty() => *self = Joining::Several(piece),
            (Joining::One(text), piece) => *self = Joining::Several(Texts::just(text).then(&piece)),
            (Joining::Several(texts), piece) => *texts = texts.then(&piece),
        }
    }

    /// What it came to.
    pub(super) fn texts(self) -> Texts {
        match self {
            Joining::One(text) => Texts::just(text),
            Joining::Several(texts) => texts,
        }
    }
}

/// What a variable may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A string.
    Text(Texts),
    /// An array whose elements are numbered from 0 on.
    List(Arc<[Texts]>),
    /// Anything.
    Any,
}

impl Value {
    /// What the bare name stands for: of an array its first element.
    pub fn text(&self) -> Texts {
        match self {
            Value::Text(texts) => texts.clone(),
            Value::List(elements) => elements.first().cloned().unwrap_or(Texts::Any),
            Value::Any => Texts::Any,
        }
    }

    fn join(&self, other: &Value) -> Value {
        match (self, other) {
            (Value::Text(one), Value::Text(two)) => Value::Text(one.join(two)),
            (one, two) if one == two => one.clone(),
            _ => Value::Any,
        }
    }
}

/// Whether a variable is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Set on every path.
    Set,
    /// Set on some of the paths.
    Maybe,
    /// Set on no path.
    Unset,
    /// Not to be told: an includer, an input or a nail that is not known may set it.
    Unknown,
}

impl Presence {
    fn join(self, other: Presence) -> Presence {
        match (self, other) {
            (one, two) if one == two => one,
            (Presence::Unknown, _) | (_, Presence::Unknown) => Presence::Unknown,
            _ => Presence::Maybe,
        }
    }
}

/// Numbers of assignments.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Writes {
    /// None.
    Nothing,
    /// This one.
    One(u32),
    /// These, sorted.
    Several(Arc<[u32]>),
}

impl Writes {
    fn join(&self, other: &Writes) -> Writes {
        if self == other || other.is_empty() {
            return self.clone();
        }
        if self.is_empty() {
            return other.clone();
        }
        let mut all = [&**self, &**other].concat();
        all.sort_unstable();
        all.dedup();
        Writes::Several(all.into())
    }
}

impl Deref for Writes {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        match self {
            Writes::Nothing => &[],
            Writes::One(number) => std::slice::from_ref(number),
            Writes::Several(numbers) => numbers,
        }
    }
}

/// A variable at a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Variable {
    pub presence: Presence,
    /// What it holds where it is set.
    pub value: Value,
    pub readonly: Option<Span>,
    /// When it was written; what is older than the last unknown change may have changed.
    pub tick: u64,
    /// The assignments whose value it may hold.
    pub writes: Writes,
    /// Of one that may be unset: the conditions under which it is set.
    pub set_under: Vec<Arc<str>>,
}

impl Variable {
    pub(super) fn unset() -> Self {
        Variable {
            presence: Presence::Unset,
            value: Value::Any,
            readonly: None,
            tick: 0,
            writes: Writes::Nothing,
            set_under: Vec::new(),
        }
    }

    pub(super) fn unknown() -> Self {
        Variable { presence: Presence::Unknown, ..Variable::unset() }
    }

    pub(super) fn set(value: Value) -> Self {
        Variable { presence: Presence::Set, value, ..Variable::unset() }
    }

    /// What it may be after two paths; `guards` are the conditions of the two.
    pub(super) fn join(
        &self,
        other: &Variable,
        guards: (Option<&Arc<str>>, Option<&Arc<str>>),
        tick: u64,
    ) -> Self {
        let presence = self.presence.join(other.presence);
        let value = match (self.presence, other.presence) {
            (Presence::Unset, _) => other.value.clone(),
            (_, Presence::Unset) => self.value.clone(),
            _ => self.value.join(&other.value),
        };
        let writes = self.writes.join(&other.writes);
        let mut set_under = Vec::new();
        if presence == Presence::Maybe {
            for (variable, guard) in [(self, guards.0), (other, guards.1)] {
                match (variable.presence, guard) {
                    (Presence::Set, Some(guard)) => set_under.push(guard.clone()),
                    _ => set_under.extend(variable.set_under.iter().cloned()),
                }
            }
            set_under.truncate(MOST);
        }
        Variable { presence, value, readonly: self.readonly.and(other.readonly), tick, writes, set_under }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_known_while_they_are_few() {
        let few = Texts::just("a").join(&Texts::just("b"));
        assert_eq!(few.known().unwrap().len(), 2);
        assert_eq!(few.then(&Texts::just("x")), Texts::of([Arc::from("ax"), Arc::from("bx")]));
        assert_eq!(Texts::of((0..9).map(|i| Arc::from(i.to_string()))), Texts::Any);
        assert_eq!(few.single(), None);
        assert_eq!(few.join(&Texts::Any), Texts::Any);
    }

    #[test]
    fn what_is_set_on_one_path_may_be_unset() {
        let set = Variable::set(Value::Text(Texts::just("1")));
        let guard: Arc<str> = Arc::from("[ x ]");
        let joined = set.join(&Variable::unset(), (Some(&guard), None), 7);
        assert_eq!(joined.presence, Presence::Maybe);
        assert_eq!(joined.value.text().single(), Some("1"));
        assert_eq!(joined.set_under, [guard]);
        assert_eq!(joined.join(&Variable::unknown(), (None, None), 8).presence, Presence::Unknown);
    }
}
