//! From a foot to a plan.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toe_plan::Plan;
use toe_source::{Diagnostic, SourceId, SourceMap, Span};
use toe_syntax::tree::Nail;

use crate::directive::DEFAULT_SOCK_DIR;
use crate::expand::tilde::is_name;
use crate::machine::{Machine, OpenFile};
use crate::scope::Variable;
use crate::stop::{Run, Stop};
use crate::{EvalError, EvalErrorKind, Host, Settings};

/// A nail that was read and parsed.
#[derive(Debug, Clone)]
pub struct LoadedNail {
    /// Its text in the sources.
    pub source: SourceId,
    /// Its canonical path.
    pub identity: PathBuf,
    /// Its tree.
    pub tree: Arc<Nail>,
}

/// What became of a foot.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// The plan; absent when an error stopped the evaluation.
    /// A plan that a `die`, an `exit` or `set -e` cut short is there: it holds what was reached.
    pub plan: Option<Plan>,
    /// Every text that was read, for reports.
    pub sources: SourceMap,
    /// Every nail that was read and parsed, in the order of reading.
    pub nails: Vec<LoadedNail>,
    /// What was wrong; empty when all is well.
    pub errors: Vec<EvalError>,
    /// What deserves a look, though the plan stands.
    pub warnings: Vec<Diagnostic>,
    /// 0; the N of `exit N`; 1 after `die`; the status that `set -e` stopped at; 2 after an error.
    pub status: i32,
    /// What `echo` and `printf` wrote outside of command substitutions.
    pub output: String,
}

/// Stack of an evaluation: [`crate::Limits::nesting_depth`] levels in a build without
/// optimisation. Only what is used of it is ever touched.
const STACK_BYTES: usize = 512 << 20;

/// Variables that a plan shows when they are set (language page, "Variables that mean something").
pub const PLAN_VARIABLES: &[&str] = &[
    "REPO_FILE",
    "MREPO_URL",
    "SOCK_DIR",
    "PACKAGE",
    "VERSION",
    "RELEASE",
    "EPOCH",
    "SUMMARY",
    "DESCRIPTION",
    "LICENSE",
    "URL",
    "VENDOR",
    "PACKAGER",
    "SHADOW_UTILS",
];

/// Evaluates the nail at path `foot`. Nothing is built, fetched or written.
pub fn evaluate(host: &dyn Host, foot: &str, settings: &Settings) -> Evaluation {
    // How deep a nail may nest does not depend on the stack of who calls.
    let evaluate = || {
        stacker::maybe_grow(STACK_BYTES, STACK_BYTES, || Machine::new(host, foot, settings).evaluate_foot())
    };
    std::panic::catch_unwind(AssertUnwindSafe(evaluate)).unwrap_or_else(|_| {
        let message =
            "the evaluation ended unexpectedly: no memory for its stack, or a defect of toe".to_owned();
        Evaluation {
            status: 2,
            errors: vec![EvalError::without_place(EvalErrorKind::NoResources { message })],
            ..Evaluation::default()
        }
    })
}

impl Machine<'_> {
    fn evaluate_foot(mut self) -> Evaluation {
        let result = self.run_foot();
        let mut errors = Vec::new();
        let (status, finished) = match result {
            Ok(()) => (0, true),
            Err(Stop::Exit(status)) => {
                if status != 0 {
                    errors.push(EvalError::at(EvalErrorKind::Exit { status }, self.origin()));
                }
                (status, true)
            }
            Err(Stop::Failed(status)) => {
                errors.push(EvalError::at(EvalErrorKind::CommandFailed { status }, self.origin()));
                (status, true)
            }
            Err(Stop::Die) => (1, true),
            // Built-ins refuse these outside of what they leave.
            Err(Stop::Return(_) | Stop::Break(_) | Stop::Continue(_)) => (0, true),
            Err(Stop::Error(error)) => {
                errors.push(*error);
                errors.append(&mut self.syntax_errors);
                (2, false)
            }
        };
        self.warn_of_misspelt_packages();
        let plan = finished.then(|| self.plan()).and_then(|plan| match plan {
            Ok(plan) => Some(plan),
            Err(error) => {
                errors.push(error);
                None
            }
        });
        let status = if plan.is_none() { 2 } else { status };
        let loaded = self.loaded.into_iter();
        let mut nails: Vec<LoadedNail> = loaded
            .map(|(identity, loaded)| LoadedNail { source: loaded.source, identity, tree: loaded.nail })
            .collect();
        nails.sort_unstable_by_key(|nail| nail.source);
        let output = self.sinks.first().map(|s| String::from_utf8_lossy(s).into_owned()).unwrap_or_default();
        Evaluation { plan, sources: self.sources, nails, errors, warnings: self.warnings, status, output }
    }

    fn run_foot(&mut self) -> Run {
        let file = match self.host.read(Path::new(self.foot), self.settings.limits.file_bytes) {
            Ok(file) => file,
            Err(reason) => {
                let near = self.near_nail(&[Path::new(self.foot).to_owned()]);
                let kind = EvalErrorKind::FootUnreadable { path: self.foot.to_owned(), near, reason };
                return Err(EvalError::without_place(kind).into());
            }
        };
        let foot = self.foot;
        let loaded = self.load(foot, &file, None)?;
        self.here = Span::new(loaded.source, 0, 0);
        self.open_files.push(OpenFile { identity: file.identity, name: foot.to_owned(), included_at: None });
        let root = self.settings.root.iter().map(|root| ("SOCK_DIR", root.as_str()));
        let given = self.settings.env.iter().chain(&self.settings.defines);
        for (name, value) in given.map(|(n, v)| (n.as_str(), v.as_str())).chain(root) {
            if !is_name(name) {
                return Err(self.bad_call(
                    "-D",
                    format!("`{}` is no name of a variable", name.escape_debug()),
                    "write -D NAME=VALUE",
                ));
            }
            self.set_scalar(name, value)?;
        }
        self.sock_dir_at = None;
        self.run_list(&loaded.nail.body)
    }

    fn plan(&mut self) -> Result<Plan, EvalError> {
        let value = |name: &str| self.scope.global(name).and_then(Variable::scalar).map(|v| v.to_string());
        let variables: BTreeMap<String, String> =
            PLAN_VARIABLES.iter().filter_map(|name| Some(((*name).to_owned(), value(name)?))).collect();
        let assigned = variables.get("SOCK_DIR").cloned();
        let sock_dir = match (&self.base, assigned) {
            (Some((base, at)), Some(assigned)) if *base != assigned => {
                let kind = EvalErrorKind::SecondSockDir { first: base.clone(), second: assigned };
                let error = match &self.sock_dir_at {
                    Some(second) => EvalError::at(kind, second.clone()).with_label("the second value"),
                    None => EvalError::at(kind, at.clone()),
                };
                return Err(error.with_related(at.span, "the first value"));
            }
            (Some((base, _)), _) => base.clone(),
            (None, assigned) => assigned.unwrap_or_else(|| DEFAULT_SOCK_DIR.to_owned()),
        };
        Ok(Plan {
            version: Plan::VERSION,
            foot: self.foot.to_owned(),
            sock_dir,
            variables,
            directives: std::mem::take(&mut self.directives),
            inputs: std::mem::take(&mut self.inputs),
            external_commands: std::mem::take(&mut self.external_commands),
        })
    }
}

/// What a run, a lint or a pairing needs besides a plan: REPO_FILE and MREPO_URL set and not empty.
pub fn required_checks(plan: &Plan) -> Vec<EvalError> {
    const REQUIRED: [(&str, &str); 2] = [
        ("REPO_FILE", "the yum configuration that names the repositories"),
        ("MREPO_URL", "the URL that package locations start with"),
    ];
    REQUIRED
        .into_iter()
        .filter(|(name, _)| plan.variable(name).is_none_or(str::is_empty))
        .map(|(name, purpose)| EvalError::without_place(EvalErrorKind::RequiredVariable { name, purpose }))
        .collect()
}
