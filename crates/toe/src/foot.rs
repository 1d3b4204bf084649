//! From the command line's words to an evaluated foot, or the failure that explains why not.

use std::path::{Path, PathBuf};

use toe_eval::{Evaluation, LoadedNail, RealHost, Settings};
use toe_plan::Plan;
use toe_source::{Diagnostic, Severity, SourceMap};

use crate::args::EvalArgs;
use crate::failure::Failure;
use crate::project_files::{Choices, Projects};
use crate::render;
use crate::terminal::Terminal;

/// An evaluated foot with the nails it was made from.
#[derive(Debug)]
pub struct Foot {
    /// What it means.
    pub plan: Plan,
    /// Its texts, for reports.
    pub sources: SourceMap,
    /// Its trees.
    nails: Vec<LoadedNail>,
}

/// Errors of the command line that clap cannot see.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum FootError {
    #[error("--env {name}: the environment has no such variable")]
    #[diagnostic(code(toe::env_unset), help("export it, or give its value with -D {name}=VALUE"))]
    EnvUnset { name: String },
    #[error("--env {name}: the value is not UTF-8")]
    #[diagnostic(code(toe::env_not_utf8), help("nails are UTF-8 text: give a value that is"))]
    EnvNotUtf8 { name: String },
    #[error("cannot tell the current directory")]
    #[diagnostic(code(toe::current_directory), help("change to a directory that exists"))]
    CurrentDirectory(#[source] std::io::Error),
}

impl Foot {
    /// Evaluates `foot`. With `required`, also what must hold before anything is processed.
    /// What it warns of is told at once.
    pub fn evaluate(
        foot: &str,
        args: &EvalArgs,
        required: bool,
        terminal: &Terminal,
    ) -> Result<Foot, Failure> {
        let settings = settings(args)?;
        let here = current_dir()?;
        let host = RealHost::new(here, Path::new(foot), &args.nail_path);
        let evaluation = toe_eval::evaluate(&host, foot, &settings);
        let mut diagnostics: Vec<Diagnostic> =
            evaluation.errors.iter().map(toe_eval::EvalError::diagnostic).collect();
        let sources = evaluation.sources;
        for warning in evaluation.warnings.iter().filter(|_| !terminal.quiet) {
            err!("{}", render::text::render(warning, &sources, terminal));
        }
        match evaluation.plan {
            Some(plan) if diagnostics.is_empty() => {
                if required {
                    diagnostics.extend(toe_lint::required(&plan));
                }
                if diagnostics.is_empty() {
                    Ok(Foot { plan, sources, nails: evaluation.nails })
                } else {
                    Err(Failure { diagnostics, sources })
                }
            }
            _ => Err(Failure { diagnostics, sources }),
        }
    }

    /// What `toe lint` calls an error in the foot stops a run; what it warns of does not.
    pub fn refuse_mistakes(&self, args: &EvalArgs) -> Result<(), Failure> {
        let host = RealHost::new(current_dir()?, Path::new(&self.plan.foot), &args.nail_path);
        let rules = Projects::new(Choices::default())
            .of(Path::new(&self.plan.foot))?
            .rules_for(Path::new(&self.plan.foot));
        let evaluation = Evaluation {
            plan: Some(self.plan.clone()),
            sources: self.sources.clone(),
            nails: self.nails.clone(),
            ..Evaluation::default()
        };
        let mut report =
            toe_lint::lint_evaluated(&host, &self.plan.foot, &evaluation, &settings(args)?, &rules);
        report.diagnostics.retain(|d| d.severity == Severity::Error);
        if report.diagnostics.is_empty() {
            return Ok(());
        }
        Err(Failure { diagnostics: report.diagnostics, sources: report.sources })
    }
}

/// What the command line says about an evaluation.
pub fn settings(args: &EvalArgs) -> Result<Settings, Failure> {
    let mut env = Vec::new();
    for name in &args.env {
        match std::env::var(name) {
            Ok(value) => env.push((name.clone(), value)),
            Err(std::env::VarError::NotPresent) => {
                return Err(Failure::of(&FootError::EnvUnset { name: name.clone() }));
            }
            Err(std::env::VarError::NotUnicode(_)) => {
                return Err(Failure::of(&FootError::EnvNotUtf8 { name: name.clone() }));
            }
        }
    }
    Ok(Settings {
        defines: args.define.clone(),
        env,
        nail_path: args.nail_path.clone(),
        root: args.root.clone(),
        allow_exec: args.allow_exec,
        ..Settings::default()
    })
}

/// The current directory, where relative paths start.
pub fn current_dir() -> Result<PathBuf, Failure> {
    std::env::current_dir().map_err(|e| Failure::of(&FootError::CurrentDirectory(e)))
}
