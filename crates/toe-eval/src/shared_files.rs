//! What many evaluations read alike: kept, so that a nail that a hundred feet include is read and parsed once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use toe_source::SourceId;
use toe_syntax::tree::Nail;

use crate::NailFile;

/// Files and trees that are kept together; each file is taken to be the same for as long as this lives.
#[derive(Debug, Default)]
pub struct SharedFiles {
    kept: RwLock<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// Canonical paths by path.
    canonical: HashMap<PathBuf, PathBuf>,
    /// Bytes and trees by canonical path.
    files: HashMap<PathBuf, KeptFile>,
    /// Bytes of all files and of the texts of all trees.
    bytes: usize,
}

#[derive(Debug)]
struct KeptFile {
    bytes: Arc<[u8]>,
    /// A tree knows which number its text has.
    trees: Vec<(SourceId, Arc<Nail>)>,
}

/// What more files there are is read again each time.
const MOST_BYTES: usize = 4 << 20;
/// More paths are looked up each time.
const MOST_PATHS: usize = 20_000;

impl SharedFiles {
    /// The canonical path of `path`, as `find` gives it.
    pub(crate) fn canonical(
        &self,
        path: &Path,
        find: impl FnOnce() -> std::io::Result<PathBuf>,
    ) -> std::io::Result<PathBuf> {
        if let Some(known) = self.read(|kept| kept.canonical.get(path).cloned()) {
            return Ok(known);
        }
        let found = find()?;
        self.write(|kept| {
            if kept.canonical.len() < MOST_PATHS {
                kept.canonical.insert(path.to_owned(), found.clone());
            }
        });
        Ok(found)
    }

    /// The bytes of the file at a canonical path.
    pub(crate) fn bytes(&self, identity: &Path) -> Option<Arc<[u8]>> {
        self.read(|kept| kept.files.get(identity).map(|file| file.bytes.clone()))
    }

    /// Keeps what was read.
    pub(crate) fn keep(&self, file: &NailFile) {
        self.write(|kept| {
            if kept.bytes + file.bytes.len() <= MOST_BYTES && !kept.files.contains_key(&file.identity) {
                kept.bytes += file.bytes.len();
                let kept_file = KeptFile { bytes: Arc::from(file.bytes.as_slice()), trees: Vec::new() };
                kept.files.insert(file.identity.clone(), kept_file);
            }
        });
    }

    /// The tree of `file`, as `parse` makes it.
    pub(crate) fn tree<E>(
        &self,
        source: SourceId,
        file: &NailFile,
        parse: impl FnOnce() -> Result<Arc<Nail>, E>,
    ) -> Result<Arc<Nail>, E> {
        let is_same = |kept: &&KeptFile| *kept.bytes == *file.bytes;
        let known = self.read(|kept| {
            let trees = &kept.files.get(&file.identity).filter(is_same)?.trees;
            trees.iter().find(|(of, _)| *of == source).map(|(_, tree)| tree.clone())
        });
        if let Some(known) = known {
            return Ok(known);
        }
        let tree = parse()?;
        self.write(|kept| {
            let bytes = kept.bytes + file.bytes.len();
            if let Some(kept_file) = kept.files.get_mut(&file.identity)
                && *kept_file.bytes == *file.bytes
                && bytes <= MOST_BYTES
            {
                kept_file.trees.push((source, tree.clone()));
                kept.bytes = bytes;
            }
        });
        Ok(tree)
    }

    fn read<T>(&self, look: impl FnOnce(&Kept) -> T) -> T {
        look(&self.kept.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, change: impl FnOnce(&mut Kept)) {
        change(&mut self.kept.write().unwrap_or_else(PoisonError::into_inner));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Host, HostError, RealHost};

    #[test]
    fn trees_are_of_one_content_and_one_number() {
        let shared = SharedFiles::default();
        let file = |text: &str| NailFile { bytes: text.into(), identity: PathBuf::from("/a") };
        let parse = |number: u32, text: &str| {
            let (source, file) = (SourceId(number), file(text));
            shared.tree(source, &file, || crate::host::parse_file(source, &file)).unwrap()
        };
        shared.keep(&file("echo a\n"));
        let first = parse(1, "echo a\n");
        assert!(Arc::ptr_eq(&first, &parse(1, "echo a\n")));
        assert_eq!(parse(2, "echo a\n").span.source, SourceId(2));
        assert_eq!(parse(1, "echo longer\n").span.end, 12);
        assert!(Arc::ptr_eq(&first, &parse(1, "echo a\n")));
    }

    #[test]
    fn what_one_host_has_read_another_may_not_read() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path().canonicalize().unwrap();
        for (name, text) in [("a/x.nail", "echo x\n"), ("b/y.nail", "echo y\n")] {
            std::fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            std::fs::write(root.join(name), text).unwrap();
        }
        let shared = Arc::new(SharedFiles::default());
        let host = |name: &str| RealHost::sharing(shared.clone(), root.join(name), Path::new("foot"), &[]);
        let (file, limit) = (root.join("a/x.nail"), 100);
        let first = host("a").read(&file, limit).unwrap();
        assert_eq!(host("a").read(&file, limit).unwrap(), first);
        assert!(matches!(host("a").read(&file, 3), Err(HostError::TooLarge { .. })));
        assert!(matches!(host("b").read(&file, limit), Err(HostError::OutsideRoots(_))));
    }
}
