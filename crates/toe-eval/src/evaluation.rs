//! From a foot to a plan.

use toe_plan::Plan;
use toe_source::{Diagnostic, Origin, SourceMap};

use crate::{EvalError, EvalErrorKind, Host, Settings};

/// An external command that `--allow-exec` let run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalCommand {
    /// Its words.
    pub argv: Vec<String>,
    /// Where.
    pub origin: Origin,
}

/// What became of a foot.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// The plan; absent when an error stopped the evaluation.
    /// A plan that a `die`, an `exit` or `set -e` cut short is there: it holds what was reached.
    pub plan: Option<Plan>,
    /// Every text that was read, for reports.
    pub sources: SourceMap,
    /// What was wrong; empty when all is well.
    pub errors: Vec<EvalError>,
    /// What deserves a look, though the plan stands.
    pub warnings: Vec<Diagnostic>,
    /// 0; the N of `exit N`; 1 after `die`; the status that `set -e` stopped at; 2 after an error.
    pub status: i32,
    /// What `echo` and `printf` wrote outside of command substitutions.
    pub output: String,
    /// The commands that ran on the host.
    pub external_commands: Vec<ExternalCommand>,
}

/// Evaluates the nail at path `foot`. Nothing is built, fetched or written.
pub fn evaluate(_host: &dyn Host, foot: &str, _settings: &Settings) -> Evaluation {
    let mut out = Evaluation { status: 2, ..Evaluation::default() };
    out.errors.push(EvalError::without_place(EvalErrorKind::NotInSubset {
        what: format!("evaluation of `{foot}`"),
        help: "wait for the parser".to_owned(),
    }));
    out
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
