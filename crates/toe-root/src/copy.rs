//! Copying a tree into an empty root.

use std::collections::HashMap;
use std::fs::File;
use std::io;

use rustix::fs::{copy_file_range, ioctl_ficlone};
use rustix::io::Errno;

use crate::path::join;
use crate::{Attributes, Dir, Entry, FileKind, Metadata, NodeKind, Root, RootError, Xattr};

/// Copies everything below `from` into the empty root `to`: kinds, content (shared blocks where the
/// file system can), owners, modes, extended attributes, times, hard links, devices.
pub fn copy_tree(from: &Root, to: &Root) -> Result<(), RootError> {
    let mut linked: HashMap<(u64, u64), Vec<u8>> = HashMap::new();
    let mut directories = Vec::new();
    let mut target: Option<Dir> = None;
    for entry in from.walk() {
        let entry = entry?;
        let (parent, name) = split(&entry.path);
        let dir = match target.take() {
            Some(dir) if dir.path() == parent.strip_prefix(b"/").unwrap_or(parent) => dir,
            _ => to.own_dir(if parent.is_empty() { b"/" } else { parent })?,
        };
        let shared = entry.metadata.nlink > 1 && !entry.metadata.is_dir();
        let inode = (entry.metadata.dev, entry.metadata.ino);
        if shared && let Some(first) = linked.get(&inode) {
            let (first_dir, first_name) = to.parent(first)?;
            first_dir.hard_link(&first_name, &dir, name)?;
            target = Some(dir);
            continue;
        }
        copy_entry(&entry, &dir, name)?;
        if shared {
            linked.insert(inode, entry.path.clone());
        }
        target = Some(dir);
        if entry.metadata.is_dir() {
            directories.push((entry.path, entry.metadata));
        }
    }
    // The time of a directory changes while it is filled; deepest first.
    for (path, metadata) in directories.iter().rev() {
        let time = Attributes { mtime: Some((metadata.mtime, metadata.mtime_nsec)), ..Attributes::default() };
        to.set_attributes(path, &time)?;
    }
    let top = from.node("/")?;
    to.set_attributes("/", &attributes_of(&top.metadata(), top.xattrs()?))
}

fn split(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|b| *b == b'/') {
        Some(slash) => (&path[..slash], &path[slash + 1..]),
        None => (b"", path),
    }
}

fn copy_entry(entry: &Entry, dir: &Dir, name: &[u8]) -> Result<(), RootError> {
    let metadata = &entry.metadata;
    let attributes = attributes_of(metadata, entry.node.xattrs()?);
    match metadata.kind {
        FileKind::File => {
            let source = entry.node.open_read()?;
            let file = dir.create_file(name)?;
            copy_content(&source, &file)
                .map_err(|e| RootError::system("copy", &join(dir.path(), name), e))?;
            return dir.set_file_attributes(&file, name, &attributes);
        }
        FileKind::Directory => dir.mkdir(name, 0o700)?,
        FileKind::Symlink => dir.symlink(&entry.node.read_link()?, name)?,
        FileKind::CharacterDevice => dir.mknod(name, NodeKind::Character(metadata.device), 0)?,
        FileKind::BlockDevice => dir.mknod(name, NodeKind::Block(metadata.device), 0)?,
        FileKind::Fifo => dir.mknod(name, NodeKind::Fifo, 0)?,
        FileKind::Socket => dir.mknod(name, NodeKind::Socket, 0)?,
    }
    dir.set_attributes(name, &attributes)
}

fn attributes_of(metadata: &Metadata, xattrs: Vec<Xattr>) -> Attributes {
    Attributes {
        owner: Some((metadata.uid, metadata.gid)),
        mode: Some(metadata.mode),
        capability: None,
        // An overlay's marks say something of the layers below the source, not of the source.
        xattrs: xattrs.into_iter().filter(|(name, _)| !name.starts_with(b"trusted.overlay.")).collect(),
        mtime: Some((metadata.mtime, metadata.mtime_nsec)),
    }
}

/// Copies the content of an open file into an empty one: reflink, else in the kernel, else by hand.
pub(crate) fn copy_content(mut source: &File, mut to: &File) -> io::Result<()> {
    if ioctl_ficlone(to, source).is_ok() {
        return Ok(());
    }
    loop {
        match copy_file_range(source, None, to, None, 1 << 30) {
            Ok(0) => return Ok(()),
            Ok(_) | Err(Errno::INTR) => {}
            Err(Errno::XDEV | Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP | Errno::PERM) => break,
            Err(e) => return Err(e.into()),
        }
    }
    io::copy(&mut source, &mut to).map(|_| ())
}
