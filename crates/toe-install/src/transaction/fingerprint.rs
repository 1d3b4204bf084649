//! Paths as they will be on the disk: with directory links resolved, those that are there and those
//! that earlier packages of the plan will make.

use std::collections::HashMap;

use toe_root::{Root, RootError};

/// Most links in one path, as in the kernel.
const MAX_LINKS: usize = 40;

/// What is known of links in the tree.
pub(super) struct Links<'r> {
    root: Option<&'r Root>,
    /// Links of packages, and answers of the tree (`None`: not a link), by path.
    known: HashMap<Vec<u8>, Option<Vec<u8>>>,
    /// Resolved directories, until the next link is added.
    resolved: HashMap<Vec<u8>, Vec<u8>>,
}

impl<'r> Links<'r> {
    pub(super) fn new(root: Option<&'r Root>) -> Self {
        Links { root, known: HashMap::new(), resolved: HashMap::new() }
    }

    /// Something other than a link, or a link, will be at the (resolved) path.
    pub(super) fn put(&mut self, path: &[u8], target: Option<&[u8]>) {
        let target = target.map(<[u8]>::to_vec);
        let before = self.known.insert(path.to_vec(), target.clone()).flatten();
        if before != target {
            self.resolved.clear();
        }
    }

    /// The path with the links of its directories resolved; its last component stays.
    pub(super) fn fingerprint(&mut self, path: &[u8]) -> Result<Vec<u8>, RootError> {
        let slash = path.iter().rposition(|b| *b == b'/').unwrap_or(0);
        let (parent, name) = path.split_at(slash);
        let resolved = if let Some(found) = self.resolved.get(parent) {
            found.clone()
        } else {
            let found = self.directory(parent)?;
            self.resolved.insert(parent.to_vec(), found.clone());
            found
        };
        Ok([resolved.as_slice(), name].concat())
    }

    /// A directory with all links resolved; empty for the root. More links than the kernel follows
    /// leave the rest as it is: unpacking will then refuse it.
    fn directory(&mut self, path: &[u8]) -> Result<Vec<u8>, RootError> {
        let mut todo: Vec<Vec<u8>> = components(path).rev().map(<[u8]>::to_vec).collect();
        let mut done: Vec<u8> = Vec::new();
        let mut links = 0;
        while let Some(component) = todo.pop() {
            if component == b".." {
                done.truncate(done.iter().rposition(|b| *b == b'/').unwrap_or(0));
                continue;
            }
            let mut here = done.clone();
            here.push(b'/');
            here.extend_from_slice(&component);
            match self.link(&here)? {
                Some(target) if links < MAX_LINKS => {
                    links += 1;
                    if target.starts_with(b"/") {
                        done.clear();
                    }
                    todo.extend(components(&target).rev().map(<[u8]>::to_vec));
                }
                _ => done = here,
            }
        }
        Ok(done)
    }

    /// The text of the link at a path, if it is one.
    fn link(&mut self, path: &[u8]) -> Result<Option<Vec<u8>>, RootError> {
        if let Some(known) = self.known.get(path) {
            return Ok(known.clone());
        }
        let found = match self.root {
            None => None,
            Some(root) => match root.node(path) {
                Ok(node) if node.metadata().is_symlink() => Some(node.read_link()?),
                Ok(_) => None,
                Err(_) => None,
            },
        };
        self.known.insert(path.to_vec(), found.clone());
        Ok(found)
    }
}

fn components(path: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    path.split(|b| *b == b'/').filter(|c| !c.is_empty() && *c != b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_earlier_packages_are_followed() {
        let mut links = Links::new(None);
        links.put(b"/bin", Some(b"usr/bin"));
        links.put(b"/usr/bin/deep", Some(b"/opt/x/../y"));
        links.put(b"/loop", Some(b"loop"));
        for (path, resolved) in [
            (&b"/bin"[..], &b"/bin"[..]),
            (b"/bin/sh", b"/usr/bin/sh"),
            (b"/bin/deep/f", b"/opt/y/f"),
            (b"/usr/../bin/f", b"/usr/bin/f"),
            (b"/f", b"/f"),
        ] {
            assert_eq!(links.fingerprint(path).unwrap(), resolved);
        }
        assert!(links.fingerprint(b"/loop/f").is_ok());
    }
}
