//! A tree as a list that can be compared.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use sha2::{Digest, Sha256};

/// One object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    kind: &'static str,
    mode: u32,
    owner: (u32, u32),
    content: String,
    rdev: u64,
    capability: Option<String>,
    /// All names of the inode, sorted.
    links: Vec<String>,
    mtime: i64,
}

/// Every object below a directory, by its path from there; foreign bytes escaped.
pub fn read(top: &Path) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    let mut inodes: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    let mut numbers = BTreeMap::new();
    let mut pending = vec![top.to_owned()];
    while let Some(directory) = pending.pop() {
        for found in std::fs::read_dir(&directory).unwrap() {
            let path = found.unwrap().path();
            let metadata = std::fs::symlink_metadata(&path).unwrap();
            let name = format!("/{}", path.strip_prefix(top).unwrap().as_os_str().as_bytes().escape_ascii());
            if metadata.is_dir() {
                pending.push(path.clone());
            } else {
                inodes.entry(metadata.ino()).or_default().push(name.clone());
                numbers.insert(name.clone(), metadata.ino());
            }
            entries.insert(name, entry(&path, &metadata));
        }
    }
    for (name, inode) in numbers {
        let mut links = inodes[&inode].clone();
        links.sort();
        if links.len() > 1 {
            entries.get_mut(&name).unwrap().links = links;
        }
    }
    entries
}

fn entry(path: &Path, metadata: &Metadata) -> Entry {
    let kind = metadata.file_type();
    let (kind, content) = match kind {
        _ if kind.is_dir() => ("directory", String::new()),
        _ if kind.is_symlink() => {
            ("link", std::fs::read_link(path).unwrap().as_os_str().as_bytes().escape_ascii().to_string())
        }
        _ if kind.is_file() => {
            let bytes = std::fs::read(path).unwrap();
            ("file", format!("{} bytes, {}", bytes.len(), hex::encode(Sha256::digest(&bytes))))
        }
        _ if kind.is_char_device() => ("character device", String::new()),
        _ if kind.is_block_device() => ("block device", String::new()),
        _ if kind.is_fifo() => ("fifo", String::new()),
        _ => ("socket", String::new()),
    };
    let capability = (kind == "file").then(|| capability(path)).flatten();
    Entry {
        kind,
        mode: metadata.mode() & 0o7777,
        owner: (metadata.uid(), metadata.gid()),
        content,
        rdev: metadata.rdev(),
        capability,
        links: Vec::new(),
        mtime: metadata.mtime(),
    }
}

fn capability(path: &Path) -> Option<String> {
    let mut value = [0; 64];
    let length = rustix::fs::lgetxattr(path, "security.capability", &mut value).ok()?;
    Some(hex::encode(&value[..length]))
}

/// How two objects of one path differ. Times of directories follow from what is put into them; those of
/// files that a scriptlet wrote (after `began`) are the time of the run.
pub fn difference(ours: Option<&Entry>, rpms: Option<&Entry>, began: i64) -> Option<String> {
    let (Some(a), Some(b)) = (ours, rpms) else {
        return Some(if ours.is_some() { "only in ours".into() } else { "only in rpm's".into() });
    };
    let mut differences = Vec::new();
    let mut check = |what: &str, same: bool, shown: String| {
        if !same {
            differences.push(format!("{what} {shown}"));
        }
    };
    check("type", a.kind == b.kind, format!("{} / {}", a.kind, b.kind));
    check("mode", a.mode == b.mode, format!("{:o} / {:o}", a.mode, b.mode));
    check("owner", a.owner == b.owner, format!("{:?} / {:?}", a.owner, b.owner));
    check("content", a.content == b.content, format!("{} / {}", a.content, b.content));
    check("device", a.rdev == b.rdev, format!("{} / {}", a.rdev, b.rdev));
    check("capability", a.capability == b.capability, format!("{:?} / {:?}", a.capability, b.capability));
    check("hard links", a.links == b.links, format!("{:?} / {:?}", a.links, b.links));
    let by_scriptlets = a.mtime >= began && b.mtime >= began;
    let timed = a.kind != "directory" && !by_scriptlets;
    check("mtime", !timed || a.mtime == b.mtime, format!("{} / {}", a.mtime, b.mtime));
    (!differences.is_empty()).then(|| differences.join("; "))
}
