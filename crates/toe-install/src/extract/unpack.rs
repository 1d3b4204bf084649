//! The two walks: over the payload, and over the file list.

use std::fs::File;
use std::io::{Read, Write};
use std::rc::Rc;

use toe_root::{Attributes, DeviceNumber, Dir, NodeKind, Root, RootError};
use toe_rpm::capability::xattr_from_text;
use toe_rpm::payload::{PayloadEntry, PayloadReader};
use toe_rpm::{DigestAlgorithm, FileEntry, FileKind, FileTable};

use super::config::Placement;
use super::directories::Directories;
use super::owners::Owners;
use super::{Noticed, Placements};
use crate::package_error::{PackageError, shown};
use crate::transaction::Member;

/// Longest file name.
const NAME_MAX: usize = 255;

/// Unpacks a package. `suffix` is the transaction's number, part of temporary names.
pub(crate) fn unpack(
    root: &Root,
    package: &str,
    member: &Member,
    placements: &Placements,
    payload: &mut PayloadReader<'_>,
    suffix: u32,
) -> Result<Noticed, PackageError> {
    let mut unpacking = Unpacking {
        package,
        table: &member.files,
        placements,
        owners: Owners::read(root)?,
        directories: Directories::new(root, package),
        temporary: vec![None; member.files.files.len()],
        sets: (0..member.files.hardlink_sets.len()).map(|_| None).collect(),
        suffix,
        buffer: vec![0; 128 << 10],
        noticed: Noticed::default(),
    };
    let done = unpacking.payload(payload).and_then(|()| unpacking.commit());
    if let Err(error) = done {
        unpacking.directories.undo();
        return Err(error);
    }
    let mut noticed = unpacking.noticed;
    noticed.unknown_users = unpacking.owners.unknown_users;
    noticed.unknown_groups = unpacking.owners.unknown_groups;
    Ok(noticed)
}

/// A file under its temporary name.
#[derive(Clone)]
struct Temporary {
    dir: Rc<Dir>,
    name: Vec<u8>,
}

/// A set of hard links of which one member was made.
struct LinkSet {
    leader: usize,
    /// Open until its content has come.
    file: Option<File>,
}

struct Unpacking<'a> {
    package: &'a str,
    table: &'a FileTable,
    placements: &'a Placements,
    owners: Owners,
    directories: Directories<'a>,
    temporary: Vec<Option<Temporary>>,
    sets: Vec<Option<LinkSet>>,
    suffix: u32,
    buffer: Vec<u8>,
    noticed: Noticed,
}

impl Unpacking<'_> {
    fn payload(&mut self, payload: &mut PayloadReader<'_>) -> Result<(), PackageError> {
        while let Some(entry) = payload.next_entry()? {
            let Some(file) = self.table.files.get(entry.file_index) else { continue };
            if let Some(set) = file.hardlink_set {
                self.member_of_set(set, &entry, payload)?;
            } else if self.is_wanted(entry.file_index) {
                self.single(entry.file_index, file, payload)?;
            }
        }
        Ok(())
    }

    fn is_wanted(&self, index: usize) -> bool {
        self.placements.0.get(index).is_some_and(|p| *p != Placement::Keep)
    }

    fn attributes(&mut self, file: &FileEntry) -> Result<Attributes, PackageError> {
        let (uid, gid, mode) = self.owners.of(file);
        let mut attributes = Attributes::new(uid, gid, mode).at(file.mtime.into());
        if file.kind == FileKind::Regular && !file.caps.is_empty() {
            let bytes = xattr_from_text(&file.caps).ok_or_else(|| PackageError::BadCapability {
                path: shown(&file.path),
                package: self.package.to_owned(),
                text: file.caps.to_string(),
            })?;
            attributes.capability = Some(bytes.to_vec());
        }
        Ok(attributes)
    }

    /// A place for the file beside its final one.
    fn reserve(&mut self, index: usize, file: &FileEntry) -> Result<Temporary, PackageError> {
        let (dir, name) = self.directories.parent_of(&file.path)?;
        let mut temporary = [name.as_slice(), format!(";{:08x}", self.suffix).as_bytes()].concat();
        if temporary.len() > NAME_MAX {
            temporary = format!(".toe-{index:x};{:08x}", self.suffix).into_bytes();
        }
        Ok(Temporary { dir, name: temporary })
    }

    fn made(&mut self, index: usize, temporary: Temporary) {
        self.directories.made_file(&temporary.dir, &temporary.name);
        if let Some(slot) = self.temporary.get_mut(index) {
            *slot = Some(temporary);
        }
    }

    fn single(
        &mut self,
        index: usize,
        file: &FileEntry,
        payload: &mut PayloadReader<'_>,
    ) -> Result<(), PackageError> {
        let attributes = self.attributes(file)?;
        if file.kind == FileKind::Directory {
            return self.directories.own(&file.path, &attributes);
        }
        let failed = self.directories.failed();
        let place = self.reserve(index, file)?;
        let number = DeviceNumber { major: file.major, minor: file.minor };
        let node = match file.kind {
            FileKind::Regular => {
                let mut out = place.dir.create_file(&place.name).map_err(&failed)?;
                self.made(index, place.clone());
                self.content(file, payload, &mut out, &place)?;
                return place.dir.set_file_attributes(&out, &place.name, &attributes).map_err(failed);
            }
            FileKind::Symlink => {
                place.dir.symlink(&file.link_target, &place.name).map_err(&failed)?;
                self.made(index, place.clone());
                return place.dir.set_attributes(&place.name, &attributes).map_err(failed);
            }
            FileKind::CharDevice => NodeKind::Character(number),
            FileKind::BlockDevice => NodeKind::Block(number),
            FileKind::Fifo => NodeKind::Fifo,
            // The system logger's socket is made by the logger, as rpm sees it too.
            FileKind::Socket if &*file.path == b"/dev/log" => return Ok(()),
            FileKind::Socket => NodeKind::Socket,
            FileKind::Directory => return Ok(()),
        };
        place.dir.mknod(&place.name, node, 0).map_err(&failed)?;
        self.made(index, place.clone());
        place.dir.set_attributes(&place.name, &attributes).map_err(failed)
    }

    /// The first wanted member gets the inode, the others are linked to it, and the content goes into
    /// it with whichever member brings it.
    fn member_of_set(
        &mut self,
        set: usize,
        entry: &PayloadEntry,
        payload: &mut PayloadReader<'_>,
    ) -> Result<(), PackageError> {
        let members = self.table.hardlink_sets.get(set).map(Vec::as_slice).unwrap_or_default();
        let Some(leader) = members.iter().copied().find(|m| self.is_wanted(*m)) else { return Ok(()) };
        let Some(first) = self.table.files.get(leader) else { return Ok(()) };
        let failed = self.directories.failed();
        if self.sets.get(set).is_some_and(Option::is_none) {
            let place = self.reserve(leader, first)?;
            let file = place.dir.create_file(&place.name).map_err(&failed)?;
            self.made(leader, place);
            if let Some(slot) = self.sets.get_mut(set) {
                *slot = Some(LinkSet { leader, file: Some(file) });
            }
        }
        let Some(origin) = self.temporary.get(leader).cloned().flatten() else { return Ok(()) };
        let index = entry.file_index;
        if index != leader
            && self.is_wanted(index)
            && let Some(member) = self.table.files.get(index)
        {
            let place = self.reserve(index, member)?;
            origin.dir.hard_link(&origin.name, &place.dir, &place.name).map_err(&failed)?;
            self.made(index, place);
        }
        if entry.has_data
            && let Some(mut out) = self.sets.get_mut(set).and_then(Option::as_mut).and_then(|s| s.file.take())
        {
            debug_assert!(self.sets.get(set).and_then(Option::as_ref).is_some_and(|s| s.leader == leader));
            self.content(first, payload, &mut out, &origin)?;
            let attributes = self.attributes(first)?;
            origin.dir.set_file_attributes(&out, &origin.name, &attributes).map_err(failed)?;
        }
        Ok(())
    }

    /// Copies a file's content, checking its digest on the way.
    fn content(
        &mut self,
        file: &FileEntry,
        payload: &mut PayloadReader<'_>,
        out: &mut File,
        place: &Temporary,
    ) -> Result<(), PackageError> {
        let mut hasher = self.table.digest_algorithm.hasher();
        loop {
            let length = match payload.read(&mut self.buffer) {
                Ok(0) => break,
                Ok(length) => length,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(source) => {
                    return Err(PackageError::ReadPackage { file: self.package.to_owned(), source });
                }
            };
            let bytes = self.buffer.get(..length).unwrap_or_default();
            hasher.update(bytes);
            out.write_all(bytes).map_err(|source| {
                self.directories.failed()(RootError::System {
                    action: "write",
                    path: shown(&[place.dir.path(), b"/", &place.name].concat()),
                    source,
                })
            })?;
        }
        let Some(wanted) = &file.digest else { return Ok(()) };
        // Old builders wrote zeros for the MD5 of an empty file.
        let zero = file.size == 0
            && self.table.digest_algorithm == DigestAlgorithm::Md5
            && wanted.iter().all(|b| *b == 0);
        if zero || hasher.finish() == **wanted {
            return Ok(());
        }
        Err(PackageError::DigestMismatch { path: shown(&file.path), package: self.package.to_owned() })
    }

    /// Renames every temporary file to its final name, in header order.
    fn commit(&mut self) -> Result<(), PackageError> {
        let failed = self.directories.failed();
        for (index, file) in self.table.files.iter().enumerate() {
            let Some(temporary) = self.temporary.get_mut(index).and_then(Option::take) else { continue };
            let slash = file.path.iter().rposition(|b| *b == b'/').unwrap_or(0);
            let mut name = file.path.get(slash + 1..).unwrap_or_default().to_vec();
            let dir = &temporary.dir;
            match self.placements.0.get(index) {
                Some(Placement::Backup(suffix)) => {
                    let backup = [name.as_slice(), suffix.as_bytes()].concat();
                    dir.rename(&name, dir, &backup).map_err(&failed)?;
                    self.noticed.config.push((shown(&file.path), suffix));
                }
                Some(Placement::Beside(suffix)) => {
                    name.extend_from_slice(suffix.as_bytes());
                    self.noticed.config.push((shown(&file.path), suffix));
                }
                _ => {}
            }
            match dir.find(&name).map_err(&failed)? {
                Some(there) if there.is_dir() => {
                    return Err(PackageError::DirectoryInTheWay {
                        path: shown(&file.path),
                        package: self.package.to_owned(),
                        kind: if file.kind == FileKind::Symlink { "symbolic link" } else { "file" },
                        of: String::new(),
                    });
                }
                Some(there) if there.is_file() => {
                    dir.node(&name).and_then(|old| old.disarm()).map_err(&failed)?;
                }
                _ => {}
            }
            dir.rename(&temporary.name, dir, &name).map_err(&failed)?;
        }
        Ok(())
    }
}
