//! The file entries of a header: sorted, checked, with their hard-link sets.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::BuildError;
use super::entry::{Entry, EntryKind};
use super::header_blob::{HeaderBlob, Value};
use crate::tags;

/// SHA-256 in FILEDIGESTALGO (the OpenPGP number).
pub(super) const SHA256: u32 = 8;

/// Files of this size and more need 64-bit sizes and the stripped archive.
const LARGE: u64 = 1 << 32;
/// rpm names files by 32-bit indexes, but its readers refuse a header of more than 256 MiB long before.
const MOST_FILES: usize = 10_000_000;

/// One file with what the writer knows of it.
#[derive(Debug)]
pub(super) struct File<'a> {
    pub(super) entry: Entry<'a>,
    /// FILEINODES: the same for all members of a hard-link set.
    pub(super) inode: u32,
    /// Members of its hard-link set.
    pub(super) links: u32,
    /// The payload carries its data: not a ghost, and of a hard-link set the last member.
    pub(super) carries_data: bool,
    /// SHA-256 in hexadecimal; empty but for regular files with data.
    pub(super) digest: String,
}

/// All files in the header's order, which is that of their paths' bytes.
#[derive(Debug)]
pub(super) struct FileList<'a> {
    pub(super) files: Vec<File<'a>>,
}

impl<'a> FileList<'a> {
    pub(super) fn new(mut entries: Vec<Entry<'a>>) -> Result<Self, BuildError> {
        if entries.len() > MOST_FILES {
            return Err(BuildError::HeaderTooLarge { limit: "10 million files" });
        }
        for entry in &entries {
            check_path(&entry.path)?;
            check_device(entry)?;
        }
        entries.sort_by(|a, b| bytes(&a.path).cmp(bytes(&b.path)));
        if let Some(pair) = entries.windows(2).find(|pair| pair[0].path == pair[1].path) {
            return Err(BuildError::Duplicate { path: pair[0].path.clone() });
        }
        let sets = link_sets(&entries)?;
        let files = entries.into_iter().enumerate().map(|(i, entry)| {
            let set = entry.link_set.and_then(|set| sets.get(&set));
            let first = set.and_then(|members| members.first()).copied().unwrap_or(i);
            let last = set.and_then(|members| members.last()).copied().unwrap_or(i);
            File {
                inode: first as u32 + 1,
                links: set.map_or(1, |members| members.len() as u32),
                carries_data: last == i && !entry.is_ghost(),
                digest: String::new(),
                entry,
            }
        });
        Ok(FileList { files: files.collect() })
    }

    /// True when a file needs 64-bit sizes.
    pub(super) fn has_large(&self) -> bool {
        self.files.iter().any(|f| f.entry.size() >= LARGE)
    }

    pub(super) fn has_capabilities(&self) -> bool {
        self.files.iter().any(|f| !f.entry.capabilities.is_empty())
    }

    /// Bytes that the files take once installed: regular files, each hard-link set once.
    pub(super) fn installed_size(&self) -> u64 {
        let counts = |f: &&File<'_>| f.carries_data && matches!(f.entry.kind, EntryKind::File(_));
        self.files.iter().filter(counts).fold(0, |sum: u64, f| sum.saturating_add(f.entry.size()))
    }

    /// Indexes in the payload's order: the header's, but a hard-link set stands together where its last member
    /// is. rpm links everything between a set's first and last member to it.
    pub(super) fn payload_order(&self) -> Vec<usize> {
        let mut waiting: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut order = Vec::with_capacity(self.files.len());
        for (i, file) in self.files.iter().enumerate().filter(|(_, file)| !file.entry.is_ghost()) {
            if file.links > 1 && !file.carries_data {
                waiting.entry(file.inode).or_default().push(i);
                continue;
            }
            if file.links > 1 {
                order.extend(waiting.remove(&file.inode).unwrap_or_default());
            }
            order.push(i);
        }
        order
    }

    /// Gives every member of a hard-link set the digest of the one that carries the data.
    pub(super) fn share_digests(&mut self) {
        let known: BTreeMap<u32, String> = self
            .files
            .iter()
            .filter(|f| f.links > 1 && f.carries_data)
            .map(|f| (f.inode, f.digest.clone()))
            .collect();
        for file in self.files.iter_mut().filter(|f| f.links > 1) {
            if let Some(digest) = known.get(&file.inode) {
                file.digest.clone_from(digest);
            }
        }
    }

    /// Time of a file, never later than the package's.
    pub(super) fn mtime(entry: &Entry<'_>, build_time: u32) -> u32 {
        entry.mtime.map_or(build_time, |t| u32::try_from(t).unwrap_or(u32::MAX).min(build_time))
    }

    /// Puts all file tags.
    pub(super) fn put(&self, header: &mut HeaderBlob, build_time: u32) {
        if self.files.is_empty() {
            return;
        }
        let texts = |of: &dyn Fn(&File<'_>) -> Vec<u8>| Value::TextArray(self.files.iter().map(of).collect());
        let numbers = |of: &dyn Fn(&File<'_>) -> u32| Value::Int32(self.files.iter().map(of).collect());
        let shorts = |of: &dyn Fn(&File<'_>) -> u16| Value::Int16(self.files.iter().map(of).collect());
        self.put_names(header);
        if self.has_large() {
            header
                .put(tags::LONGFILESIZES, Value::Int64(self.files.iter().map(|f| f.entry.size()).collect()));
        } else {
            header.put(tags::FILESIZES, numbers(&|f| f.entry.size() as u32));
        }
        header.put(tags::FILEMODES, shorts(&|f| f.entry.type_and_mode()));
        header.put(tags::FILERDEVS, shorts(&|f| rdev(&f.entry).map_or(0, |(a, b)| (a << 8 | b) as u16)));
        header.put(tags::FILEMTIMES, numbers(&|f| Self::mtime(&f.entry, build_time)));
        header.put(tags::FILEDIGESTS, texts(&|f| f.digest.clone().into_bytes()));
        header.put(
            tags::FILELINKTOS,
            texts(&|f| match &f.entry.kind {
                EntryKind::Symlink(target) => target.as_bytes().to_vec(),
                _ => Vec::new(),
            }),
        );
        header.put(tags::FILEFLAGS, numbers(&|f| f.entry.flags.bits()));
        header.put(tags::FILEUSERNAME, texts(&|f| f.entry.user.clone().into_bytes()));
        header.put(tags::FILEGROUPNAME, texts(&|f| f.entry.group.clone().into_bytes()));
        header.put(tags::FILEVERIFYFLAGS, numbers(&|f| f.entry.verify.bits()));
        header.put(tags::FILEDEVICES, numbers(&|_| 1));
        header.put(tags::FILEINODES, numbers(&|f| f.inode));
        header.put(tags::FILELANGS, texts(&|f| f.entry.language.clone().into_bytes()));
        if self.has_capabilities() {
            header.put(tags::FILECAPS, texts(&|f| f.entry.capabilities.clone().into_bytes()));
        }
        header.put(tags::FILEDIGESTALGO, Value::Int32(vec![SHA256]));
    }

    fn put_names(&self, header: &mut HeaderBlob) {
        let split: Vec<(&[u8], &[u8])> = self.files.iter().map(|f| split(bytes(&f.entry.path))).collect();
        let dirs: BTreeSet<&[u8]> = split.iter().map(|(dir, _)| *dir).collect();
        let number: BTreeMap<&[u8], u32> = dirs.iter().enumerate().map(|(i, dir)| (*dir, i as u32)).collect();
        let indexes = split.iter().map(|(dir, _)| number.get(dir).copied().unwrap_or_default()).collect();
        header.put(tags::DIRINDEXES, Value::Int32(indexes));
        header.put(tags::BASENAMES, Value::TextArray(split.iter().map(|(_, base)| base.to_vec()).collect()));
        header.put(tags::DIRNAMES, Value::TextArray(dirs.iter().map(|dir| dir.to_vec()).collect()));
    }
}

/// Device numbers of a device.
pub(super) fn rdev(entry: &Entry<'_>) -> Option<(u32, u32)> {
    match entry.kind {
        EntryKind::CharacterDevice { major, minor } | EntryKind::BlockDevice { major, minor } => {
            Some((major, minor))
        }
        _ => None,
    }
}

pub(super) fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_bytes()
}

/// Directory with its last slash, and name.
fn split(path: &[u8]) -> (&[u8], &[u8]) {
    let at = path.iter().rposition(|b| *b == b'/').map_or(0, |slash| slash + 1);
    path.split_at(at)
}

fn check_path(path: &Path) -> Result<(), BuildError> {
    let wrong = |why| Err(BuildError::Path { path: path.to_owned(), why });
    let Some(below) = bytes(path).strip_prefix(b"/") else { return wrong("is not absolute") };
    if below.is_empty() {
        // A package may own `/`; its base name is empty.
        return Ok(());
    }
    if below.len() > 4094 {
        return wrong("is longer than 4095 bytes");
    }
    for component in below.split(|b| *b == b'/') {
        match component {
            b"" => return wrong("has an empty component"),
            b"." | b".." => return wrong("has a `.` or `..` component"),
            _ if component.contains(&0) => return wrong("has a NUL byte"),
            _ => {}
        }
    }
    Ok(())
}

fn check_device(entry: &Entry<'_>) -> Result<(), BuildError> {
    match rdev(entry) {
        Some((major, minor)) if major > 255 || minor > 255 => {
            Err(BuildError::Device { path: entry.path.clone(), major, minor })
        }
        _ => Ok(()),
    }
}

/// Indexes of the members of each hard-link set, in order.
fn link_sets(entries: &[Entry<'_>]) -> Result<BTreeMap<u64, Vec<usize>>, BuildError> {
    let mut sets: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate() {
        let Some(set) = entry.link_set else { continue };
        let members = sets.entry(set).or_default();
        if let Some(first) = members.first().and_then(|first| entries.get(*first)) {
            same_inode(first, entry)?;
        }
        members.push(i);
    }
    Ok(sets)
}

fn same_inode(first: &Entry<'_>, entry: &Entry<'_>) -> Result<(), BuildError> {
    let regular = |e: &Entry<'_>| matches!(e.kind, EntryKind::File(_)) && !e.is_ghost();
    let what = if !regular(first) || !regular(entry) {
        "kind"
    } else if first.size() != entry.size() {
        "size"
    } else if first.mode != entry.mode {
        "mode"
    } else if (&first.user, &first.group) != (&entry.user, &entry.group) {
        "owner"
    } else if first.mtime != entry.mtime {
        "time"
    } else if first.capabilities != entry.capabilities {
        "capabilities"
    } else {
        return Ok(());
    };
    Err(BuildError::HardLink { path: entry.path.clone(), first: first.path.clone(), what })
}
