//! The nails that a walk meets: each is read and parsed once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toe_eval::{Evaluation, Host, HostError, LoadedNail, NailFile};
use toe_source::{SourceId, SourceMap};
use toe_syntax::tree::Nail;

/// What is at a path.
#[derive(Debug, Clone)]
pub(super) enum Found {
    Nail(Loaded),
    /// It does not parse: the first error.
    Broken(String),
    Unreadable(HostError),
    Missing,
}

/// A nail that parses.
#[derive(Debug, Clone)]
pub(super) struct Loaded {
    pub source: SourceId,
    pub identity: PathBuf,
    pub tree: Arc<Nail>,
}

/// Reads and parses; what the evaluation has read is taken from it.
pub(super) struct Nails<'h> {
    host: &'h dyn Host,
    limit: u64,
    pub sources: SourceMap,
    /// In the order of reading, as [`Evaluation::nails`].
    pub loaded: Vec<LoadedNail>,
    by_identity: HashMap<PathBuf, Result<usize, String>>,
    by_path: HashMap<PathBuf, Found>,
}

/// Texts of one walk are not more bytes than this together.
const MOST_BYTES: u64 = 64 << 20;

impl<'h> Nails<'h> {
    pub(super) fn new(host: &'h dyn Host, evaluation: &Evaluation, limit: u64) -> Self {
        let loaded = evaluation.nails.clone();
        let by_identity = loaded.iter().enumerate().map(|(i, nail)| (nail.identity.clone(), Ok(i))).collect();
        let sources = evaluation.sources.clone();
        // A name that is a path read in whole is what the evaluation found there.
        let found = |nail: &LoadedNail| {
            let LoadedNail { source, identity, tree } = nail.clone();
            let name = &sources.file(source).name;
            let is_path = !name.contains(char::REPLACEMENT_CHARACTER);
            is_path.then(|| (PathBuf::from(name), Found::Nail(Loaded { source, identity, tree })))
        };
        let by_path = loaded.iter().filter_map(found).collect();
        Nails { host, limit, sources, loaded, by_identity, by_path }
    }

    /// The nail at `path`.
    pub(super) fn at(&mut self, path: &Path) -> Found {
        if let Some(found) = self.by_path.get(path) {
            return found.clone();
        }
        let found = self.look(path);
        self.by_path.insert(path.to_owned(), found.clone());
        found
    }

    /// The names of files in the directory of `path`; none of them when there are many.
    pub(super) fn beside(&self, path: &Path) -> Vec<String> {
        const MOST: usize = 2000;
        let directory = match path.parent() {
            Some(directory) if !directory.as_os_str().is_empty() => directory,
            _ => Path::new("."),
        };
        let entries = self.host.list(directory).unwrap_or_default();
        let files = entries.into_iter().filter(|entry| !entry.is_directory).map(|entry| entry.name);
        let mut files: Vec<String> = files.take(MOST + 1).collect();
        if files.len() > MOST {
            files.clear();
        }
        files.sort_unstable();
        files
    }

    fn look(&mut self, path: &Path) -> Found {
        let read: u64 = self.sources.iter().map(|(_, file)| file.text.len() as u64).sum();
        let file = match self.host.read(path, self.limit.min(MOST_BYTES.saturating_sub(read))) {
            Ok(file) => file,
            Err(HostError::NotFound(_)) => return Found::Missing,
            Err(reason) => return Found::Unreadable(reason),
        };
        let known = self.by_identity.get(&file.identity).cloned();
        let nail = known.unwrap_or_else(|| self.parse(path, &file));
        match nail.map(|i| &self.loaded[i]) {
            Ok(nail) => {
                let LoadedNail { source, identity, tree } = nail.clone();
                Found::Nail(Loaded { source, identity, tree })
            }
            Err(message) => Found::Broken(message),
        }
    }

    fn parse(&mut self, path: &Path, file: &NailFile) -> Result<usize, String> {
        let source = self.sources.add(path.to_string_lossy(), String::from_utf8_lossy(&file.bytes));
        let nail = match self.host.parse(source, file) {
            Ok(tree) => {
                self.loaded.push(LoadedNail { source, identity: file.identity.clone(), tree });
                Ok(self.loaded.len() - 1)
            }
            Err(errors) => Err(errors.first().map(|error| error.diagnostic().message).unwrap_or_default()),
        };
        self.by_identity.insert(file.identity.clone(), nail.clone());
        nail
    }
}
