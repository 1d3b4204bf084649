//! `if`, `for`, `while`, `until`, `case`: every branch is walked, and what may follow is joined.

use std::sync::Arc;

use toe_syntax::tree::{ArithFor, Case, CaseTerminator, For, If, While, Word};

use super::condition::Tested;
use super::record::{Branch, Writing};
use super::state::{End, Mark};
use super::value::{Presence, Texts, Value, Variable};
use super::walker::{Loop, Walker};

/// A `for` over at most so many known words is walked word by word.
const MOST_TURNS: usize = 64;
/// So many arms of one command are joined; what the others do is not known afterwards.
const MOST_ARMS: usize = 100;
/// Arms of a `case` that are followed by `;&` and `;;&`.
const MOST_FALLS: usize = 8;
/// Loops within loops whose turns are not known are not followed deeper than this.
const MOST_LOOPS: usize = 3;

impl Walker<'_> {
    pub(super) fn run_if(&mut self, clause: &If) -> Tested {
        let at = self.branching();
        let start = self.state.mark();
        let mut ends = Vec::new();
        let mut is_decided = false;
        let mut negated = String::from("else");
        for (arm, (condition, body)) in (0..).zip(&clause.branches) {
            let tested = self.list(condition);
            if self.state.dead {
                break;
            }
            let span = match (condition.statements.first(), condition.statements.last()) {
                (Some(first), Some(last)) => first.span.to(last.span),
                _ => continue,
            };
            let guard = self.guard(span);
            let is_beyond = ends.len() >= MOST_ARMS;
            if !is_beyond {
                negated = format!("{negated} {guard}");
            }
            let mark = self.state.mark();
            self.assume(&tested.yes);
            self.within(Branch { at, arm }, Some(&guard), |walker| walker.list(body));
            if is_beyond {
                self.state.undo(mark);
                continue;
            }
            let mut end = self.state.since(start, Some(guard));
            end.possible = !is_decided && tested.outcome != Some(false);
            ends.push(end);
            self.state.undo(mark);
            is_decided |= tested.outcome == Some(true);
            self.assume(&tested.no);
        }
        if !self.state.dead {
            let guard: Arc<str> = Arc::from(negated);
            if let Some(body) = &clause.otherwise {
                let arm = clause.branches.len() as u32;
                self.within(Branch { at, arm }, Some(&guard), |walker| walker.list(body));
            }
            let mut end = self.state.since(start, Some(guard));
            end.possible = !is_decided;
            ends.push(end);
        }
        self.state.undo(start);
        self.state.join(ends);
        if clause.branches.len() > MOST_ARMS {
            self.state.change_unknown();
        }
        Tested::default()
    }

    pub(super) fn run_case(&mut self, clause: &Case) -> Tested {
        let at = self.branching();
        let subject = self.single(&clause.subject);
        let start = self.state.mark();
        let mut ends: Vec<End> = Vec::new();
        // Once an arm is sure to be taken, the ones below are not.
        let mut is_decided = false;
        let mut takes_all = false;
        let mut above: Vec<Arc<str>> = Vec::new();
        for (i, item) in clause.items.iter().enumerate() {
            let mut texts: Option<Vec<Arc<str>>> = Some(Vec::new());
            let mut matches = Some(false);
            for pattern in &item.patterns {
                let found = self.pattern(pattern, &subject);
                matches = match (matches, found.1) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                };
                takes_all |= found.1 == Some(true);
                match (&mut texts, found.0) {
                    (Some(all), Some(text)) => all.push(Arc::from(text)),
                    (texts, _) => *texts = None,
                }
            }
            let facts = match &texts {
                Some(texts) => self.is_one_of(&clause.subject, texts),
                None => self.is_none_of(&clause.subject, &above),
            };
            above.extend(texts.into_iter().flatten());
            let guard = self.guard(clause.subject.span);
            let patterns = item.patterns.first().zip(item.patterns.last());
            let patterns = patterns.map(|(first, last)| self.guard(first.span.to(last.span)));
            let guard: Arc<str> = Arc::from(format!("case {guard} {}", patterns.as_deref().unwrap_or("")));
            self.assume(&facts);
            self.within(Branch { at, arm: i as u32 }, Some(&guard), |walker| {
                walker.list(&item.body);
                let mut terminator = item.terminator;
                for (count, below) in clause.items[i + 1..].iter().enumerate() {
                    if terminator == CaseTerminator::Break || walker.state.dead {
                        break;
                    }
                    if terminator == CaseTerminator::Continue {
                        // Whether the next is taken is not followed.
                        walker.state.change_unknown();
                    }
                    if count >= MOST_FALLS {
                        walker.state.change_unknown();
                        break;
                    }
                    walker.list(&below.body);
                    terminator = below.terminator;
                }
            });
            if ends.len() < MOST_ARMS {
                let mut end = self.state.since(start, Some(guard));
                end.possible = !is_decided && matches != Some(false);
                ends.push(end);
            }
            self.state.undo(start);
            is_decided |= matches == Some(true);
        }
        if !takes_all {
            ends.push(self.state.since(start, None));
        }
        self.state.join(ends);
        if clause.items.len() > MOST_ARMS {
            self.state.change_unknown();
        }
        Tested::default()
    }

    /// The text of a pattern that is none, and whether the pattern matches.
    fn pattern(&mut self, pattern: &Word, subject: &Texts) -> (Option<String>, Option<bool>) {
        self.single(pattern);
        if crate::word_text::bare(pattern) == Some("*") {
            return (None, Some(true));
        }
        let Some(text) = crate::word_text::fixed(pattern).filter(|text| !text.contains('\\')) else {
            return (None, None);
        };
        let matches = match subject.known() {
            Some([one]) => Some(**one == *text),
            Some(all) if all.iter().all(|t| **t != *text) => Some(false),
            _ => None,
        };
        (Some(text), matches)
    }

    pub(super) fn run_for(&mut self, clause: &For) -> Tested {
        let name = self.name(&clause.name);
        let words: Option<Vec<Texts>> = match &clause.words {
            Some(words) => {
                let mut all = Some(Vec::new());
                for word in words {
                    match (self.fields(word), &mut all) {
                        (Some(fields), Some(all)) => all.extend(fields),
                        _ => all = None,
                    }
                }
                all
            }
            None => self.state.positional().as_ref().map(|all| all.to_vec()),
        };
        match words {
            Some(words) if !words.is_empty() && words.len() <= MOST_TURNS => {
                let mark = self.state.mark();
                self.loops.push(Loop { mark, breaks: Vec::new(), continues: Vec::new() });
                for texts in words {
                    if self.state.dead || !self.step(1) {
                        break;
                    }
                    self.write(&name, clause.name_span, Writing::Loop, Value::Text(texts));
                    self.list(&clause.body);
                    self.join_continues(mark);
                }
                self.join_breaks(mark);
            }
            words => {
                let is_empty = words.as_ref().is_some_and(Vec::is_empty);
                let texts = words.iter().flatten().fold(None, |all: Option<Texts>, texts| {
                    Some(all.map_or_else(|| texts.clone(), |all| all.join(texts)))
                });
                let texts = texts.unwrap_or(Texts::Any);
                self.repeated(is_empty, |walker| {
                    walker.write(&name, clause.name_span, Writing::Loop, Value::Text(texts.clone()));
                    walker.list(&clause.body);
                });
            }
        }
        Tested::default()
    }

    pub(super) fn run_while(&mut self, clause: &While) -> Tested {
        self.repeated(false, |walker| {
            let tested = walker.list(&clause.condition);
            if walker.state.dead {
                return;
            }
            // The loop may end here, too.
            let (holds, ends) = if clause.until { (tested.no, tested.yes) } else { (tested.yes, tested.no) };
            if let Some(mark) = walker.loops.last().map(|l| l.mark) {
                let here = walker.state.mark();
                walker.assume(&ends);
                let end = walker.state.since(mark, None);
                walker.state.undo(here);
                if let Some(inner) = walker.loops.last_mut() {
                    inner.continues.push(end);
                }
            }
            walker.assume(&holds);
            walker.list(&clause.body);
        });
        Tested::default()
    }

    pub(super) fn run_arith_for(&mut self, clause: &ArithFor) -> Tested {
        self.maybe_arithmetic(clause.init.as_ref());
        self.repeated(false, |walker| {
            walker.maybe_arithmetic(clause.condition.as_ref());
            walker.list(&clause.body);
            walker.maybe_arithmetic(clause.step.as_ref());
        });
        Tested::default()
    }

    /// Walks the turn of a loop whose turns are not known: once to see what it changes, and once with that
    /// not known any more. A loop is taken to run at least once as far as it sets variables.
    fn repeated(&mut self, never_runs: bool, turn: impl Fn(&mut Self)) {
        let branch = Branch { at: self.branching(), arm: 0 };
        let start = self.state.mark();
        if self.loops.len() >= MOST_LOOPS {
            self.state.change_unknown();
        } else {
            self.muted += 1;
            let end = self.turn(branch, &turn);
            self.muted -= 1;
            self.state.undo(start);
            if let Some(end) = end {
                let changed: Vec<Arc<str>> = end.changed().map(|(name, _)| name.clone()).collect();
                let none = self.state.since(start, None);
                self.state.join(vec![none, end]);
                for name in changed {
                    let variable = self.state.variable(&name);
                    self.state.put(&name, Variable { value: Value::Any, ..variable });
                }
            }
        }
        let before = self.state.since(start, None);
        let is_left = self.turn(branch, &turn).is_none();
        let mut after = self.state.since(start, None);
        after.alive &= !is_left;
        self.state.undo(start);
        let is_set = |(_, variable): &(&Arc<str>, &Variable)| variable.presence == Presence::Set;
        let sets: Vec<Arc<str>> = if never_runs {
            Vec::new()
        } else {
            after.changed().filter(is_set).map(|(n, _)| n.clone()).collect()
        };
        self.state.join(vec![before, after]);
        for name in sets {
            let variable = self.state.variable(&name);
            self.state.put(&name, Variable { presence: Presence::Set, ..variable });
        }
    }

    /// Walks one turn; what may be after it, by its end, `continue` or `break`.
    fn turn(&mut self, branch: Branch, turn: &impl Fn(&mut Self)) -> Option<End> {
        let mark = self.state.mark();
        self.loops.push(Loop { mark, breaks: Vec::new(), continues: Vec::new() });
        self.within(branch, None, |walker| turn(walker));
        self.join_continues(mark);
        self.join_breaks(mark);
        if self.state.dead {
            return None;
        }
        Some(self.state.since(mark, None))
    }

    fn join_continues(&mut self, mark: Mark) {
        let Some(mut ends) = self.loops.last_mut().map(|l| std::mem::take(&mut l.continues)) else { return };
        if ends.is_empty() {
            return;
        }
        ends.push(self.state.since(mark, None));
        self.state.undo(mark);
        self.state.join(ends);
    }

    fn join_breaks(&mut self, mark: Mark) {
        let Some(Loop { breaks: mut ends, .. }) = self.loops.pop() else { return };
        if ends.is_empty() {
            return;
        }
        ends.push(self.state.since(mark, None));
        self.state.undo(mark);
        self.state.join(ends);
    }
}
