//! Command substitution: a subshell whose output becomes text.

use toe_source::Span;
use toe_syntax::tree::{CommandKind, CommandSubst, RedirectKind, Word};

use crate::machine::{Machine, Stream};
use crate::stop::{Run, Stop};

use super::Context;

impl Machine<'_> {
    /// The output without its trailing newlines.
    pub(crate) fn substitute(&mut self, substitution: &CommandSubst, span: Span) -> Run<String> {
        let here = self.here;
        let mut bytes = if let Some(word) = file_of(substitution) {
            let path = self.single(word, Context::SINGLE)?;
            self.here = span;
            match self.read_text_file(&path)? {
                Ok(bytes) => {
                    self.end_substitution(0);
                    bytes
                }
                Err(message) => {
                    self.complain(message)?;
                    self.end_substitution(1);
                    Vec::new()
                }
            }
        } else {
            self.here = span;
            let marked = self.empty_marked;
            let bytes = self.subshell(substitution)?;
            self.empty_marked = marked;
            bytes
        };
        while bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        self.here = span;
        self.check_word(bytes.len())?;
        let text = self.text_of(bytes, "a command substitution")?;
        self.here = here;
        Ok(text)
    }

    fn end_substitution(&mut self, status: i32) {
        self.status = status;
        self.substitution_status = Some(status);
    }

    fn subshell(&mut self, substitution: &CommandSubst) -> Run<Vec<u8>> {
        self.charge(1 + self.scope.len() as u64 * 4)?;
        let scope = self.scope.clone();
        self.scope.options.errexit = false;
        let saved =
            (self.stdout, self.stdin_null, self.loop_depth, self.file.clone(), self.included_from.clone());
        let sock_dir_at = self.sock_dir_at.clone();
        let positional_set = self.positional_set;
        self.sinks.push(Vec::new());
        self.stdout = Stream::Sink(self.sinks.len() - 1);
        self.loop_depth = 0;
        self.subshell_depth += 1;
        let result = self.deeper(|machine| machine.run_list(&substitution.body));
        self.subshell_depth -= 1;
        let output = self.sinks.pop().unwrap_or_default();
        (self.stdout, self.stdin_null, self.loop_depth, self.file, self.included_from) = saved;
        self.sock_dir_at = sock_dir_at;
        self.positional_set = positional_set;
        self.scope = scope;
        match result {
            Ok(()) if substitution.body.statements.is_empty() => self.end_substitution(0),
            Ok(()) => self.end_substitution(self.status),
            Err(Stop::Exit(status) | Stop::Return(status) | Stop::Failed(status)) => {
                self.end_substitution(status);
            }
            Err(stop) => return Err(stop),
        }
        Ok(output)
    }
}

/// The file of `$(<file)`.
fn file_of(substitution: &CommandSubst) -> Option<&Word> {
    let [statement] = substitution.body.statements.as_slice() else { return None };
    let CommandKind::Simple(simple) = &statement.first.command.kind else { return None };
    let alone = statement.rest.is_empty()
        && !statement.first.negated
        && simple.args.is_empty()
        && simple.assignments.is_empty();
    match simple.redirects.as_slice() {
        [redirect] if alone && redirect.fd.is_none_or(|fd| fd == 0) => match &redirect.kind {
            RedirectKind::In(word) => Some(word),
            _ => None,
        },
        _ => None,
    }
}
