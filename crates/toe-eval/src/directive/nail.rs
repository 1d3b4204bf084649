//! Reading a nail once, and running it within its Include chain.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use toe_plan::Input;
use toe_source::{SourceId, Span};

use crate::machine::{Loaded, Machine, OpenFile};
use crate::stop::{Run, Stop};
use crate::{EvalError, EvalErrorKind, HostError, NailFile};

/// A nail that was found, parsed and may be run.
#[derive(Debug, Clone)]
pub(crate) struct FoundNail {
    /// Its path as it was found.
    pub name: String,
    /// Its canonical path.
    pub identity: PathBuf,
    /// Its text and tree.
    pub loaded: Loaded,
}

impl Machine<'_> {
    /// Reads and parses the first of `candidates` that is there.
    pub(crate) fn find_nail(&mut self, candidates: &[PathBuf], word: &str, span: Span) -> Run<FoundNail> {
        self.here = span;
        self.charge(16)?;
        for candidate in candidates {
            let name = candidate.to_string_lossy().into_owned();
            match self.host.read(candidate, self.settings.limits.file_bytes) {
                Ok(file) => {
                    let loaded = self.load(&name, &file, Some(span))?;
                    return Ok(FoundNail { name, identity: file.identity, loaded });
                }
                Err(HostError::NotFound(_)) => {}
                Err(reason) => {
                    return Err(self.error(EvalErrorKind::IncludeUnreadable { file: name, reason }));
                }
            }
        }
        let looked = candidates.iter().map(|c| c.display().to_string()).collect();
        let near = self.near_nail(candidates);
        Err(self.error(EvalErrorKind::IncludeNotFound { file: word.to_owned(), looked, near }))
    }

    /// Parses a file, or takes its tree from the last time.
    pub(crate) fn load(&mut self, name: &str, file: &NailFile, included_at: Option<Span>) -> Run<Loaded> {
        self.note_input(name, file);
        if let Some(loaded) = self.loaded.get(&file.identity) {
            return Ok(loaded.clone());
        }
        self.charge(1 + file.bytes.len() as u64 / 16)?;
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        let source: SourceId = self.sources.add(name, text);
        let nail = match self.host.parse(source, file) {
            Ok(nail) => nail,
            Err(errors) => {
                let chain = self.chain_with(included_at);
                self.syntax_errors = errors
                    .iter()
                    .map(|e| EvalError {
                        origin: Some(toe_source::Origin { span: e.span(), included_from: chain.clone() }),
                        ..EvalError::without_place(EvalErrorKind::Syntax(Box::new(e.diagnostic())))
                    })
                    .collect();
                let first = self.syntax_errors.remove(0);
                return Err(first.into());
            }
        };
        let loaded = Loaded { source, nail };
        self.loaded.insert(file.identity.clone(), loaded.clone());
        Ok(loaded)
    }

    fn chain_with(&self, included_at: Option<Span>) -> Arc<[Span]> {
        self.included_from.iter().copied().chain(included_at).collect()
    }

    /// Runs a nail that was found, unless it is running already.
    pub(crate) fn run_nail(&mut self, found: FoundNail, span: Span) -> Run {
        self.here = span;
        if let Some(first) = self.open_files.iter().position(|f| f.identity == found.identity) {
            return Err(self.cycle(first, &found.name, span));
        }
        if self.open_files.len() > self.settings.limits.include_depth {
            return Err(self.error(EvalErrorKind::Limit {
                what: "the depth of Include",
                limit: self.settings.limits.include_depth.to_string(),
                help: "include files side by side rather than one in the other",
            }));
        }
        let chain = self.chain_with(Some(span));
        let included_from = std::mem::replace(&mut self.included_from, chain);
        let file = std::mem::replace(&mut self.file, Rc::from(found.name.as_str()));
        self.open_files.push(OpenFile {
            identity: found.identity,
            name: found.name,
            included_at: Some(span),
        });
        self.status = 0;
        let nail = found.loaded.nail.clone();
        // No function: FUNCNAME would be bash's word for a sourced file here.
        self.calls.push(Rc::from(""));
        let result = self.deeper(|machine| machine.run_list(&nail.body));
        self.calls.pop();
        if !matches!(result, Err(Stop::Error(_))) {
            self.open_files.pop();
        }
        self.file = file;
        self.included_from = included_from;
        result
    }

    /// The error for a file that includes itself, with every Include of the circle.
    fn cycle(&self, first: usize, name: &str, span: Span) -> Stop {
        let at =
            |span: Span| format!("{}:{}", self.sources.file(span.source).name, self.sources.start(span).line);
        let mut chain = Vec::new();
        let circle = &self.open_files[first + 1..];
        for file in circle {
            if let Some(included_at) = file.included_at {
                chain.push(format!("{} includes {}", at(included_at), file.name));
            }
        }
        chain.push(format!("{} includes {name}", at(span)));
        let mut error =
            EvalError::at(EvalErrorKind::IncludeCycle { file: name.to_owned(), chain }, self.origin())
                .with_label("closes the circle");
        for file in circle {
            if let Some(included_at) = file.included_at {
                error = error.with_related(included_at, format!("includes {}", file.name));
            }
        }
        error.into()
    }

    /// Records that a file was read; each file once.
    pub(crate) fn note_input(&mut self, name: &str, file: &NailFile) {
        if self.input_ids.insert(file.identity.clone()) {
            let sha256 = hex::encode(Sha256::digest(&file.bytes));
            self.inputs.push(Input { file: name.to_owned(), sha256 });
        }
    }
}
