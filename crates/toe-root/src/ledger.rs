//! Owners, modes, capabilities and devices that an unprivileged run could only note down.

use std::collections::BTreeMap;

use crate::{DeviceNumber, FileKind, Metadata};

/// What a run may do to the objects of a root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Privilege {
    /// Owners, set-id bits, capabilities and devices are set on the disk.
    #[default]
    Real,
    /// They are kept in a [`Ledger`]; a device is an empty file on the disk. Metadata read through
    /// the root shows what the ledger says.
    Ledger,
}

/// What an object was meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intended {
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Permission bits, 0 to 07777.
    pub mode: u32,
    /// Set when the object is a device that could not be made: its kind and numbers.
    pub device: Option<(FileKind, DeviceNumber)>,
    /// Value of `security.capability`, if any.
    pub capability: Option<Vec<u8>>,
}

/// The notes of one root by path (with a leading `/`, links resolved).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    entries: BTreeMap<Vec<u8>, Intended>,
}

impl Ledger {
    /// The note about a path.
    pub fn get(&self, path: &[u8]) -> Option<&Intended> {
        self.entries.get(path)
    }

    /// Adds or replaces a note; for reading a stored ledger back.
    pub fn insert(&mut self, path: Vec<u8>, intended: Intended) {
        self.entries.insert(path, intended);
    }

    /// All notes, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &Intended)> {
        self.entries.iter().map(|(path, intended)| (path.as_slice(), intended))
    }

    /// True without a note.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The note of a path, begun from what stands on the disk: an unprivileged run owns all of it,
    /// so what was not said otherwise is root's.
    pub(crate) fn entry(&mut self, path: Vec<u8>, on_disk: &Metadata) -> &mut Intended {
        self.entries.entry(path).or_insert_with(|| Intended {
            uid: 0,
            gid: 0,
            mode: on_disk.mode,
            device: None,
            capability: None,
        })
    }

    pub(crate) fn forget(&mut self, path: &[u8]) {
        self.entries.remove(path);
        let below = self.below(path);
        for key in below {
            self.entries.remove(&key);
        }
    }

    pub(crate) fn rename(&mut self, from: &[u8], to: &[u8]) {
        self.forget(to);
        let mut keys = self.below(from);
        keys.push(from.to_vec());
        for key in keys {
            if let Some(intended) = self.entries.remove(&key) {
                let mut moved = to.to_vec();
                moved.extend_from_slice(key.get(from.len()..).unwrap_or_default());
                self.entries.insert(moved, intended);
            }
        }
    }

    pub(crate) fn link(&mut self, from: &[u8], to: &[u8]) {
        if let Some(intended) = self.entries.get(from).cloned() {
            self.entries.insert(to.to_vec(), intended);
        }
    }

    pub(crate) fn overlay(&self, path: &[u8], metadata: &mut Metadata) {
        if let Some(intended) = self.entries.get(path) {
            metadata.uid = intended.uid;
            metadata.gid = intended.gid;
            metadata.mode = intended.mode;
            if let Some((kind, device)) = intended.device {
                metadata.kind = kind;
                metadata.device = device;
            }
        } else {
            metadata.uid = 0;
            metadata.gid = 0;
        }
    }

    fn below(&self, path: &[u8]) -> Vec<Vec<u8>> {
        let mut prefix = path.to_vec();
        prefix.push(b'/');
        self.entries
            .range(prefix.clone()..)
            .take_while(|(key, _)| key.starts_with(&prefix))
            .map(|(key, _)| key.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intended(uid: u32) -> Intended {
        Intended { uid, gid: 0, mode: 0o644, device: None, capability: None }
    }

    #[test]
    fn renaming_a_directory_takes_its_notes_along() {
        let mut ledger = Ledger::default();
        ledger.insert(b"/a".to_vec(), intended(1));
        ledger.insert(b"/a/x".to_vec(), intended(2));
        ledger.insert(b"/ab".to_vec(), intended(3));
        ledger.insert(b"/b/old".to_vec(), intended(4));
        ledger.rename(b"/a", b"/b");
        let all: Vec<_> = ledger.iter().map(|(p, i)| (p.to_vec(), i.uid)).collect();
        assert_eq!(all, [(b"/ab".to_vec(), 3), (b"/b".to_vec(), 1), (b"/b/x".to_vec(), 2)]);
        ledger.forget(b"/b");
        assert_eq!(ledger.iter().count(), 1);
    }
}
