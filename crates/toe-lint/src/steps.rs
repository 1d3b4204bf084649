//! Directives in their order, from a plan or from what a nail has in full.

use std::sync::Arc;

use toe_plan::{DirectiveName, Plan, Step};
use toe_source::{SourceMap, Span};
use toe_syntax::tree::RedirectKind;

use crate::nail_view::NailView;
use crate::refused_step::RefusedStep;
use crate::word_text::{arguments, directive, fixed};

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
}

impl StepAt {
    /// The place of word `i`, or of the whole directive when there is none.
    pub fn word(&self, i: usize) -> Span {
        self.args.get(i).copied().unwrap_or(self.span)
    }
}

/// The directives that a rule may compare.
#[derive(Debug, Clone)]
pub struct Steps<'t> {
    /// In the order of evaluation.
    pub steps: Vec<StepAt>,
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
        });
        Steps { steps: steps.collect(), refused: Vec::new(), sources: sources.clone(), nails }
    }

    /// Those of the first of `nails` that are reached once whenever the nail is, and whose words are fixed.
    pub fn of_nail(nails: &'t [NailView<'t>], sources: &SourceMap) -> Self {
        let in_order = |nail: &'t NailView<'t>| nail.outline.commands.iter().map(move |at| (nail, at));
        let unconditional = nails.iter().take(1).flat_map(in_order).filter(|(_, at)| !at.around.conditional);
        let steps = unconditional.filter_map(|(nail, at)| {
            let name = directive(at.command).filter(|name| !nail.defines(name.as_str()))?;
            let words: Option<Vec<String>> = arguments(at.command).map(fixed).collect();
            let words = words?;
            let has_body = at.command.redirects.iter().any(|r| matches!(r.kind, RedirectKind::HereDoc(_)));
            Some(StepAt {
                name,
                step: Step::parse(name, &words, has_body.then_some("")).ok()?,
                words,
                span: at.command.span,
                args: arguments(at.command).map(|w| w.span).collect(),
                included_from: Arc::from([]),
            })
        });
        Steps { steps: steps.collect(), refused: Vec::new(), sources: sources.clone(), nails }
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
        let made = self.steps.iter().filter(|other| other.span == step.span).count();
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

    /// Pairs of an earlier and a later step that have the same key; of several earlier ones the first.
    pub fn repeated<K: std::hash::Hash + Eq>(
        &self,
        key: impl Fn(&StepAt) -> Option<K>,
    ) -> Vec<(&StepAt, &StepAt)> {
        let mut first = std::collections::HashMap::new();
        let mut pairs = Vec::new();
        for step in &self.steps {
            let Some(key) = key(step) else { continue };
            match first.entry(key) {
                std::collections::hash_map::Entry::Occupied(entry) => pairs.push((*entry.get(), step)),
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(step);
                }
            }
        }
        pairs
    }
}
