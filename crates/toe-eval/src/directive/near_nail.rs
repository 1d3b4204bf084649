//! The nail whose name is nearest to one that is not there.

use std::path::{Path, PathBuf};

use crate::machine::Machine;
use crate::suggest;

/// More entries of a directory than this are not compared.
const MOST_ENTRIES: usize = 1000;

impl Machine<'_> {
    /// A file beside one of `candidates` that has nearly its name, as it would have to be written.
    pub(crate) fn near_nail(&self, candidates: &[PathBuf]) -> Option<String> {
        candidates.iter().find_map(|candidate| {
            let name = candidate.file_name()?.to_str()?;
            let directory = candidate.parent().unwrap_or(Path::new(""));
            let listed = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
            let entries = self.host.list(listed).ok()?;
            let files = entries.iter().take(MOST_ENTRIES).filter(|entry| !entry.is_directory);
            let near = suggest::nearest(name, files.map(|entry| entry.name.as_str()))?;
            Some(directory.join(near).display().to_string())
        })
    }
}
