//! Directives in their order, from a plan or from what a nail has in full.

use std::sync::Arc;

use toe_plan::{DirectiveName, Plan, Step};
use toe_source::Span;
use toe_syntax::tree::RedirectKind;

use crate::nail_view::NailView;
use crate::word_text::{arguments, directive, fixed};

/// A directive with its meaning and its place.
#[derive(Debug, Clone)]
pub struct StepAt {
    /// Which.
    pub name: DirectiveName,
    /// What it does.
    pub step: Step,
    /// All of it.
    pub span: Span,
    /// Its words, without the name.
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
}

impl Steps {
    /// Those of a plan.
    pub fn of_plan(plan: &Plan) -> Self {
        let steps = plan.directives.iter().map(|d| StepAt {
            name: d.name,
            step: d.step.clone(),
            span: d.origin.span,
            args: d.arg_spans.clone(),
            included_from: d.origin.included_from.clone(),
        });
        Steps { steps: steps.collect() }
    }

    /// Those of a nail that are reached once whenever the nail is, and whose words are fixed.
    pub fn of_nail(nail: &NailView) -> Self {
        let unconditional = nail.outline.commands.iter().filter(|c| !c.around.conditional);
        let steps = unconditional.filter_map(|at| {
            let name = directive(at.command).filter(|name| !nail.defines(name.as_str()))?;
            let args: Option<Vec<String>> = arguments(at.command).map(fixed).collect();
            let has_body = at.command.redirects.iter().any(|r| matches!(r.kind, RedirectKind::HereDoc(_)));
            Some(StepAt {
                name,
                step: Step::parse(name, &args?, has_body.then_some("")).ok()?,
                span: at.command.span,
                args: arguments(at.command).map(|w| w.span).collect(),
                included_from: Arc::from([]),
            })
        });
        Steps { steps: steps.collect() }
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
