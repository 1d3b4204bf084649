//! The state of one evaluation.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use toe_plan::{Directive, ExternalCommand, Input};
use toe_source::{Diagnostic, Origin, SourceId, SourceMap, Span};
use toe_syntax::tree::Nail;

use crate::directive::planned_packages::PlannedPackages;
use crate::scope::Scope;
use crate::stop::{Run, Stop};
use crate::{EvalError, EvalErrorKind, Host, Settings};

/// Where a stream goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    /// `/dev/null`
    Null,
    /// The collected text of that number; 0 is the evaluation's own output.
    Sink(usize),
    /// The warnings.
    Warnings,
}

/// A nail that was read and parsed.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    /// Its text in the source map.
    pub source: SourceId,
    /// Its tree.
    pub nail: Arc<Nail>,
}

/// A file that is being evaluated.
#[derive(Debug, Clone)]
pub(crate) struct OpenFile {
    /// Its canonical path.
    pub identity: PathBuf,
    /// Its name in messages.
    pub name: String,
    /// The Include word that opened it; absent for the foot.
    pub included_at: Option<Span>,
}

/// The state of one evaluation.
pub(crate) struct Machine<'h> {
    pub host: &'h dyn Host,
    pub settings: &'h Settings,
    pub foot: &'h str,
    pub sources: SourceMap,
    pub loaded: HashMap<PathBuf, Loaded>,
    pub open_files: Vec<OpenFile>,
    /// Name of the file whose text is running (a function's own file while it runs).
    pub file: Rc<str>,
    pub included_from: Arc<[Span]>,
    pub inputs: Vec<Input>,
    pub input_ids: BTreeSet<PathBuf>,
    pub scope: Scope,
    pub status: i32,
    /// Where an error is reported: the command or word that runs.
    pub here: Span,
    pub directives: Vec<Directive>,
    /// The packages among them.
    pub planned_packages: PlannedPackages,
    pub base: Option<(String, Origin)>,
    pub sock_dir_at: Option<Origin>,
    pub external_commands: Vec<ExternalCommand>,
    pub warnings: Vec<Diagnostic>,
    /// What PkgCheck said no to, and where.
    pub packages_missed: Vec<(String, Origin)>,
    /// Syntax errors after the first, of the file that could not be parsed.
    pub syntax_errors: Vec<EvalError>,
    /// Bytes of all directives.
    pub plan_bytes: usize,
    pub sinks: Vec<Vec<u8>>,
    pub stdout: Stream,
    pub stderr: Stream,
    /// Standard input is `/dev/null`.
    pub stdin_null: bool,
    pub steps: u64,
    pub nesting: usize,
    pub function_depth: usize,
    /// Above 0 `set -e` is ignored: conditions, `!`, all but the last of `&&` and `||`.
    pub errexit_ignored: usize,
    pub subshell_depth: usize,
    pub loop_depth: u64,
    /// `set --` was used since the last function or file began.
    pub positional_set: bool,
    /// The status of the last command substitution of the running command.
    pub substitution_status: Option<i32>,
    /// Compiled regular expressions by their source.
    pub regexes: HashMap<String, regex::Regex>,
    /// The functions that run, outermost first.
    pub calls: Vec<Rc<str>>,
    /// A `$@` with no elements was met in the running double quotes.
    pub empty_list_seen: bool,
    /// What is empty, yet keeps its field beside such a list, was met there.
    pub empty_kept: bool,
    /// An operator gave an empty text in double quotes that hold nothing else, or the word of one holds empty quotes.
    pub empty_marked: bool,
}

impl<'h> Machine<'h> {
    pub(crate) fn new(host: &'h dyn Host, foot: &'h str, settings: &'h Settings) -> Self {
        Machine {
            host,
            settings,
            foot,
            sources: SourceMap::new(),
            loaded: HashMap::new(),
            open_files: Vec::new(),
            file: Rc::from(foot),
            included_from: Arc::from([]),
            inputs: Vec::new(),
            input_ids: BTreeSet::new(),
            scope: Scope::new(),
            status: 0,
            here: Span::new(SourceId(0), 0, 0),
            directives: Vec::new(),
            planned_packages: PlannedPackages::default(),
            base: None,
            sock_dir_at: None,
            external_commands: Vec::new(),
            warnings: Vec::new(),
            packages_missed: Vec::new(),
            syntax_errors: Vec::new(),
            plan_bytes: 0,
            sinks: vec![Vec::new()],
            stdout: Stream::Sink(0),
            stderr: Stream::Warnings,
            stdin_null: false,
            steps: 0,
            nesting: 0,
            function_depth: 0,
            errexit_ignored: 0,
            subshell_depth: 0,
            loop_depth: 0,
            positional_set: false,
            substitution_status: None,
            regexes: HashMap::new(),
            calls: Vec::new(),
            empty_list_seen: false,
            empty_kept: false,
            empty_marked: false,
        }
    }

    /// The place that runs, with its Include chain.
    pub(crate) fn origin(&self) -> Origin {
        self.origin_of(self.here)
    }

    /// A span of the running file, with its Include chain.
    pub(crate) fn origin_of(&self, span: Span) -> Origin {
        Origin { span, included_from: self.included_from.clone() }
    }

    /// An error at the place that runs.
    pub(crate) fn error(&self, kind: EvalErrorKind) -> Stop {
        EvalError::at(kind, self.origin()).into()
    }

    /// The error for what bash has and the subset has not.
    pub(crate) fn not_in_subset(&self, what: impl Into<String>, help: impl Into<String>) -> Stop {
        self.error(EvalErrorKind::NotInSubset { what: what.into(), help: help.into() })
    }

    /// The error for an expansion without a meaning.
    pub(crate) fn bad_expansion(&self, message: impl Into<String>, help: impl Into<String>) -> Stop {
        self.error(EvalErrorKind::BadExpansion { message: message.into(), help: help.into() })
    }

    /// The error for a wrong call of a built-in or program.
    pub(crate) fn bad_call(
        &self,
        command: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Stop {
        self.error(EvalErrorKind::BadCall {
            command: command.to_owned(),
            message: message.into(),
            help: help.into(),
        })
    }

    /// Counts `n` steps.
    pub(crate) fn charge(&mut self, n: u64) -> Run {
        self.steps = self.steps.saturating_add(n);
        if self.steps > self.settings.limits.steps {
            return Err(self.error(EvalErrorKind::Limit {
                what: "the work of this evaluation",
                limit: format!("{} steps", self.settings.limits.steps),
                help: "look for a loop that does not end, or for an expansion that grows",
            }));
        }
        Ok(())
    }

    /// Checks the size of a word.
    pub(crate) fn check_word(&self, bytes: usize) -> Run {
        if bytes > self.settings.limits.word_bytes {
            return Err(self.error(EvalErrorKind::Limit {
                what: "an expanded word",
                limit: format!("{} bytes", self.settings.limits.word_bytes),
                help: "look for a value that grows in a loop",
            }));
        }
        Ok(())
    }

    /// Checks the size of values held at a time, `more` of them not yet in the scope.
    pub(crate) fn check_values(&self, more: usize) -> Run {
        if self.scope.bytes().saturating_add(more) > self.settings.limits.value_bytes {
            return Err(self.error(EvalErrorKind::Limit {
                what: "the size of all values",
                limit: format!("{} bytes", self.settings.limits.value_bytes),
                help: "look for values that grow in a loop, or for a list that is too long",
            }));
        }
        Ok(())
    }

    /// Runs `work` one level deeper.
    pub(crate) fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        if self.nesting >= self.settings.limits.nesting_depth {
            return Err(self.error(EvalErrorKind::Limit {
                what: "the depth of commands within commands",
                limit: self.settings.limits.nesting_depth.to_string(),
                help: "look for a function that calls itself without end",
            }));
        }
        self.nesting += 1;
        let out = work(self);
        self.nesting -= 1;
        out
    }

    /// Writes to the standard output of the running command.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Run {
        let Stream::Sink(number) = self.stdout else { return Ok(()) };
        self.charge(bytes.len() as u64 / 64)?;
        let limit =
            if number == 0 { self.settings.limits.value_bytes } else { self.settings.limits.word_bytes };
        let have = self.sinks.get(number).map_or(0, Vec::len);
        if have + bytes.len() > limit {
            return Err(self.error(EvalErrorKind::Limit {
                what: if number == 0 { "the output of this evaluation" } else { "an expanded word" },
                limit: format!("{limit} bytes"),
                help: "look for a loop that writes without end",
            }));
        }
        if let Some(sink) = self.sinks.get_mut(number) {
            sink.extend_from_slice(bytes);
        }
        Ok(())
    }

    /// A message that a program would write to standard error and go on.
    pub(crate) fn complain(&mut self, message: String) -> Run {
        match self.stderr {
            Stream::Null => Ok(()),
            Stream::Warnings => {
                if self.warnings.len() < 1000 {
                    self.warnings.push(
                        Diagnostic {
                            code: "toe::eval::complaint".to_owned(),
                            severity: toe_source::Severity::Warning,
                            message,
                            causes: Vec::new(),
                            labels: Vec::new(),
                            help: None,
                            fix: None,
                            included_from: self.included_from.to_vec(),
                        }
                        .with_label(self.here, ""),
                    );
                }
                Ok(())
            }
            Stream::Sink(_) => Err(self.not_in_subset(
                format!("the message `{message}` as a value"),
                "send it to /dev/null with 2>/dev/null",
            )),
        }
    }
}
