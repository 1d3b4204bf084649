//! `Base DIR`: one SOCK_DIR in a run.

use toe_plan::DirectiveName;
use toe_source::Span;

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::{Run, Stop};
use crate::{EvalError, EvalErrorKind};

impl Machine<'_> {
    pub(super) fn base(&mut self, args: &[Expanded], span: Span) -> Run<i32> {
        let mut args = args.to_vec();
        if let (Some(root), [only]) = (&self.settings.root, args.as_mut_slice()) {
            only.text.clone_from(root);
        }
        self.step(DirectiveName::Base, &args, None, span)?;
        let Some(dir) = args.first() else { return Ok(0) };
        self.here = dir.span;
        match self.base.clone() {
            Some((first, at)) if first != dir.text => {
                return Err(self.second_sock_dir(first, at.span, &dir.text));
            }
            Some(_) => {}
            None => self.base = Some((dir.text.clone(), self.origin())),
        }
        self.set_scalar("SOCK_DIR", &dir.text)?;
        Ok(0)
    }

    /// The error for two values of SOCK_DIR, at the second, with the place of the first.
    pub(crate) fn second_sock_dir(&self, first: String, at: Span, second: &str) -> Stop {
        EvalError::at(EvalErrorKind::SecondSockDir { first, second: second.to_owned() }, self.origin())
            .with_label("the second value")
            .with_related(at, "the first value")
            .into()
    }
}
