//! Why execution leaves the command that it is in.

use crate::EvalError;

/// What unwinds through nested commands.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The nail is wrong.
    Error(Box<EvalError>),
    /// `exit N`, or the end of a subshell by `set -e`.
    Exit(i32),
    /// `set -e` met a failing command.
    Failed(i32),
    /// `die`.
    Die,
    /// `return N`.
    Return(i32),
    /// `break N`: loops still to leave.
    Break(u64),
    /// `continue N`: loops still to leave before the one that goes on.
    Continue(u64),
}

impl From<EvalError> for Stop {
    fn from(error: EvalError) -> Self {
        Stop::Error(Box::new(error))
    }
}

/// The result of everything that runs.
pub(crate) type Run<T = ()> = Result<T, Stop>;
