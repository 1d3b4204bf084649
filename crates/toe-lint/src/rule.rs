//! What a rule is, and what it says.

use std::sync::Arc;

use std::collections::HashSet;

use toe_eval::EvalError;
use toe_source::{Diagnostic, Fix, Safety, Severity, Span};
use toe_syntax::SyntaxError;

use crate::foot::Foot;
use crate::graph::Graph;
use crate::nail_view::NailView;
use crate::packages::Packages;
use crate::project::Project;
use crate::refused_step::RefusedStep;
use crate::steps::Steps;

/// A rule: what it is called, how bad its findings are, and how they are made.
#[derive(Debug)]
pub struct Rule {
    /// Stable code, such as `TOE103`.
    pub code: &'static str,
    /// What it finds, in a few words joined by `-`.
    pub name: &'static str,
    /// How bad a finding is.
    pub severity: Severity,
    /// How safe the fix is that comes with its findings; a finding may come without one all the same.
    pub fix: Option<Safety>,
    /// Asked unless a project says otherwise. The others are for those who select them.
    pub by_default: bool,
    /// The rule's own source file, whose head is its page.
    pub source: &'static str,
    /// How findings are made.
    pub check: Check,
}

/// The kinds of check, by what they look at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Takes on errors of the parser; the first rule of the list that wants an error has it.
    Syntax(fn(&SyntaxError) -> bool),
    /// The same, with what would mend the error in that text.
    MendedSyntax(fn(&SyntaxError) -> bool, fn(&SyntaxError, &str) -> Option<Fix>),
    /// One tree and its text, whatever includes it.
    Tree(fn(&NailView, &mut Findings)),
    /// Directives in their order: those of the plan where the nail is a foot that evaluates, and those of every
    /// branch whose words are known.
    Steps(fn(&Steps, &mut Findings)),
    /// Every branch of the nail and of what it includes, with what is known of variables there. Findings are told
    /// once a place.
    Flow(fn(&Graph, &mut Findings)),
    /// A foot that can be evaluated: its plan and all its nails.
    Foot(fn(&Foot, &mut Findings)),
    /// The same with what the packages say of themselves, where they were asked.
    Packages(fn(&Foot, &Packages, &mut Findings)),
    /// Takes on errors of the evaluation that no input could mend.
    Evaluation(fn(&EvalError) -> bool),
    /// Made where suppression comments are read.
    Suppression,
}

/// One thing that a rule found.
#[derive(Debug, Clone)]
pub struct Finding {
    rule: &'static Rule,
    diagnostic: Diagnostic,
}

impl Finding {
    /// The rule.
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// The main place, if it has one.
    pub fn span(&self) -> Option<Span> {
        self.diagnostic.labels.first().map(|label| label.span)
    }

    /// Says how bad it is in this project.
    pub(crate) fn set_severity(&mut self, severity: Severity) {
        self.diagnostic.severity = severity;
    }

    /// As the binary renders it.
    pub fn into_diagnostic(self) -> Diagnostic {
        self.diagnostic
    }

    /// Adds a place that matters too.
    pub fn also(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.diagnostic.labels.push(toe_source::Label { span, message: message.into() });
        self
    }

    /// Says what to write instead, other than was said before.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    /// Says what would mend it; as safe as the rule says that its fixes are, or less.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        debug_assert!(self.rule.fix.is_some_and(|safety| safety <= fix.safety), "{}", self.rule.code);
        self.diagnostic.fix = Some(fix);
        self
    }

    /// Sets the Include commands that led to the main place, outermost first.
    pub fn through(&mut self, included_from: &[Span]) -> &mut Self {
        self.diagnostic.included_from = included_from.to_vec();
        self
    }
}

/// Where rules put what they find.
#[derive(Debug, Default)]
pub struct Findings {
    rule: Option<&'static Rule>,
    found: Vec<Finding>,
    project: Arc<Project>,
}

impl Findings {
    /// None yet, in a project.
    pub(crate) fn new(project: Arc<Project>) -> Self {
        Findings { project, ..Findings::default() }
    }

    /// What the project says of itself.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// What is added next is of `rule`.
    pub(crate) fn of(&mut self, rule: &'static Rule) -> &mut Self {
        self.rule = Some(rule);
        self
    }

    /// Adds a finding: where, what was found, what is there, what to write instead.
    pub fn add(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) -> &mut Finding {
        let diagnostic = Diagnostic {
            code: String::new(),
            severity: Severity::Error,
            message: message.into(),
            causes: Vec::new(),
            labels: Vec::new(),
            help: Some(help.into()),
            included_from: Vec::new(),
            fix: None,
        };
        self.take(diagnostic.with_label(span, "here"))
    }

    /// Adds a directive that a run would refuse, in the words of the refusal.
    pub fn refuse(&mut self, refused: &RefusedStep) -> &mut Finding {
        self.add(refused.span, refused.error.message.clone(), refused.error.help.clone())
            .through(&refused.included_from)
    }

    /// Adds an error of another crate as a finding.
    pub(crate) fn take(&mut self, mut diagnostic: Diagnostic) -> &mut Finding {
        let rule = self.rule.unwrap_or_else(|| unreachable!("`of` comes before `add`"));
        rule.code.clone_into(&mut diagnostic.code);
        diagnostic.severity = rule.severity;
        self.found.push(Finding { rule, diagnostic });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Of what `check` adds at one place, the first.
    pub(crate) fn once_a_place(&mut self, check: impl FnOnce(&mut Self)) {
        let before = self.found.len();
        check(self);
        if self.found.len() < before + 2 {
            return;
        }
        let mut told = HashSet::new();
        let added = self.found.split_off(before);
        self.found.extend(added.into_iter().filter(|finding| told.insert(finding.span())));
    }

    /// All of them.
    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.found
    }
}
