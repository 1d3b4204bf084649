//! Directives that are steps of the plan.

use toe_plan::{Directive, DirectiveName, Place, Step, StepFault};
use toe_source::Span;

use crate::EvalErrorKind;
use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::{Run, Stop};
use crate::suggest;

/// Bytes of all directives together with their places.
const MOST_PLAN_BYTES: usize = 128 << 20;

const RPM_OPTIONS: [&str; 5] =
    ["--noscripts", "--notriggers", "--excludedocs", "--replacefiles", "--nosignature"];

impl Machine<'_> {
    pub(super) fn step(
        &mut self,
        name: DirectiveName,
        args: &[Expanded],
        body: Option<&str>,
        span: Span,
    ) -> Run<i32> {
        self.here = span;
        let words: Vec<String> = args.iter().map(|a| a.text.clone()).collect();
        let step = Step::parse(name, &words, body).map_err(|mut error| {
            let word = error.word.and_then(|i| args.get(i));
            self.here = word.map_or(span, |a| a.span);
            let near = word
                .filter(|word| error.fault == StepFault::Option && word.text.starts_with('-'))
                .and_then(|word| suggest::nearest(&word.text, RPM_OPTIONS));
            if let Some(near) = near {
                error.help = format!("did you mean `{near}`?");
            }
            self.error(EvalErrorKind::BadStep { name, words: words.clone(), error })
        })?;
        if self.directives.len() >= self.settings.limits.directives {
            return Err(self.error(EvalErrorKind::Limit {
                what: "the number of directives",
                limit: self.settings.limits.directives.to_string(),
                help: "look for a loop that does not end",
            }));
        }
        let included_from = self.included_places();
        let text = words.iter().map(|w| 2 * w.len() + 96).sum::<usize>() + body.map_or(0, str::len);
        self.plan_bytes += 256 + text + included_from.iter().map(|p| p.file.len() + 64).sum::<usize>();
        if self.plan_bytes > MOST_PLAN_BYTES {
            return Err(self.error(EvalErrorKind::Limit {
                what: "the size of the plan",
                limit: format!("{MOST_PLAN_BYTES} bytes"),
                help: "look for a loop that does not end",
            }));
        }
        let die = matches!(step, Step::Die { .. });
        self.directives.push(Directive {
            name,
            args: words,
            place: self.place(span, true),
            included_from,
            origin: self.origin_of(span),
            arg_spans: args.iter().map(|a| a.span).collect(),
            step,
        });
        if die { Err(Stop::Die) } else { Ok(0) }
    }

    /// The Include commands that lead to the place that runs, outermost first.
    pub(crate) fn included_places(&self) -> Vec<Place> {
        self.included_from.iter().map(|s| self.place(*s, false)).collect()
    }

    /// A place as people read it.
    pub(crate) fn place(&self, span: Span, column: bool) -> Place {
        let start = self.sources.start(span);
        Place {
            file: self.sources.file(span.source).name.clone(),
            line: start.line,
            column: column.then_some(start.column),
        }
    }
}
