//! `return`, `exit`, `break`, `continue`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::{Run, Stop};

impl Machine<'_> {
    /// The status of `exit N` and `return N`: its lowest eight bits.
    fn status_argument(&self, command: &str, args: &[Expanded]) -> Run<i32> {
        match args {
            [] => Ok(self.status),
            [word] => match word.text.trim().parse::<i64>() {
                Ok(n) => Ok((n & 0xff) as i32),
                Err(_) => Err(self.bad_call(
                    command,
                    format!("`{}` is no status", word.text.escape_debug()),
                    "a status is a number from 0 to 255",
                )),
            },
            _ => Err(self.bad_call(command, "too many words", format!("write {command} N"))),
        }
    }

    pub(super) fn return_(&mut self, args: &[Expanded]) -> Run<i32> {
        if self.function_depth == 0 && self.open_files.len() < 2 {
            return Err(self.bad_call(
                "return",
                "there is no function or included nail to return from",
                "use `exit` to end the evaluation",
            ));
        }
        Err(Stop::Return(self.status_argument("return", args)?))
    }

    pub(super) fn exit(&mut self, args: &[Expanded]) -> Run<i32> {
        Err(Stop::Exit(self.status_argument("exit", args)?))
    }

    fn loops(&self, command: &str, args: &[Expanded]) -> Run<u64> {
        if self.loop_depth == 0 {
            return Err(self.bad_call(command, "there is no loop here", "use it inside for, while or until"));
        }
        let count = match args {
            [] => 1,
            [word] => match word.text.trim().parse::<u64>() {
                Ok(n) if n > 0 => n,
                _ => {
                    let message = format!("`{}` is no count of loops", word.text.escape_debug());
                    return Err(self.bad_call(command, message, "a count is 1 or more"));
                }
            },
            _ => return Err(self.bad_call(command, "too many words", format!("write {command} N"))),
        };
        Ok(count.min(self.loop_depth))
    }

    pub(super) fn break_(&mut self, args: &[Expanded]) -> Run<i32> {
        let count = self.loops("break", args)?;
        self.status = 0;
        Err(Stop::Break(count))
    }

    pub(super) fn continue_(&mut self, args: &[Expanded]) -> Run<i32> {
        let count = self.loops("continue", args)?;
        self.status = 0;
        Err(Stop::Continue(count))
    }
}
