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
#[derive(Debug, Clone, Default)]
pub struct Steps {
    /// In the order of evaluation.
    pub steps: Vec<StepAt>,
    /// Those that are none, as their words cannot work: of the nail in every branch, and what an evaluation
    /// stopped at.
    pub refused: Vec<RefusedStep>,
    /// The texts that all spans point into.
    pub sources: SourceMap,
}

impl Steps {
    /// Those of a plan.
    pub fn of_plan(plan: &Plan, sources: &SourceMap) -> Self {
        let steps = plan.directives.iter().map(|d| StepAt {
            name: d.name,
            step: d.step.clone(),
            words: d.args.clone(),
            span: d.origin.span,
            args: d.arg_spans.clone(),
            included_from: d.origin.included_from.clone(),
        });
        Steps { steps: steps.collect(), refused: Vec::new(), sources: sources.clone() }
    }

    /// Those of a nail that are reached once whenever the nail is, and whose words are fixed.
    pub fn of_nail(nail: &NailView, sources: &SourceMap) -> Self {
        let unconditional = nail.outline.commands.iter().filter(|c| !c.around.conditional);
        let steps = unconditional.filter_map(|at| {
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
        Steps { steps: steps.collect(), refused: Vec::new(), sources: sources.clone() }
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
