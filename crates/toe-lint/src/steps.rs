//! Directives in their order: those of a plan, and those of every branch whose words are known.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use toe_plan::{DirectiveName, Plan, Step};
use toe_source::{SourceMap, Span};

use crate::flow::Flow;
use crate::flow::record::{Branch, DirectiveAt};
use crate::nail_view::NailView;
use crate::refused_step::RefusedStep;

/// A directive with its meaning and its place.
#[derive(Debug, Clone)]
pub struct StepAt {
    /// Which.
    pub name: DirectiveName,
    /// What it does.
    pub step: Step,
    /// Its words, without the name.
    pub words: Vec<String>,
    /// All of it.
    pub span: Span,
    /// The place of each of its words.
    pub args: Vec<Span>,
    /// The Include commands that led there, outermost first.
    pub included_from: Arc<[Span]>,
    /// A condition or a loop decides whether it happens; of a foot that evaluates: it does not happen with the
    /// inputs that were given.
    pub conditional: bool,
    /// The branches that lead there; absent when the walk did not meet it.
    branches: Option<Arc<[Branch]>>,
}

impl StepAt {
    /// True when it happens whenever `later`, which stands below it, does.
    pub fn is_before(&self, later: &StepAt) -> bool {
        let leads = |(one, other): (&Arc<[Branch]>, &Arc<[Branch]>)| other.starts_with(one);
        !self.conditional && !later.conditional
            || self.branches.as_ref().zip(later.branches.as_ref()).is_some_and(leads)
    }

    /// True when both may happen in one evaluation: they stand in one branch, or one of them in a branch within
    /// that of the other.
    pub fn goes_with(&self, other: &StepAt) -> bool {
        if !self.conditional && !other.conditional {
            return true;
        }
        match (&self.branches, &other.branches) {
            (Some(one), Some(other)) => one.starts_with(other) || other.starts_with(one),
            _ => false,
        }
    }

    /// The place of word `i`, or of the whole directive when there is none.
    pub fn word(&self, i: usize) -> Span {
        self.args.get(i).copied().unwrap_or(self.span)
    }
}

/// The directives that a rule may compare.
#[derive(Debug, Clone)]
pub struct Steps<'t> {
    /// In the order of evaluation.
    pub all: Vec<StepAt>,
    /// Those that are none, as their words cannot work: of the nail in every branch, and what an evaluation
    /// stopped at.
    pub refused: Vec<RefusedStep>,
    /// The texts that all spans point into.
    pub sources: SourceMap,
    /// The nails that they are of.
    nails: &'t [NailView<'t>],
}

impl<'t> Steps<'t> {
    /// Those of a plan that was made from `nails`.
    pub fn of_plan(plan: &Plan, nails: &'t [NailView<'t>], sources: &SourceMap) -> Self {
        let steps = plan.directives.iter().map(|d| StepAt {
            name: d.name,
            step: d.step.clone(),
            words: d.args.clone(),
            span: d.origin.span,
            args: d.arg_spans.clone(),
            included_from: d.origin.included_from.clone(),
            conditional: false,
            branches: None,
        });
        Steps { all: steps.collect(), refused: Vec::new(), sources: sources.clone(), nails }
    }

    /// Those of all branches whose words are known. A word with several values makes as many steps, of which one
    /// happens.
    pub fn of_flow(flow: &Flow, nails: &'t [NailView<'t>], sources: &SourceMap) -> Self {
        // Numbers of branching commands begin at 1.
        let mut alternatives = u32::MAX;
        let mut steps = Vec::new();
        for at in &flow.directives {
            let ways = ways(at);
            for (arm, words) in (0..).zip(&ways) {
                let has_body = at.has_body.then_some("");
                let Ok(step) = Step::parse(at.name, words, has_body) else { continue };
                let mut branches = at.situation.branches.clone();
                if ways.len() > 1 {
                    branches = branches.iter().copied().chain([Branch { at: alternatives, arm }]).collect();
                }
                steps.push(StepAt {
                    name: at.name,
                    step,
                    words: words.clone(),
                    span: at.span,
                    args: at.words.iter().map(|word| word.span).collect(),
                    included_from: at.situation.included_from.clone(),
                    conditional: !branches.is_empty(),
                    branches: Some(branches),
                });
            }
            alternatives -= 1;
        }
        Steps { all: steps, refused: Vec::new(), sources: sources.clone(), nails }
    }

    /// Those of a plan, and between them those of branches that are not taken.
    pub fn of_plan_and_flow(
        plan: &Plan,
        flow: &Flow,
        nails: &'t [NailView<'t>],
        sources: &SourceMap,
    ) -> Self {
        let mut planned = Steps::of_plan(plan, nails, sources).all;
        let mut places: HashMap<Span, Vec<usize>> = HashMap::new();
        for (i, step) in planned.iter().enumerate().rev() {
            places.entry(step.span).or_default().push(i);
        }
        let mut steps = Vec::new();
        let mut rest = 0;
        for mut walked in Steps::of_flow(flow, nails, sources).all {
            if let Some(places) = places.get_mut(&walked.span) {
                // The walk may meet it more often than the evaluation, and the other way round.
                if let Some(place) = places.pop().filter(|place| *place >= rest) {
                    planned[place].branches = walked.branches;
                    steps.extend_from_slice(&planned[rest..=place]);
                    rest = place + 1;
                }
            } else {
                walked.conditional = true;
                steps.push(walked);
            }
        }
        steps.extend_from_slice(&planned[rest..]);
        Steps { all: steps, refused: Vec::new(), sources: sources.clone(), nails }
    }

    /// The place of `literal` where the text of `word` begins with it, behind an opening quote.
    pub fn beginning_with(&self, word: Span, literal: &str) -> Option<Span> {
        let text = self.sources.text(word);
        let quote = usize::from(text.starts_with(['"', '\'']));
        let is_there = !literal.is_empty() && text.get(quote..)?.starts_with(literal);
        let start = word.start as usize + quote;
        is_there.then(|| Span::new(word.source, start, start + literal.len()))
    }

    /// The empty place where the text of `word` begins, behind an opening quote, when it begins with `literal`.
    pub fn beginning(&self, word: Span, literal: &str) -> Option<Span> {
        self.beginning_with(word, literal).map(|found| Span { end: found.start, ..found })
    }

    /// The nail that `span` is in.
    pub fn nail_of(&self, span: Span) -> Option<&'t NailView<'t>> {
        self.nails.iter().find(|nail| nail.source == span.source)
    }

    /// The whole lines of `step`, when they hold nothing else, and no other step is made of them.
    pub fn lines_of(&self, step: &StepAt) -> Option<Span> {
        let made = self.all.iter().filter(|other| other.span == step.span).count();
        self.nail_of(step.span)?.lines_of(step.span).filter(|_| made == 1)
    }

    /// Where `word` begins with SOCK_DIR, whose value is `sock_dir`, and goes on with `/`; in quotes or not, by its
    /// name or written out.
    pub fn sock_dir_in(&self, word: Span, sock_dir: &str) -> Option<Span> {
        let text = self.sources.text(word);
        let path = text.trim_start_matches(['"', '\'']);
        let is_there = |start: &&str| path.strip_prefix(*start).is_some_and(|rest| rest.starts_with('/'));
        let found = ["${SOCK_DIR}", "$SOCK_DIR", sock_dir].into_iter().find(is_there)?;
        let start = word.start as usize + text.len() - path.len();
        Some(Span::new(word.source, start, start + found.len()))
    }

    /// Pairs of an earlier and a later step that have the same key, where the earlier one happens whenever the
    /// later one does; of several earlier ones the first.
    pub fn repeated<K: std::hash::Hash + Eq>(
        &self,
        key: impl Fn(&StepAt) -> Option<K>,
    ) -> Vec<(&StepAt, &StepAt)> {
        /// Steps of one key that are looked at.
        const MOST_ALIKE: usize = 16;
        let mut earlier: HashMap<K, Vec<&StepAt>> = HashMap::new();
        let mut pairs = Vec::new();
        for step in &self.all {
            let Some(key) = key(step) else { continue };
            match earlier.entry(key) {
                Entry::Occupied(mut entry) => {
                    let alike = entry.get_mut();
                    match alike.iter().find(|there| there.is_before(step)) {
                        Some(first) => pairs.push((*first, step)),
                        None if alike.len() < MOST_ALIKE => alike.push(step),
                        None => {}
                    }
                }
                Entry::Vacant(entry) => {
                    entry.insert(vec![step]);
                }
            }
        }
        pairs
    }
}

/// The words of a directive, once for each value of the one word that may have several; none when they are
/// not known.
fn ways(at: &DirectiveAt) -> Vec<Vec<String>> {
    let mut ways: Vec<Vec<String>> = vec![Vec::new()];
    for word in &at.words {
        let Some(texts) = word.texts.known().filter(|_| !word.is_many) else { return Vec::new() };
        if ways.len() > 1 && texts.len() > 1 {
            // Which value goes with which is not known.
            return Vec::new();
        }
        ways = ways
            .into_iter()
            .flat_map(|way| {
                texts.iter().map(move |text| way.iter().cloned().chain([text.to_string()]).collect())
            })
            .collect();
    }
    ways
}
