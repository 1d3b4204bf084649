//! Every object of a tree, in an order that depends on names alone.

use crate::path::join;
use crate::{Dir, Metadata, Node, Root, RootError};

/// One object met by a [`Walk`].
#[derive(Debug)]
pub struct Entry {
    /// Its path with a leading `/`.
    pub path: Vec<u8>,
    /// What it is.
    pub metadata: Metadata,
    /// A handle of it: extended attributes, link text, content.
    pub node: Node,
}

/// Walks a tree: each directory before its content, the names of a directory sorted bytewise. The top
/// itself is not an entry. No link is followed; a mount inside is an error.
#[derive(Debug)]
pub struct Walk {
    root: Root,
    /// Paths to visit, last first.
    pending: Vec<(Vec<u8>, Vec<u8>)>,
    here: Option<Dir>,
    top: Option<Vec<u8>>,
}

impl Walk {
    pub(crate) fn new(root: Root, top: Vec<u8>) -> Self {
        Walk { root, pending: Vec::new(), here: None, top: Some(top) }
    }

    fn enter(&mut self, path: Vec<u8>) -> Result<(), RootError> {
        let dir = self.root.own_dir(if path.is_empty() { b"/" } else { path.as_slice() })?;
        let names = dir.names()?;
        self.pending.extend(names.into_iter().rev().map(|name| (path.clone(), name)));
        self.here = Some(dir);
        Ok(())
    }

    fn visit(&mut self, directory: Vec<u8>, name: &[u8]) -> Result<Entry, RootError> {
        let dir = match self.here.take() {
            Some(dir) if dir.path() == directory => dir,
            _ => self.root.own_dir(if directory.is_empty() { b"/" } else { directory.as_slice() })?,
        };
        let node = dir.node(name)?;
        self.here = Some(dir);
        let metadata = node.metadata();
        let path = join(&directory, name);
        if metadata.is_dir() {
            self.enter(path.clone())?;
        }
        let mut shown = vec![b'/'];
        shown.extend(path);
        Ok(Entry { path: shown, metadata, node })
    }
}

impl Iterator for Walk {
    type Item = Result<Entry, RootError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(top) = self.top.take()
            && let Err(e) = self.enter(top)
        {
            return Some(Err(e));
        }
        let (directory, name) = self.pending.pop()?;
        let entry = self.visit(directory, &name);
        if entry.is_err() {
            self.pending.clear();
        }
        Some(entry)
    }
}
