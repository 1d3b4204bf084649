//! The SOCK's tree as entries of a package.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{self, Read};
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use toe_plan::DeviceKind;
use toe_root::{DeviceNumber, FileKind, Metadata, Root};
use toe_rpm::build::{Entry, EntryKind, FileFlags, VerifyFlags};
use toe_source::{Event, Observer};

use crate::PackError;
use crate::declared::{Declared, Device};
use crate::scriptlets::{HostLink, Node, Owner, Work};

/// The largest major or minor number that FILERDEVS holds.
const PACKAGED_NUMBER: u32 = 255;

/// Minor numbers of the memory devices (major 1) that every system opens: null, zero, full, random, urandom.
const OPENED_AT_EASE: [u32; 5] = [3, 5, 7, 8, 9];

/// What goes into the package, and what its scriptlets do.
pub(crate) struct Inventory<'a> {
    pub(crate) entries: Vec<Entry<'a>>,
    pub(crate) work: Work,
    /// Bytes of file contents.
    pub(crate) bytes: u64,
}

/// Walks the tree.
pub(crate) fn take<'a>(
    root: &'a Root,
    declared: &'a Declared,
    config: &'a BTreeSet<Vec<u8>>,
    observer: &'a dyn Observer,
) -> Result<Inventory<'a>, PackError> {
    let work = Work { sock: declared.sock.clone(), ..Work::default() };
    let mut collector = Collector {
        root,
        declared,
        config,
        observer,
        inventory: Inventory { entries: Vec::new(), work, bytes: 0 },
        sets: BTreeMap::new(),
    };
    collector.add(b"", &root.metadata("/")?, None)?;
    for found in root.walk() {
        let found = found?;
        if collector.wants(&found.path) {
            collector.add(&found.path, &found.metadata, Some(&found.node))?;
        }
    }
    collector.add_declared();
    let mut inventory = collector.inventory;
    let link = |(path, target): &(Vec<u8>, Vec<u8>)| HostLink { path: path.clone(), target: target.clone() };
    inventory.work.links = declared.links.iter().map(link).collect();
    inventory.work.owners.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(inventory)
}

struct Collector<'a> {
    root: &'a Root,
    declared: &'a Declared,
    config: &'a BTreeSet<Vec<u8>>,
    observer: &'a dyn Observer,
    inventory: Inventory<'a>,
    /// Number of each hard-link set by device and inode.
    sets: BTreeMap<(u64, u64), u64>,
}

impl<'a> Collector<'a> {
    /// The content of /proc and /sys is the kernel's. Of /dev's only what the foot declares goes along,
    /// with the directories that lead there.
    fn wants(&self, path: &[u8]) -> bool {
        if path.starts_with(b"/proc/") || path.starts_with(b"/sys/") {
            return false;
        }
        if !path.starts_with(b"/dev/") {
            return true;
        }
        let below = [path, b"/"].concat();
        let kept = &self.declared.kept_below_dev;
        kept.contains(path)
            || kept.iter().any(|kept| kept.starts_with(&below))
            || self.declared.devices.iter().any(|device| device.path.starts_with(&below))
    }

    fn add(
        &mut self,
        path: &[u8],
        metadata: &Metadata,
        node: Option<&toe_root::Node>,
    ) -> Result<(), PackError> {
        let DeviceNumber { major, minor } = metadata.device;
        let kind = match metadata.kind {
            FileKind::File => self.content(path, metadata.size),
            FileKind::Directory => EntryKind::Directory,
            FileKind::Symlink => {
                let text = node.map(toe_root::Node::read_link).transpose()?.unwrap_or_default();
                EntryKind::Symlink(OsString::from_vec(text))
            }
            FileKind::CharacterDevice => EntryKind::CharacterDevice { major, minor },
            FileKind::BlockDevice => EntryKind::BlockDevice { major, minor },
            FileKind::Fifo => EntryKind::Fifo,
            FileKind::Socket => EntryKind::Socket,
        };
        let device = match metadata.kind {
            FileKind::CharacterDevice => Some(DeviceKind::Character),
            FileKind::BlockDevice => Some(DeviceKind::Block),
            FileKind::Fifo => Some(DeviceKind::Fifo),
            _ => None,
        };
        if let Some(kind) = device {
            let owner = (metadata.uid, metadata.gid);
            self.add_node(&Device { path: path.to_vec(), kind, major, minor }, metadata.mode, owner);
            return Ok(());
        }
        let is_file = metadata.kind == FileKind::File;
        let capabilities = match node {
            Some(node) if is_file => capabilities(path, node)?,
            _ => None,
        };
        let mut entry = Entry::new(self.host_path(path), kind, metadata.mode)
            .mtime(u64::try_from(metadata.mtime).unwrap_or(0));
        let mut verify = VerifyFlags::ALL;
        if is_bookkeeping(path) && is_file {
            verify =
                verify.without(VerifyFlags::DIGEST).without(VerifyFlags::SIZE).without(VerifyFlags::MTIME);
        }
        if (metadata.uid, metadata.gid) != (0, 0) {
            let set_id = is_file && metadata.mode & 0o6000 != 0;
            if set_id {
                // Until the owner is right, the bits would lend root's rights.
                entry = entry.mode(metadata.mode & !0o6000);
                verify = verify.without(VerifyFlags::MODE);
            }
            verify = verify.without(VerifyFlags::USER).without(VerifyFlags::GROUP);
            self.give_to(path, metadata, set_id.then_some(metadata.mode), capabilities.clone());
        }
        if let Some(text) = capabilities {
            entry = entry.capabilities(text);
        }
        if is_file && metadata.nlink > 1 {
            let next = self.sets.len() as u64;
            let set = *self.sets.entry((metadata.dev, metadata.ino)).or_insert(next);
            entry = entry.link_set(set);
        }
        if self.config.contains(path) && (is_file || metadata.is_symlink()) {
            entry = entry.flags(FileFlags::CONFIG | FileFlags::NO_REPLACE);
        }
        self.inventory.entries.push(entry.verify(verify));
        Ok(())
    }

    fn content(&mut self, path: &[u8], size: u64) -> EntryKind<'a> {
        self.inventory.bytes = self.inventory.bytes.saturating_add(size);
        let (root, observer, path) = (self.root, self.observer, path.to_vec());
        let open = move || -> io::Result<Box<dyn Read + 'a>> {
            let file = root.open_read(&path).map_err(io::Error::other)?;
            Ok(Box::new(Watched { file, observer }))
        };
        EntryKind::File(toe_rpm::build::Content::Open { size, open: Box::new(open) })
    }

    fn give_to(&mut self, path: &[u8], metadata: &Metadata, mode: Option<u32>, capabilities: Option<String>) {
        let kind = match metadata.kind {
            FileKind::File => "regular",
            FileKind::Directory => "directory",
            FileKind::Symlink => "link",
            _ => return,
        };
        let path = [self.declared.sock.as_slice(), path].concat();
        let (uid, gid) = (metadata.uid, metadata.gid);
        self.inventory.work.owners.push(Owner { path, uid, gid, mode, capabilities, kind });
    }

    /// The nodes that the foot declares, and the directories that lead there.
    fn add_declared(&mut self) {
        let there: BTreeSet<PathBuf> =
            self.inventory.entries.iter().map(|entry| entry.path().to_owned()).collect();
        let mut directories: BTreeSet<PathBuf> = BTreeSet::new();
        for device in &self.declared.devices {
            let path = self.host_path(&device.path);
            let missing = path.ancestors().skip(1).take_while(|parent| !there.contains(*parent));
            directories.extend(missing.map(PathBuf::from));
            self.add_node(device, 0o666, (0, 0));
        }
        self.inventory.entries.extend(directories.into_iter().map(Entry::dir));
    }

    /// A device or FIFO. rpm itself makes the memory devices, on a root without any program too, and
    /// verifies them. rpm 4.18 opens what it has made, which fails for terminals and hangs for FIFOs; so
    /// the others are %post's, and the package owns them as %ghost.
    fn add_node(&mut self, device: &Device, mode: u32, (uid, gid): (u32, u32)) {
        let Device { kind, major, minor, .. } = *device;
        let holds_numbers = major <= PACKAGED_NUMBER && minor <= PACKAGED_NUMBER;
        let (shown_major, shown_minor) = if holds_numbers { (major, minor) } else { (0, 0) };
        let entry_kind = match kind {
            DeviceKind::Character => EntryKind::CharacterDevice { major: shown_major, minor: shown_minor },
            DeviceKind::Block => EntryKind::BlockDevice { major: shown_major, minor: shown_minor },
            DeviceKind::Fifo => EntryKind::Fifo,
        };
        let mut entry = Entry::new(self.host_path(&device.path), entry_kind, mode);
        let mut verify = VerifyFlags::ALL;
        if !(kind == DeviceKind::Character && major == 1 && OPENED_AT_EASE.contains(&minor)) {
            entry = entry.flags(FileFlags::GHOST);
        }
        if !holds_numbers {
            verify = verify.without(VerifyFlags::RDEV);
        }
        let path = [self.declared.sock.as_slice(), &device.path].concat();
        if (uid, gid) != (0, 0) {
            verify = verify.without(VerifyFlags::USER).without(VerifyFlags::GROUP);
            let kind = match kind {
                DeviceKind::Character => "character device",
                DeviceKind::Block => "block device",
                DeviceKind::Fifo => "fifo",
            };
            let path = path.clone();
            self.inventory.work.owners.push(Owner { path, uid, gid, mode: None, capabilities: None, kind });
        }
        self.inventory.entries.push(entry.verify(verify));
        self.inventory.work.nodes.push(Node { path, letter: kind.letter(), major, minor, mode });
    }

    fn host_path(&self, path: &[u8]) -> PathBuf {
        PathBuf::from(OsString::from_vec([self.declared.sock.as_slice(), path].concat()))
    }
}

/// The text of a file's capabilities.
fn capabilities(path: &[u8], node: &toe_root::Node) -> Result<Option<String>, PackError> {
    let Some(value) = node.capability()? else { return Ok(None) };
    match toe_rpm::capability::text_from_xattr(&value) {
        Some(text) => Ok(Some(text)),
        None => Err(PackError::Capability { path: String::from_utf8_lossy(path).into_owned() }),
    }
}

/// The SOCK's own package database: any look into it with rpm --root rewrites it.
fn is_bookkeeping(path: &[u8]) -> bool {
    path.starts_with(b"/var/lib/rpm/") || path.starts_with(b"/usr/lib/sysimage/rpm/")
}

/// Tells the observer of every byte read.
struct Watched<'a> {
    file: std::fs::File,
    observer: &'a dyn Observer,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.observer.event(Event::Advance { by: count as u64 });
        Ok(count)
    }
}
