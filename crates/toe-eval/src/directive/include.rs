//! `Include FILE [ARG..]`: another nail in this scope. In the original it is a function that sources
//! the file, so `local`, `declare` and `return` at the top of the file are the function's.

use std::path::{Path, PathBuf};

use crate::EvalErrorKind;
use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn include(&mut self, args: &[Expanded]) -> Run<i32> {
        let command = self.here;
        let Some((file, args)) = args.split_first() else {
            return Err(self.error(EvalErrorKind::BadArgument {
                message: "Include takes at least 1 word, here are 0".to_owned(),
                help: "write: Include FILE [ARG..]".to_owned(),
            }));
        };
        if file.text.is_empty() {
            self.here = file.span;
            return Err(self.error(EvalErrorKind::BadArgument {
                message: "the name of the nail is empty".to_owned(),
                help: "write: Include FILE [ARG..]".to_owned(),
            }));
        }
        let candidates = self.include_candidates(&file.text);
        let found = self.find_nail(&candidates, &file.text, file.span)?;
        self.framed(args, |machine| machine.run_nail(found, file.span))?;
        self.here = command;
        Ok(self.status)
    }

    /// The current directory, the including file's directory, the nail paths.
    fn include_candidates(&self, file: &str) -> Vec<PathBuf> {
        let path = Path::new(file);
        let mut out = vec![path.to_owned()];
        if path.is_absolute() {
            return out;
        }
        let beside = Path::new(&*self.file).parent().map(|dir| dir.join(path));
        for candidate in beside.into_iter().chain(self.settings.nail_path.iter().map(|dir| dir.join(path))) {
            if !out.contains(&candidate) {
                out.push(candidate);
            }
        }
        out
    }
}
