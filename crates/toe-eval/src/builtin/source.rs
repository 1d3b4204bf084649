//! `source FILE [ARG..]` and `.`: the file in the running scope, found from the current directory.

use std::path::Path;
use std::rc::Rc;

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::{Run, Stop};

impl Machine<'_> {
    pub(super) fn source(&mut self, args: &[Expanded]) -> Run<i32> {
        let Some((file, args)) = args.split_first() else {
            return Err(self.bad_call("source", "no file is named", "write source FILE"));
        };
        if file.text.starts_with('-') {
            return Err(self.not_in_subset(format!("`source {}`", file.text), "write ./ before the name"));
        }
        if !file.text.contains('/') {
            return Err(self.not_in_subset(
                format!("`source {}`, which bash looks for in PATH", file.text),
                format!("write Include {0}, or source ./{0}", file.text),
            ));
        }
        let span = file.span;
        let command = self.here;
        let found = self.find_nail(&[Path::new(&file.text).to_path_buf()], &file.text, span)?;
        let saved = (!args.is_empty()).then(|| {
            let positional = Rc::new(args.iter().map(|a| Rc::from(a.text.as_str())).collect());
            std::mem::replace(&mut self.scope.positional, positional)
        });
        let loops = std::mem::replace(&mut self.loop_depth, 0);
        let set_before = std::mem::replace(&mut self.positional_set, false);
        let result = self.run_nail(found, span);
        self.loop_depth = loops;
        if let Some(positional) = saved {
            // Outside of functions and included nails bash keeps what `set --` in the file made of the arguments.
            if !self.positional_set || self.scope.local_layer() > 0 {
                self.scope.positional = positional;
            }
            self.positional_set = set_before;
        } else {
            self.positional_set |= set_before;
        }
        self.here = command;
        match result {
            Ok(()) => Ok(self.status),
            Err(Stop::Return(status)) => Ok(status),
            Err(stop) => Err(stop),
        }
    }
}
