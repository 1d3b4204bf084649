//! A whole tree as one value, to tell whether anything in it changed.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Every entry below `root`: type and mode, owner, device, modification time, content or link target.
pub fn of(root: &Path) -> BTreeMap<PathBuf, String> {
    let mut entries = BTreeMap::new();
    if root.symlink_metadata().is_ok() {
        visit(root, root, &mut entries);
    }
    entries
}

fn visit(root: &Path, path: &Path, entries: &mut BTreeMap<PathBuf, String>) {
    let meta = path.symlink_metadata().unwrap();
    let content = if meta.is_symlink() {
        path.read_link().unwrap().display().to_string()
    } else if meta.is_file() {
        hex::encode(Sha256::digest(std::fs::read(path).unwrap()))
    } else {
        String::new()
    };
    let line = format!(
        "{:o} {}:{} {:x} {}.{} {} {content}",
        meta.mode(),
        meta.uid(),
        meta.gid(),
        meta.rdev(),
        meta.mtime(),
        meta.mtime_nsec(),
        meta.nlink()
    );
    entries.insert(path.strip_prefix(root).unwrap().to_owned(), line);
    if meta.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            visit(root, &entry.unwrap().path(), entries);
        }
    }
}
