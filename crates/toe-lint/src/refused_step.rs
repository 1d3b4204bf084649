//! Directives whose words cannot work.

use std::sync::Arc;

use toe_eval::{EvalError, EvalErrorKind};
use toe_plan::{DirectiveName, Step, StepError, StepFault};
use toe_source::Span;
use toe_syntax::tree::RedirectKind;

use crate::flow::record::DirectiveAt;
use crate::nail_view::NailView;
use crate::word_text::{arguments, directive, fixed};

/// A directive that a run would refuse, and why.
#[derive(Debug, Clone)]
pub struct RefusedStep {
    /// Which.
    pub name: DirectiveName,
    /// Its words, without the name.
    pub words: Vec<String>,
    /// Why.
    pub error: StepError,
    /// The word that is wrong, or the whole directive.
    pub span: Span,
    /// The place of each of its words, where they are written out in full; else empty.
    pub args: Vec<Span>,
    /// The Include commands that led there, outermost first.
    pub included_from: Arc<[Span]>,
}

impl RefusedStep {
    /// Those of a nail whose words are fixed, in every branch.
    pub fn of_nail(nail: &NailView) -> Vec<Self> {
        let refused = nail.outline.commands.iter().filter_map(|at| {
            let name = directive(at.command).filter(|name| !nail.defines(name.as_str()))?;
            if let DirectiveName::Include | DirectiveName::PkgCheck | DirectiveName::ShadowCheck = name {
                return None;
            }
            let words: Option<Vec<String>> = arguments(at.command).map(fixed).collect();
            let words = words?;
            let has_body = at.command.redirects.iter().any(|r| matches!(r.kind, RedirectKind::HereDoc(_)));
            let error = Step::parse(name, &words, has_body.then_some("")).err()?;
            let args: Vec<Span> = arguments(at.command).map(|word| word.span).collect();
            let span = error.word.and_then(|i| args.get(i).copied()).unwrap_or(at.command.span);
            Some(RefusedStep { name, words, error, span, args, included_from: Arc::from([]) })
        });
        refused.collect()
    }

    /// One of a branch whose words are known, if only from what variables hold.
    pub(crate) fn of_walk(at: &DirectiveAt, words: Vec<String>, error: StepError) -> Self {
        let span = error.word.and_then(|i| at.words.get(i)).map_or(at.span, |word| word.span);
        let (name, included_from) = (at.name, at.situation.included_from.clone());
        RefusedStep { name, words, error, span, args: Vec::new(), included_from }
    }

    /// The one that an evaluation stopped at.
    pub fn of_evaluation(error: &EvalError) -> Option<Self> {
        let (EvalErrorKind::BadStep { name, words, error: why }, Some(origin)) =
            (&*error.kind, &error.origin)
        else {
            return None;
        };
        Some(RefusedStep {
            name: *name,
            words: words.clone(),
            error: why.clone(),
            span: origin.span,
            args: Vec::new(),
            included_from: origin.included_from.clone(),
        })
    }

    /// What kind of mistake it is.
    pub fn fault(&self) -> StepFault {
        self.error.fault
    }

    /// The word that is wrong, if it is one.
    pub fn word(&self) -> Option<usize> {
        self.error.word
    }
}
