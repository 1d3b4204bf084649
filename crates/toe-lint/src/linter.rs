//! From one nail to what the rules say about it.

use std::path::Path;

use toe_eval::{Evaluation, Host, Settings};
use toe_plan::{Plan, Step};
use toe_source::{Diagnostic, Severity, SourceId, SourceMap, Span};
use toe_syntax::{Parsed, SyntaxError, decode, parse};

use crate::foot::Foot;
use crate::nail_view::NailView;
use crate::overlay::Overlay;
use crate::refused_step::RefusedStep;
use crate::rule::{Check, Finding, Findings, Rule};
use crate::rule_set::RuleSet;
use crate::rules::ALL;
use crate::steps::Steps;
use crate::suppression::Suppressions;

/// What the rules found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The findings, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they point into: the nail first, and of a foot the nails that it includes.
    pub sources: SourceMap,
}

impl Report {
    /// True when a finding is as bad as `severity` or worse.
    pub fn has(&self, severity: Severity) -> bool {
        self.diagnostics.iter().any(|d| d.severity >= severity)
    }
}

/// Asks `rules` about the nail `name` with the content `bytes`. It is evaluated as a foot would be, through
/// `host` but with this content; where that does not lead to a plan that could be run, the rules that need one are not asked.
pub fn lint(host: &dyn Host, name: &str, bytes: &[u8], settings: &Settings, rules: &RuleSet) -> Report {
    let mut sources = SourceMap::new();
    let mut found = Findings::new(rules.project());
    let text = match decode(SourceId(0), bytes) {
        Ok(text) => text,
        Err(error) => {
            sources.add(name, String::from_utf8_lossy(bytes));
            syntax_errors(&[error], "", &mut found);
            return report(found.into_vec(), sources, rules);
        }
    };
    let parsed = parse(SourceId(0), text);
    if !parsed.errors.is_empty() {
        sources.add(name, text);
        syntax_errors(&parsed.errors, text, &mut found);
        return report(found.into_vec(), sources, rules);
    }
    let host = Overlay::new(host, Path::new(name), bytes);
    let evaluation = toe_eval::evaluate(&host, name, settings);
    let is_same = evaluation.sources.iter().next().is_some_and(|(_, file)| &*file.text == text);
    if is_same {
        lint_evaluated(name, &evaluation, found, rules)
    } else {
        // The evaluation did not come so far: the tree is all there is to look at.
        sources.add(name, text);
        lint_parsed(&Evaluation { sources, ..Evaluation::default() }, found, rules)
    }
}

fn lint_evaluated(name: &str, evaluation: &Evaluation, mut found: Findings, rules: &RuleSet) -> Report {
    for error in &evaluation.errors {
        let is_wanted = |rule: &Rule| matches!(rule.check, Check::Evaluation(wants) if wants(error));
        let Some(rule) = ALL.iter().find(|rule| is_wanted(rule)) else { continue };
        // Of a nail that is no foot, only what includes itself is known to be wrong in every foot.
        if is_named_like_a_foot(name) || rule.code == crate::rules::includes::include_cycle::RULE.code {
            found.of(rule).take(error.diagnostic());
        }
    }
    lint_parsed(evaluation, found, rules)
}

fn lint_parsed(evaluation: &Evaluation, mut found: Findings, rules: &RuleSet) -> Report {
    let sources = &evaluation.sources;
    let parsed: Vec<(SourceId, &str, &str, Parsed)> = sources
        .iter()
        .map(|(id, file)| (id, file.name.as_str(), &*file.text, parse(id, &file.text)))
        .filter(|(_, _, _, parsed)| parsed.errors.is_empty())
        .collect();
    let nails: Vec<NailView> =
        parsed.iter().map(|(id, name, text, parsed)| NailView::new(*id, name, text, &parsed.nail)).collect();
    let Some(nail) = nails.first() else { return report(found.into_vec(), sources.clone(), rules) };
    let plan = evaluation.plan.as_ref().filter(|plan| evaluation.errors.is_empty() && is_whole(plan));
    let mut steps =
        plan.map_or_else(|| Steps::of_nail(&nails, sources), |plan| Steps::of_plan(plan, &nails, sources));
    steps.refused = RefusedStep::of_nail(nail);
    for refused in evaluation.errors.iter().filter_map(RefusedStep::of_evaluation) {
        if is_named_like_a_foot(nail.name) && steps.refused.iter().all(|known| known.span != refused.span) {
            steps.refused.push(refused);
        }
    }
    for rule in ALL.iter().filter(|rule| rules.asks(rule)) {
        found.of(rule);
        match (rule.check, plan) {
            (Check::Tree(check), _) => check(nail, &mut found),
            (Check::Steps(check), _) => check(&steps, &mut found),
            (Check::Foot(check), Some(plan)) => {
                check(&Foot { plan, steps: &steps, nails: &nails }, &mut found);
            }
            (Check::Foot(_), None)
            | (Check::Syntax(_) | Check::MendedSyntax(..) | Check::Evaluation(_) | Check::Suppression, _) => {
            }
        }
    }
    let mut about_comments = Findings::default();
    let suppressions = Suppressions::read(nail.source, nail.text, nail.nail, &mut about_comments);
    // What is wrong with the comments of included nails is found where those are looked at themselves.
    let mut elsewhere = Findings::default();
    let of_others: Vec<Suppressions> =
        nails.iter().skip(1).map(|n| Suppressions::read(n.source, n.text, n.nail, &mut elsewhere)).collect();
    let mut kept: Vec<Finding> = found.into_vec();
    kept.retain(|f| !(suppressions.silences(f) || of_others.iter().any(|s| s.silences(f))));
    let asked = |code: &str| {
        crate::rule_of_word(code).filter(|rule| rules.asks(rule)).is_some_and(|rule| match rule.check {
            Check::Tree(_) => true,
            Check::Steps(_) | Check::Foot(_) | Check::Evaluation(_) => plan.is_some(),
            // Of a nail with syntax errors no comment is read.
            Check::Syntax(_) | Check::MendedSyntax(..) => true,
            Check::Suppression => false,
        })
    };
    suppressions.find_unused(asked, &mut about_comments);
    kept.extend(about_comments.into_vec().into_iter().filter(|f| !suppressions.silences(f)));
    report(kept, sources.clone(), rules)
}

/// `text` is what the errors are in; empty where it is no text.
fn syntax_errors(errors: &[SyntaxError], text: &str, found: &mut Findings) {
    for error in errors {
        let is_wanted = |rule: &Rule| match rule.check {
            Check::Syntax(wants) | Check::MendedSyntax(wants, _) => wants(error),
            _ => false,
        };
        let Some(rule) = ALL.iter().find(|rule| is_wanted(rule)) else { continue };
        let finding = found.of(rule).take(error.diagnostic());
        if let Check::MendedSyntax(_, mend) = rule.check
            && let Some(fix) = mend(error, text)
        {
            finding.fix(fix);
        }
    }
}

/// By place; what an evaluation trips over is left out where a rule says more about the same place.
fn report(found: Vec<Finding>, sources: SourceMap, rules: &RuleSet) -> Report {
    let is_evaluated = |f: &Finding| matches!(f.rule().check, Check::Evaluation(_));
    let better: Vec<Span> = found
        .iter()
        .filter(|f| !is_evaluated(f) && f.rule().severity == Severity::Error)
        .filter_map(Finding::span)
        .collect();
    let is_told = |f: &Finding| {
        f.span().is_some_and(|s| {
            better.iter().any(|b| b.source == s.source && b.start <= s.end && s.start <= b.end)
        })
    };
    let mut found: Vec<Finding> = found.into_iter().filter(|f| !(is_evaluated(f) && is_told(f))).collect();
    found.retain_mut(|finding| match rules.severity(finding.rule()) {
        Some(severity) => {
            finding.set_severity(severity);
            true
        }
        None => false,
    });
    found.sort_by_key(|f| (f.span(), f.rule().code));
    Report { diagnostics: found.into_iter().map(Finding::into_diagnostic).collect(), sources }
}

fn is_named_like_a_foot(name: &str) -> bool {
    let path = Path::new(name);
    path.extension().is_some_and(|e| e == "foot") || path.file_name().is_some_and(|n| n == "foot")
}

/// True for a plan that a run would take: of a nail that is only included, the rest is not known.
fn is_whole(plan: &Plan) -> bool {
    toe_eval::required_checks(plan).is_empty()
        && plan.directives.iter().any(|d| matches!(d.step, Step::Base { .. }))
}
