//! From one nail to what the rules say about it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toe_eval::{EvalError, Evaluation, Host, LoadedNail, Settings};
use toe_plan::{Plan, Step};
use toe_source::{Diagnostic, Severity, SourceId, SourceMap, Span};
use toe_syntax::{SyntaxError, decode, parse};

use crate::flow::{self, Walked};
use crate::foot::Foot;
use crate::graph::Graph;
use crate::nail_view::NailView;
use crate::overlay::Overlay;
use crate::packages::Packages;
use crate::project::Project;
use crate::refused_step::RefusedStep;
use crate::rule::{Check, Finding, Findings, Rule};
use crate::rule_set::RuleSet;
use crate::rules::ALL;
use crate::steps::Steps;
use crate::suppression::{Suppressed, Suppressions};

/// What the rules found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The findings, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings that comments silence.
    pub suppressed: Vec<Suppressed>,
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
    lint_with_packages(host, name, bytes, settings, rules, None)
}

/// The same, with what the packages of the foot say of themselves.
pub fn lint_with_packages(
    host: &dyn Host,
    name: &str,
    bytes: &[u8],
    settings: &Settings,
    rules: &RuleSet,
    packages: Option<&Packages>,
) -> Report {
    let mut sources = SourceMap::new();
    let mut found = Findings::new(project(rules, settings));
    let settings = &Settings { allow_exec: found.project().allow_exec, ..settings.clone() };
    let text = match decode(SourceId(0), bytes) {
        Ok(text) => text,
        Err(error) => {
            sources.add(name, String::from_utf8_lossy(bytes));
            syntax_errors(&[error], "", &mut found);
            return report(found.into_vec(), sources, rules);
        }
    };
    let host = &Overlay::new(host, Path::new(name), bytes);
    let evaluation = toe_eval::evaluate(host, name, settings);
    let is_same = evaluation.nails.first().is_some_and(|nail| nail.source == SourceId(0))
        && *evaluation.sources.file(SourceId(0)).text == *text;
    if is_same {
        evaluation_errors(name, &evaluation, &mut found);
        return lint_parsed(host, name, &evaluation, settings, found, rules, packages);
    }
    sources.add(name, text);
    let parsed = parse(SourceId(0), text);
    if !parsed.errors.is_empty() {
        syntax_errors(&parsed.errors, text, &mut found);
        return report(found.into_vec(), sources, rules);
    }
    // The evaluation did not come so far.
    let (identity, tree) = (PathBuf::from(name), Arc::new(parsed.nail));
    let nails = vec![LoadedNail { source: SourceId(0), identity, tree }];
    lint_parsed(
        host,
        name,
        &Evaluation { sources, nails, ..Evaluation::default() },
        settings,
        found,
        rules,
        None,
    )
}

/// The same of a foot that was evaluated before, which is not done again: what it let run would run twice.
pub fn lint_evaluated(
    host: &dyn Host,
    name: &str,
    evaluation: &Evaluation,
    settings: &Settings,
    rules: &RuleSet,
) -> Report {
    let mut found = Findings::new(project(rules, settings));
    evaluation_errors(name, evaluation, &mut found);
    lint_parsed(host, name, evaluation, settings, found, rules, None)
}

/// What the project says of itself; the command line allows programs too.
fn project(rules: &RuleSet, settings: &Settings) -> Arc<Project> {
    let mut project = rules.project();
    if settings.allow_exec && !project.allow_exec {
        Arc::make_mut(&mut project).allow_exec = true;
    }
    project
}

fn evaluation_errors(name: &str, evaluation: &Evaluation, found: &mut Findings) {
    for error in evaluation.errors.iter().chain(&not_set(name, evaluation)) {
        let is_wanted = |rule: &Rule| matches!(rule.check, Check::Evaluation(wants) if wants(error));
        let Some(rule) = ALL.iter().find(|rule| is_wanted(rule)) else { continue };
        // Of a nail that is no foot, only what includes itself is known to be wrong in every foot.
        if is_named_like_a_foot(name) || rule.code == crate::rules::includes::include_cycle::RULE.code {
            found.of(rule).take(error.diagnostic());
        }
    }
}

/// A foot with packages that lacks what every run asks for, as an error at its Base.
fn not_set(name: &str, evaluation: &Evaluation) -> Vec<EvalError> {
    let Some(plan) = evaluation.plan.as_ref().filter(|_| evaluation.errors.is_empty()) else {
        return Vec::new();
    };
    let base = plan.directives.iter().find(|d| matches!(d.step, Step::Base { .. }));
    let has_packages = plan.directives.iter().any(|d| matches!(d.step, Step::Rpm { .. }));
    let Some(base) = base.filter(|_| has_packages && is_named_like_a_foot(name)) else { return Vec::new() };
    let missing = toe_eval::required_checks(plan).into_iter();
    missing.map(|error| EvalError { origin: Some(base.origin.clone()), ..error }).collect()
}

fn lint_parsed(
    host: &dyn Host,
    name: &str,
    evaluation: &Evaluation,
    settings: &Settings,
    mut found: Findings,
    rules: &RuleSet,
    packages: Option<&Packages>,
) -> Report {
    let plan = evaluation.plan.as_ref().filter(|plan| evaluation.errors.is_empty() && is_whole(plan));
    let is_foot = plan.is_some() || is_named_like_a_foot(name);
    let Walked { flow, nails: loaded, sources } = flow::walk(host, name, evaluation, settings, is_foot);
    let nails: Vec<NailView> = loaded
        .iter()
        .map(|nail| {
            let file = sources.file(nail.source);
            NailView::new(nail.source, &file.name, &file.text, &nail.tree)
        })
        .collect();
    let Some(nail) = nails.first() else { return report(found.into_vec(), sources.clone(), rules) };
    let mut steps = match plan {
        Some(plan) => Steps::of_plan_and_flow(plan, &flow, &nails, &sources),
        None => Steps::of_flow(&flow, &nails, &sources),
    };
    let of_walk = std::mem::replace(&mut steps.refused, RefusedStep::of_nail(nail));
    let mut known: HashSet<Span> = steps.refused.iter().map(|refused| refused.span).collect();
    let evaluated = evaluation.errors.iter().filter_map(RefusedStep::of_evaluation);
    let evaluated = evaluated.filter(|_| is_named_like_a_foot(nail.name));
    let others = evaluated.chain(of_walk);
    steps.refused.extend(others.filter(|refused| known.insert(refused.span)));
    let planned = plan.map(|plan| (plan, Steps::of_plan(plan, &nails, &sources)));
    let graph = Graph::new(&flow, &nails, is_foot);
    for rule in rules.asked() {
        found.of(rule);
        match (rule.check, &planned) {
            (Check::Tree(check), _) => check(nail, &mut found),
            (Check::Steps(check), _) => found.once_a_place(|found| check(&steps, found)),
            (Check::Flow(check), _) => found.once_a_place(|found| check(&graph, found)),
            (Check::Foot(check), Some((plan, steps))) => {
                check(&Foot { plan, steps, nails: &nails, packages }, &mut found);
            }
            (Check::Packages(check), Some((plan, steps))) => {
                let Some(packages) = packages else { continue };
                let foot = Foot { plan, steps, nails: &nails, packages: Some(packages) };
                check(&foot, packages, &mut found);
            }
            (Check::Foot(_) | Check::Packages(_), None)
            | (Check::Syntax(_) | Check::MendedSyntax(..) | Check::Evaluation(_) | Check::Suppression, _) => {
            }
        }
    }
    let mut about_comments = Findings::default();
    let suppressions = Suppressions::read(nail, &mut about_comments);
    // What is wrong with the comments of included nails is found where those are looked at themselves.
    let mut elsewhere = Findings::default();
    let of_others: Vec<Suppressions> =
        nails.iter().skip(1).map(|nail| Suppressions::read(nail, &mut elsewhere)).collect();
    let mut suppressed = Vec::new();
    let mut kept: Vec<Finding> = Vec::new();
    for finding in found.into_vec() {
        let mut of_nails = std::iter::once(&suppressions).chain(&of_others);
        match of_nails.find_map(|of_nail| of_nail.silencing(&finding)) {
            Some(by) => suppressed.push(by.silence(finding)),
            None => kept.push(finding),
        }
    }
    let asked = |code: &str| {
        crate::rule_of_word(code).filter(|rule| rules.asks(rule)).is_some_and(|rule| match rule.check {
            Check::Tree(_) => true,
            Check::Steps(_) | Check::Foot(_) | Check::Evaluation(_) => plan.is_some(),
            Check::Flow(_) => is_foot && flow.is_whole,
            Check::Packages(_) => plan.is_some() && packages.is_some(),
            // Of a nail with syntax errors no comment is read.
            Check::Syntax(_) | Check::MendedSyntax(..) => true,
            Check::Suppression => false,
        })
    };
    suppressions.find_unused(asked, &mut about_comments);
    kept.extend(about_comments.into_vec().into_iter().filter(|f| suppressions.silencing(f).is_none()));
    suppressed.retain_mut(|silenced| {
        let severity = crate::rule_of_word(&silenced.diagnostic.code).and_then(|rule| rules.severity(rule));
        silenced.diagnostic.severity = severity.unwrap_or(silenced.diagnostic.severity);
        severity.is_some()
    });
    suppressed.sort_by_key(|s| (s.diagnostic.labels.first().map(|l| l.span), s.diagnostic.code.clone()));
    Report { suppressed, ..report(kept, sources.clone(), rules) }
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
    let diagnostics = found.into_iter().map(Finding::into_diagnostic).collect();
    Report { diagnostics, suppressed: Vec::new(), sources }
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
