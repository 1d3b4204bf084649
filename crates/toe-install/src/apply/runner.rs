//! Running one scriptlet or trigger, and judging how it ended.

use toe_root::Root;
use toe_rpm::Script;
use toe_source::{Diagnostic, Event, Observer};

use crate::lua::LuaScript;
use crate::macros::Macros;
use crate::package_error::PackageError;
use crate::sandbox::{Environment, Job, Limits, Outcome, Program, Sandbox};
use crate::transaction::expand;

/// What all scriptlets of a run share.
pub(super) struct Runner<'a> {
    pub root: &'a Root,
    pub observer: &'a dyn Observer,
    pub limits: Limits,
    pub environment: Environment,
    pub macros: Macros,
}

/// One scriptlet's run.
pub(super) struct Run<'a> {
    /// The package that it belongs to.
    pub package: &'a str,
    /// `%post`.
    pub name: &'a str,
    pub script: &'a Script,
    /// `$1`, `$2`.
    pub args: &'a [usize],
    /// Lines for standard input.
    pub stdin: &'a [u8],
}

impl Runner<'_> {
    /// Runs a scriptlet on which the installation depends.
    pub(super) fn critical(&self, run: &Run<'_>) -> Result<(), PackageError> {
        let outcome = self.run(run)?;
        if outcome.end.is_success() { Ok(()) } else { Err(failure(run, &outcome)) }
    }

    /// Runs a scriptlet whose failure is a warning, unless the package says that it is critical.
    /// Gives the warning's text.
    pub(super) fn lenient(&self, run: &Run<'_>) -> Result<Option<String>, PackageError> {
        if run.script.flags & toe_rpm::tags::script_flags::CRITICAL != 0 {
            return self.critical(run).map(|()| None);
        }
        let outcome = self.run(run)?;
        if outcome.end.is_success() {
            return Ok(None);
        }
        let mut warning = Diagnostic::from_error(&failure(run, &outcome));
        warning.severity = toe_source::Severity::Warning;
        warning.help =
            Some("rpm installs the package all the same, and so does toe; see the output above".to_owned());
        self.observer.event(Event::Warning(&warning));
        Ok(Some(warning.message))
    }

    fn run(&self, run: &Run<'_>) -> Result<Outcome, PackageError> {
        let from = format!("{} {}", run.package, run.name);
        let unsupported = |why: String| PackageError::ScriptletUnsupported {
            package: run.package.to_owned(),
            scriptlet: run.name.to_owned(),
            why,
        };
        let body = expand(run.script, &self.macros).map_err(unsupported)?;
        let mut args: Vec<Vec<u8>> = run.args.iter().map(|n| n.to_string().into_bytes()).collect();
        let words = &run.script.interpreter;
        let root = self.root.fd();
        let sandbox = Sandbox::new(&root, self.limits.clone());
        let launch = |program: Program<'_>| {
            let environment = self.environment.clone();
            let job = Job { from: &from, program, stdin: run.stdin, environment };
            sandbox.run(&job, self.observer).map_err(PackageError::from)
        };
        let outcome = match body {
            Some(body) if words.first().is_some_and(|w| w == b"<lua>") => {
                let mut words: Vec<_> = words.iter().skip(1).cloned().collect();
                words.append(&mut args);
                let script = LuaScript { name: run.name, body: &body, args: &words, macros: &self.macros };
                launch(Program::Inside(&|| script.run()))?
            }
            Some(body) => launch(Program::Script { interpreter: words, body: &body, args: &args })?,
            // Lua without a text does nothing; a program without one gets its own words only.
            None if words.first().is_some_and(|w| w == b"<lua>") => launch(Program::Inside(&|| 0))?,
            None => launch(Program::Command { argv: words })?,
        };
        if outcome.unseen_output > 0 {
            let text = format!("({} more bytes of output)", outcome.unseen_output);
            self.observer.event(Event::Line { from: &from, text: &text });
        }
        Ok(outcome)
    }
}

fn failure(run: &Run<'_>, outcome: &Outcome) -> PackageError {
    PackageError::ScriptletFailed {
        package: run.package.to_owned(),
        scriptlet: run.name.to_owned(),
        end: outcome.end.to_string(),
        output: outcome.last_line.as_ref().map(|line| format!(" ({line})")).unwrap_or_default(),
    }
}
