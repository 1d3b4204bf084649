//! Lists, `&&`, `||`, `!`, and the choice of what a command is.

use toe_syntax::tree::{AndOr, AndOrOp, Command, CommandKind, List, Pipeline};

use crate::machine::Machine;
use crate::stop::{Run, Stop};

impl Machine<'_> {
    /// Runs statements in order; an empty list leaves the status alone.
    pub(crate) fn run_list(&mut self, list: &List) -> Run {
        for statement in &list.statements {
            self.run_and_or(statement)?;
        }
        Ok(())
    }

    /// Runs a list as a condition: `set -e` does not look.
    pub(crate) fn run_condition(&mut self, list: &List) -> Run<bool> {
        self.errexit_ignored += 1;
        let result = self.run_list(list);
        self.errexit_ignored -= 1;
        result.map(|()| self.status == 0)
    }

    fn run_and_or(&mut self, statement: &AndOr) -> Run {
        let count = statement.rest.len();
        self.run_part(&statement.first, count > 0)?;
        for (i, (op, pipeline)) in statement.rest.iter().enumerate() {
            let wanted = match op {
                AndOrOp::And => self.status == 0,
                AndOrOp::Or => self.status != 0,
            };
            if wanted {
                self.run_part(pipeline, i + 1 < count)?;
            }
        }
        Ok(())
    }

    /// Runs one member of a list; `set -e` looks at the last only.
    fn run_part(&mut self, pipeline: &Pipeline, ignored: bool) -> Run {
        let ignored = usize::from(ignored || pipeline.negated);
        self.errexit_ignored += ignored;
        let result = self.run_command(&pipeline.command);
        self.errexit_ignored -= ignored;
        result?;
        if pipeline.negated {
            self.status = i32::from(self.status == 0);
        }
        Ok(())
    }

    /// Runs one command.
    pub(crate) fn run_command(&mut self, command: &Command) -> Run {
        self.here = command.span;
        self.charge(1)?;
        self.deeper(|machine| {
            if command.redirects.is_empty() {
                machine.run_kind(command)
            } else {
                machine.redirected(&command.redirects, |machine| machine.run_kind(command))
            }
        })
    }

    fn run_kind(&mut self, command: &Command) -> Run {
        match &command.kind {
            CommandKind::Simple(simple) => self.run_simple(simple)?,
            CommandKind::Cond(condition) => {
                let yes = self.evaluate_cond(condition)?;
                self.status = i32::from(!yes);
            }
            CommandKind::Arith(arith) => {
                let value = self.arithmetic_parts(&arith.parts)?;
                self.status = i32::from(value == 0);
            }
            CommandKind::Group(list) => return self.run_list(list),
            CommandKind::If(clause) => return self.run_if(clause),
            CommandKind::For(clause) => return self.run_for(clause),
            CommandKind::ArithFor(clause) => return self.run_arith_for(clause),
            CommandKind::While(clause) => return self.run_while(clause),
            CommandKind::Case(clause) => return self.run_case(clause),
            CommandKind::Function(function) => return self.define(function),
        }
        // Only these kinds make `set -e` end the shell, as in bash.
        if self.status != 0 && self.scope.options.errexit && self.errexit_ignored == 0 {
            self.here = command.span;
            return Err(Stop::Failed(self.status));
        }
        Ok(())
    }
}
