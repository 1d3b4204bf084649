//! Conditions: their outcome where it is known, and what holds on either side of them.

use std::sync::Arc;

use toe_syntax::tree::{Cond, Param, ParamName, ParamOp, PartKind, Word, WordPart};

use super::value::{Presence, Texts, Value, Variable};
use super::walker::Walker;

/// What holds when a condition turned out one way.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    name: Arc<str>,
    /// What it holds; absent: any text.
    texts: Option<Texts>,
    /// The variable when the condition was looked at; a later value is another one.
    tick: u64,
}

/// A condition that was looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Tested {
    /// How it turns out, when that is known.
    pub outcome: Option<bool>,
    /// What holds when it is true.
    pub yes: Vec<Fact>,
    /// What holds when it is false.
    pub no: Vec<Fact>,
}

impl Tested {
    /// A command that succeeds.
    pub(super) fn success() -> Self {
        Tested { outcome: Some(true), ..Tested::default() }
    }

    pub(super) fn outcome(outcome: Option<bool>) -> Self {
        Tested { outcome, ..Tested::default() }
    }

    pub(super) fn not(self) -> Self {
        Tested { outcome: self.outcome.map(|o| !o), yes: self.no, no: self.yes }
    }

    pub(super) fn and(mut self, other: Tested) -> Self {
        let outcome = match (self.outcome, other.outcome) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
        let no = match (self.outcome, other.outcome) {
            (Some(true), _) => other.no,
            (_, Some(true)) => self.no,
            _ => Vec::new(),
        };
        self.yes.extend(other.yes);
        Tested { outcome, yes: self.yes, no }
    }

    /// `||`; `other_ends` is false when no path leads on from the second.
    pub(super) fn or(self, other: Tested, other_goes_on: bool) -> Self {
        if !other_goes_on {
            return Tested { outcome: Some(true), yes: self.yes, no: Vec::new() };
        }
        self.not().and(other.not()).not()
    }
}

/// A variable as a condition looks at it.
struct Tried {
    name: Arc<str>,
    /// What stands for it when it is unset.
    otherwise: Option<String>,
}

impl Walker<'_> {
    /// From here on `facts` hold.
    pub(super) fn assume(&mut self, facts: &[Fact]) {
        for fact in facts {
            let variable = self.state.variable(&fact.name);
            if variable.tick != fact.tick {
                continue;
            }
            let value = match (&fact.texts, &variable.value) {
                (Some(texts), _) => Value::Text(texts.clone()),
                (None, _) if variable.presence == Presence::Unset => Value::Any,
                (None, value) => value.clone(),
            };
            let set_under = Vec::new();
            self.state.put(&fact.name, Variable { presence: Presence::Set, value, set_under, ..variable });
        }
    }

    /// Facts that were just assumed, as of now.
    pub(super) fn renewed(&self, facts: Vec<Fact>) -> Vec<Fact> {
        let now = |fact: &Fact| self.state.variable(&fact.name).tick;
        facts.into_iter().map(|fact| Fact { tick: now(&fact), ..fact }).collect()
    }

    /// Those whose variable was not changed since.
    pub(super) fn lasting(&self, mut facts: Vec<Fact>) -> Vec<Fact> {
        facts.retain(|fact| self.state.variable(&fact.name).tick == fact.tick);
        facts
    }

    fn fact(&self, name: &Arc<str>, texts: Option<Texts>) -> Fact {
        Fact { name: name.clone(), texts, tick: self.state.variable(name).tick }
    }

    /// The variable is set, and not to `text`.
    fn other_than(&self, name: &Arc<str>, text: &str) -> Fact {
        let variable = self.state.variable(name);
        let texts = match variable.value.text().known() {
            Some(all) if variable.presence != Presence::Unset => {
                Some(Texts::of(all.iter().filter(|known| ***known != *text).cloned()))
            }
            _ => None,
        };
        self.fact(name, texts)
    }

    /// The variable that a word consists of.
    fn tried(&mut self, word: &Word) -> Option<Tried> {
        let parts = match word.parts.as_slice() {
            [WordPart { kind: PartKind::DoubleQuoted(inner), .. }] => inner.as_slice(),
            parts => parts,
        };
        // `x$A` = xlit is the same as `$A` = lit.
        let [WordPart { kind: PartKind::Param(param), .. }] = parts else { return None };
        let Param { name: ParamName::Variable(name), index: None, indirect: false, op, .. } = param else {
            return None;
        };
        let otherwise = match op {
            ParamOp::None => None,
            ParamOp::Default { word, .. } => Some(crate::word_text::fixed(word)?),
            _ => return None,
        };
        Some(Tried { name: self.name(name), otherwise })
    }

    /// `[ WORD ]`, `-n WORD`.
    pub(super) fn is_not_empty(&mut self, word: &Word) -> Tested {
        let texts = self.single(word);
        let outcome = texts.known().and_then(|texts| {
            let empty = texts.iter().filter(|t| t.is_empty()).count();
            if empty == 0 { Some(true) } else { (empty == texts.len()).then_some(false) }
        });
        let mut tested = Tested::outcome(outcome);
        if let Some(tried) = self.tried(word).filter(|t| t.otherwise.as_deref().unwrap_or("").is_empty()) {
            let filled = self.other_than(&tried.name, "");
            tested.yes.push(filled);
        } else if let [WordPart { kind: PartKind::Param(param), .. }] = word.parts.as_slice()
            && let (ParamName::Variable(name), ParamOp::Alternative { .. }) = (&param.name, &param.op)
        {
            let name = self.name(name);
            tested.yes.push(self.fact(&name, None));
        } else if let [WordPart { kind: PartKind::DoubleQuoted(inner), .. }] = word.parts.as_slice()
            && let [WordPart { kind: PartKind::Param(param), .. }] = inner.as_slice()
            && let (ParamName::Variable(name), ParamOp::Alternative { .. }) = (&param.name, &param.op)
        {
            let name = self.name(name);
            tested.yes.push(self.fact(&name, None));
        }
        tested
    }

    /// `A = B`, where neither is a pattern that is not known.
    pub(super) fn are_equal(&mut self, left: &Word, right: &Word) -> Tested {
        let (one, other) = (self.single(left), self.single(right));
        let outcome = match (one.known(), other.known()) {
            (Some(one), Some(other)) if one.iter().all(|text| !other.contains(text)) => Some(false),
            (Some([one]), Some([other])) => Some(one == other),
            _ => None,
        };
        let mut tested = Tested::outcome(outcome);
        for (word, texts) in [(left, other), (right, one)] {
            let Some(tried) = self.tried(word) else { continue };
            let Some(literal) = texts.single() else { continue };
            if tried.otherwise.as_deref() != Some(literal) {
                tested.yes.push(self.fact(&tried.name, Some(Texts::just(literal))));
            }
            if tried.otherwise.as_deref().is_none_or(|other| other.is_empty() && literal.is_empty()) {
                let other = self.other_than(&tried.name, literal);
                tested.no.push(other);
            }
        }
        tested
    }

    /// What holds in the arm of a `case` whose patterns are all `texts`.
    pub(super) fn is_one_of(&mut self, word: &Word, texts: &[Arc<str>]) -> Vec<Fact> {
        match self.tried(word) {
            Some(tried) if texts.iter().all(|t| tried.otherwise.as_deref() != Some(&**t)) => {
                vec![self.fact(&tried.name, Some(Texts::of(texts.iter().cloned())))]
            }
            _ => Vec::new(),
        }
    }

    /// What holds in an arm of a `case` below arms for `texts`.
    pub(super) fn is_none_of(&mut self, word: &Word, texts: &[Arc<str>]) -> Vec<Fact> {
        let tried = self.tried(word);
        // What stands for an unset variable is dealt with above.
        let set =
            tried.filter(|t| t.otherwise.as_ref().is_some_and(|other| texts.iter().any(|t| **t == **other)));
        set.map(|tried| self.fact(&tried.name, None)).into_iter().collect()
    }

    pub(super) fn is_set(&mut self, name: &str) -> Tested {
        let name = self.name(name);
        self.read_for_test(&name);
        let outcome = match self.state.variable(&name).presence {
            Presence::Set => Some(true),
            Presence::Unset => Some(false),
            Presence::Maybe | Presence::Unknown => None,
        };
        Tested { outcome, yes: vec![self.fact(&name, None)], no: Vec::new() }
    }

    /// `[[ ]]`.
    pub(super) fn conditional(&mut self, condition: &Cond) -> Tested {
        if !self.step(1) {
            return Tested::default();
        }
        match condition {
            Cond::Not(inner) => self.conditional(inner).not(),
            Cond::Paren(inner) => self.conditional(inner),
            Cond::And(left, right) | Cond::Or(left, right) => {
                let is_and = matches!(condition, Cond::And(..));
                let first = self.conditional(left);
                // The second is looked at on one side of the first only.
                let mark = self.state.mark();
                let facts = if is_and { first.yes.clone() } else { first.no.clone() };
                self.assume(&facts);
                let second = self.conditional(right);
                let second = Tested { yes: aged(second.yes, &facts), no: aged(second.no, &facts), ..second };
                self.state.undo(mark);
                if is_and { first.and(second) } else { first.or(second, true) }
            }
            Cond::Word(word) => self.is_not_empty(word),
            Cond::Unary { op, word, .. } => match op.as_str() {
                "-n" => self.is_not_empty(word),
                "-z" => self.is_not_empty(word).not(),
                "-v" => match crate::word_text::fixed(word) {
                    Some(name) => self.is_set(&name),
                    None => self.unknown_test([word]),
                },
                _ => self.unknown_test([word]),
            },
            Cond::Binary { op, left, right, .. } => match op.as_str() {
                "=" | "==" | "!=" if !has_pattern(right) => {
                    let tested = self.are_equal(left, right);
                    if op == "!=" { tested.not() } else { tested }
                }
                "-eq" | "-ne" | "-lt" | "-le" | "-gt" | "-ge" => {
                    for word in [left, right] {
                        self.arithmetic(&word.parts);
                    }
                    Tested::default()
                }
                _ => self.unknown_test([left, right]),
            },
        }
    }

    pub(super) fn unknown_test<'t>(&mut self, words: impl IntoIterator<Item = &'t Word>) -> Tested {
        for word in words {
            self.single(word);
        }
        Tested::default()
    }
}

/// Facts that were found after `assumed` changed the time of their variables, which is undone now.
fn aged(facts: Vec<Fact>, assumed: &[Fact]) -> Vec<Fact> {
    let time = |name: &Arc<str>| assumed.iter().find(|f| f.name == *name).map(|f| f.tick);
    facts.into_iter().map(|fact| Fact { tick: time(&fact.name).unwrap_or(fact.tick), ..fact }).collect()
}

/// True when an unquoted piece of the word may be a pattern.
fn has_pattern(word: &Word) -> bool {
    word.parts.iter().any(|part| match &part.kind {
        PartKind::Literal(text) => text.contains(['*', '?', '[', '\\']),
        PartKind::Param(_) | PartKind::CommandSubst(_) => true,
        _ => false,
    })
}
