//! Directives in their order: those of a plan, and those of every branch whose words are known.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use toe_plan::{DirectiveName, PackageFile, Plan, Step};
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

    /// The package that it installs, as the name of the file says.
    pub fn package(&self) -> Option<PackageFile<'_>> {
        match &self.step {
            Step::Rpm { location, .. } => PackageFile::parse(location.file_name()),
            _ => None,
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
        let (walked, refused) = walked(flow, |_, _| false);
        let all = walked.into_iter().filter_map(|walked| match walked {
            Walked::Step(step) => Some(step),
            Walked::Planned(..) => None,
        });
        Steps { all: all.collect(), refused, sources: sources.clone(), nails }
    }

    /// Those of a plan, and between them those of branches that are not taken.
    pub fn of_plan_and_flow(
        plan: &Plan,
        flow: &Flow,
        nails: &'t [NailView<'t>],
        sources: &SourceMap,
    ) -> Self {
        let planned = Steps::of_plan(plan, nails, sources).all;
        let mut places: HashMap<Span, Vec<usize>> = HashMap::new();
        for (i, step) in planned.iter().enumerate().rev() {
            places.entry(step.span).or_default().push(i);
        }
        let is_planned = |span: Span, words: &[&str]| {
            places.get(&span).is_some_and(|there| there.iter().any(|i| planned[*i].words == *words))
        };
        let (walked, refused) = walked(flow, is_planned);
        let mut steps = Vec::with_capacity(planned.len());
        let mut planned = planned.into_iter();
        let mut rest = 0;
        for walked in walked {
            let (span, branches, step) = match walked {
                Walked::Step(step) => (step.span, step.branches.clone(), Some(step)),
                Walked::Planned(span, branches) => (span, Some(branches), None),
            };
            if let Some(places) = places.get_mut(&span) {
                // The walk may meet it more often than the evaluation, and the other way round.
                if let Some(place) = places.pop().filter(|place| *place >= rest) {
                    if let Some(step) = planned.as_mut_slice().get_mut(place - rest) {
                        step.branches = branches;
                    }
                    steps.extend(planned.by_ref().take(place + 1 - rest));
                    rest = place + 1;
                }
            } else if let Some(mut step) = step {
                step.conditional = true;
                steps.push(step);
            }
        }
        steps.extend(planned);
        Steps { all: steps, refused, sources: sources.clone(), nails }
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
    pub fn repeated<'s, K: std::hash::Hash + Eq>(
        &'s self,
        key: impl Fn(&'s StepAt) -> Option<K>,
    ) -> Vec<(&'s StepAt, &'s StepAt)> {
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

/// A directive that a walk met.
enum Walked {
    Step(StepAt),
    /// One of those of the plan, by its place: and the branches that lead there.
    Planned(Span, Arc<[Branch]>),
}

/// The steps of a walk whose words are known, and what a run would refuse. Of those that are as planned as
/// `is_planned` says, by place and words, only that is told.
fn walked(flow: &Flow, is_planned: impl Fn(Span, &[&str]) -> bool) -> (Vec<Walked>, Vec<RefusedStep>) {
    // Numbers of branching commands begin at 1.
    let mut alternatives = u32::MAX;
    let (mut steps, mut refused) = (Vec::new(), Vec::new());
    for at in &flow.directives {
        alternatives -= 1;
        if let DirectiveName::Include | DirectiveName::PkgCheck | DirectiveName::ShadowCheck = at.name {
            continue;
        }
        let has_body = at.has_body.then_some("");
        let ways = ways(at);
        for (arm, way) in (0..).zip(&ways) {
            let mut branches = at.situation.branches.clone();
            if ways.len() > 1 {
                let alternative = Branch { at: alternatives + 1, arm };
                branches = branches.iter().copied().chain([alternative]).collect();
            }
            if is_planned(at.span, way) {
                steps.push(Walked::Planned(at.span, branches));
                continue;
            }
            let words: Vec<String> = way.iter().map(|word| (*word).to_owned()).collect();
            match Step::parse(at.name, &words, has_body) {
                Ok(step) => steps.push(Walked::Step(StepAt {
                    name: at.name,
                    step,
                    words,
                    span: at.span,
                    args: at.words.iter().map(|word| word.span).collect(),
                    included_from: at.situation.included_from.clone(),
                    conditional: !branches.is_empty(),
                    branches: Some(branches),
                })),
                Err(error) if ways.len() == 1 => refused.push(RefusedStep::of_walk(at, words, error)),
                Err(_) => {}
            }
        }
    }
    (steps, refused)
}

/// The words of a directive, once for each value of the one word that may have several; none when they are
/// not known.
fn ways(at: &DirectiveAt) -> Vec<Vec<&str>> {
    let mut ways: Vec<Vec<&str>> = vec![Vec::with_capacity(at.words.len())];
    for word in &at.words {
        let Some(texts) = word.texts.known().filter(|_| !word.is_many) else { return Vec::new() };
        match texts {
            [only] => ways.iter_mut().for_each(|way| way.push(only)),
            _ if ways.len() > 1 => {
                // Which value goes with which is not known.
                return Vec::new();
            }
            several => {
                let before = ways.pop().unwrap_or_default();
                ways = several.iter().map(|text| before.iter().copied().chain([&**text]).collect()).collect();
            }
        }
    }
    ways
}
