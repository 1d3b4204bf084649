//! Functions: definition, call, depth.

use std::rc::Rc;

use toe_source::Span;
use toe_syntax::tree::Function;

use crate::EvalErrorKind;
use crate::expand::Expanded;
use crate::machine::Machine;
use crate::scope::{FunctionDef, LayerKind};
use crate::stop::{Run, Stop};

/// How many calls an error shows, beginning with the one nearest to it.
const CALLS_SHOWN: usize = 3;

/// Tells where the function was called in which an error is.
fn called_at(stop: Stop, call: Span) -> Stop {
    let Stop::Error(error) = stop else { return stop };
    let shown = error.related.iter().any(|label| label.span == call)
        || error.origin.as_ref().is_some_and(|origin| origin.span == call);
    let calls = error.related.iter().filter(|label| label.message == CALLED).count();
    if shown || calls >= CALLS_SHOWN {
        return Stop::Error(error);
    }
    Stop::Error(Box::new(error.with_related(call, CALLED)))
}

const CALLED: &str = "called here";

impl Machine<'_> {
    pub(super) fn define(&mut self, function: &Function) -> Run {
        self.charge(1 + function.body.span.len() as u64 / 16)?;
        let def = FunctionDef {
            name: Rc::from(function.name.as_str()),
            body: (*function.body).clone(),
            included_from: self.included_from.clone(),
            file: self.file.clone(),
        };
        if self.scope.functions.len() >= 100_000 {
            return Err(self.error(EvalErrorKind::Limit {
                what: "the number of functions",
                limit: "100000".to_owned(),
                help: "define fewer functions",
            }));
        }
        self.scope.functions.insert(function.name.clone(), Rc::new(def));
        self.status = 0;
        Ok(())
    }

    /// Calls a function, at `call`, with its own positional parameters and local variables.
    pub(crate) fn call(&mut self, function: &Rc<FunctionDef>, args: &[Expanded], call: Span) -> Run {
        if self.function_depth >= self.settings.limits.function_depth {
            return Err(self.error(EvalErrorKind::Limit {
                what: "the depth of function calls",
                limit: self.settings.limits.function_depth.to_string(),
                help: "look for a function that calls itself without end",
            }));
        }
        let included_from = std::mem::replace(&mut self.included_from, function.included_from.clone());
        let file = std::mem::replace(&mut self.file, function.file.clone());
        self.function_depth += 1;
        self.calls.push(function.name.clone());
        let result = self.framed(args, |machine| machine.run_command(&function.body));
        self.calls.pop();
        self.function_depth -= 1;
        self.included_from = included_from;
        self.file = file;
        result.map_err(|stop| called_at(stop, call))
    }

    /// Runs `work` with `args` as `$1..`, a layer for locals, and its own loops; `return` ends it.
    pub(crate) fn framed(&mut self, args: &[Expanded], work: impl FnOnce(&mut Self) -> Run) -> Run {
        let positional = Rc::new(args.iter().map(|a| Rc::from(a.text.as_str())).collect());
        let positional = std::mem::replace(&mut self.scope.positional, positional);
        let loops = std::mem::replace(&mut self.loop_depth, 0);
        self.positional_set = false;
        let held = args.iter().map(|a| a.text.len() + 48).sum::<usize>();
        self.scope.push(LayerKind::Function);
        let result = self.check_values(held).and_then(|()| work(self));
        self.scope.pop();
        // Bash forgets it with every function that returns, and directives are functions there.
        self.positional_set = false;
        self.loop_depth = loops;
        self.scope.positional = positional;
        match result {
            Err(Stop::Return(status)) => {
                self.status = status;
                Ok(())
            }
            other => other,
        }
    }
}
