//! The file list of a header, with every name and count checked.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::digest::DigestAlgorithm;
use crate::error::{Error, HeaderDefect, Result, shown};
use crate::header::Header;
use crate::tags::{self, file_flags};

/// Most files that a package may have.
pub const MAX_FILES: usize = 1_000_000;
/// Longest path and link target in bytes (PATH_MAX without its NUL).
pub const MAX_PATH: usize = 4095;
/// Longest path component in bytes (NAME_MAX).
pub const MAX_COMPONENT: usize = 255;

/// What a file is, from the type bits of its mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the words say it")]
pub enum FileKind {
    Regular,
    Directory,
    Symlink,
    CharDevice,
    BlockDevice,
    Fifo,
    Socket,
}

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Absolute path: DIRNAMES + BASENAMES. No `.`, `..`, empty components or NUL.
    pub path: Box<[u8]>,
    /// From the type bits of the mode.
    pub kind: FileKind,
    /// FILEMODES (1030): permission bits, 0o7777 at most.
    pub mode: u32,
    /// FILEUSERNAME (1039).
    pub user: Arc<str>,
    /// FILEGROUPNAME (1040).
    pub group: Arc<str>,
    /// Size in bytes.
    pub size: u64,
    /// FILEMTIMES (1034), seconds since 1970.
    pub mtime: u32,
    /// FILEDIGESTS (1035) with the table's algorithm; `None` when the header gives none.
    pub digest: Option<Box<[u8]>>,
    /// Bits of [`tags::file_flags`].
    pub flags: u32,
    /// FILELINKTOS (1036): target of a symbolic link, else empty.
    pub link_target: Box<[u8]>,
    /// Major number of a device (FILERDEVS, 16 bit).
    pub major: u32,
    /// Minor number of a device.
    pub minor: u32,
    /// Number of the set of hard links that the file is in; members have the same inode. The first set
    /// is 0.
    pub hardlink_set: Option<usize>,
    /// FILECOLORS (1140): 1 is 32-bit ELF, 2 is 64-bit ELF.
    pub color: u32,
    /// FILELANGS (1097): empty, or a language.
    pub lang: Arc<str>,
    /// FILECAPS (5010) as text, empty without.
    pub caps: Arc<str>,
    /// Bits of [`tags::verify_flags`].
    pub verify_flags: u32,
}

impl FileEntry {
    /// `%ghost`: owned, but not in the payload.
    pub fn is_ghost(&self) -> bool {
        self.flags & file_flags::GHOST != 0
    }

    /// `%config`.
    pub fn is_config(&self) -> bool {
        self.flags & file_flags::CONFIG != 0
    }

    /// FILEMODES as the header has it, type bits included.
    pub fn full_mode(&self) -> u32 {
        let kind = match self.kind {
            FileKind::Socket => 0o140000,
            FileKind::Symlink => 0o120000,
            FileKind::Regular => 0o100000,
            FileKind::BlockDevice => 0o060000,
            FileKind::Directory => 0o040000,
            FileKind::CharDevice => 0o020000,
            FileKind::Fifo => 0o010000,
        };
        kind | self.mode
    }
}

/// All files of a package, in header order.
#[derive(Debug, Clone)]
pub struct FileTable {
    /// The files; their position is the number that payload and database use.
    pub files: Vec<FileEntry>,
    /// FILEDIGESTALGO (5011).
    pub digest_algorithm: DigestAlgorithm,
    /// Members of each set of hard links, by number.
    pub hardlink_sets: Vec<Vec<usize>>,
}

impl FileTable {
    /// Reads and checks the list. A path that is there twice is refused.
    pub fn read(header: &Header) -> Result<Self> {
        let columns = Columns { header, len: header.strings(tags::BASENAMES)?.map_or(0, |b| b.len()) };
        let number = header.u32(tags::FILEDIGESTALGO)?.unwrap_or(0);
        let digest_algorithm = DigestAlgorithm::from_number(number).ok_or_else(|| {
            Error::value(header.name(), "file digest algorithm", format!("{number} is unknown"))
        })?;
        let mut table = FileTable { files: Vec::new(), digest_algorithm, hardlink_sets: Vec::new() };
        if columns.len == 0 {
            return Ok(table);
        }
        if columns.len > MAX_FILES {
            return Err(Error::value(
                header.name(),
                "number of files",
                format!("{}; at most {MAX_FILES} are allowed", columns.len),
            ));
        }
        table.files = columns.files(digest_algorithm)?;
        refuse_duplicates(header, &table.files)?;
        table.hardlink_sets = columns.hardlink_sets(&mut table.files)?;
        Ok(table)
    }

    /// Positions of the files by path.
    pub fn by_path(&self) -> HashMap<&[u8], usize> {
        self.files.iter().enumerate().map(|(i, f)| (&*f.path, i)).collect()
    }
}

struct Columns<'a> {
    header: &'a Header,
    len: usize,
}

impl Columns<'_> {
    fn agree<T>(&self, tag: u32, found: usize, column: T) -> Result<T> {
        if found == self.len {
            return Ok(column);
        }
        Err(self.header.defect(HeaderDefect::Count { tag, found, wanted: self.len }))
    }

    fn numbers(&self, tag: u32) -> Result<Option<Vec<u32>>> {
        self.header.u32s(tag)?.map(|c| self.agree(tag, c.len(), c)).transpose()
    }

    fn shorts(&self, tag: u32) -> Result<Option<Vec<u16>>> {
        self.header.u16s(tag)?.map(|c| self.agree(tag, c.len(), c)).transpose()
    }

    fn texts(&self, tag: u32) -> Result<Option<impl Iterator<Item = &[u8]>>> {
        self.header.strings(tag)?.map(|c| self.agree(tag, c.len(), c)).transpose()
    }

    fn sizes(&self) -> Result<Vec<u64>> {
        if let Some(sizes) = self.header.u64s(tags::LONGFILESIZES)? {
            return self.agree(tags::LONGFILESIZES, sizes.len(), sizes);
        }
        let sizes = self.header.need(tags::FILESIZES, self.numbers(tags::FILESIZES)?)?;
        Ok(sizes.into_iter().map(u64::from).collect())
    }

    fn paths(&self) -> Result<Vec<Box<[u8]>>> {
        let header = self.header;
        let wrong = |path: &[u8], reason: &str| {
            Error::value(header.name(), "file name", format!("`{}` {reason}", shown(path)))
        };
        let mut directories = Vec::new();
        for directory in header.need(tags::DIRNAMES, header.strings(tags::DIRNAMES)?)? {
            if directories.len() >= MAX_FILES {
                return Err(wrong(directory, "is one directory too many"));
            }
            directories.push(directory);
        }
        for directory in &directories {
            check_directory(directory).map_err(|reason| wrong(directory, reason))?;
        }
        let indexes = header.need(tags::DIRINDEXES, self.numbers(tags::DIRINDEXES)?)?;
        let names = header.need(tags::BASENAMES, self.texts(tags::BASENAMES)?)?;
        names
            .zip(indexes)
            .map(|(name, index)| {
                let directory = *directories
                    .get(index as usize)
                    .ok_or_else(|| wrong(name, "is in a directory that is not listed"))?;
                let path = [directory, name].concat();
                let root = directory == b"/" && name.is_empty();
                if !root {
                    check_component(name).map_err(|reason| wrong(&path, reason))?;
                }
                if path.len() > MAX_PATH {
                    return Err(wrong(&path, "is longer than 4095 bytes"));
                }
                Ok(path.into())
            })
            .collect()
    }

    fn files(&self, algorithm: DigestAlgorithm) -> Result<Vec<FileEntry>> {
        let header = self.header;
        let mut interned = HashMap::new();
        let paths = self.paths()?;
        let sizes = self.sizes()?;
        let modes = header.need(tags::FILEMODES, self.shorts(tags::FILEMODES)?)?;
        let mut users = header.need(tags::FILEUSERNAME, self.texts(tags::FILEUSERNAME)?)?;
        let mut groups = header.need(tags::FILEGROUPNAME, self.texts(tags::FILEGROUPNAME)?)?;
        let mtimes = header.need(tags::FILEMTIMES, self.numbers(tags::FILEMTIMES)?)?;
        let mut digests = self.texts(tags::FILEDIGESTS)?;
        let mut targets = self.texts(tags::FILELINKTOS)?;
        let mut langs = self.texts(tags::FILELANGS)?;
        let mut caps = self.texts(tags::FILECAPS)?;
        let flags = self.numbers(tags::FILEFLAGS)?;
        let colors = self.numbers(tags::FILECOLORS)?;
        let verify = self.numbers(tags::FILEVERIFYFLAGS)?;
        let rdevs = self.shorts(tags::FILERDEVS)?;
        let mut files = Vec::with_capacity(paths.len());
        for (i, path) in paths.into_iter().enumerate() {
            let wrong = |what, reason: &str| {
                Error::value(header.name(), what, format!("`{}` {reason}", shown(&path)))
            };
            let at = |column: &Option<Vec<u32>>| column.as_ref().and_then(|c| c.get(i).copied()).unwrap_or(0);
            let mode = modes.get(i).copied().unwrap_or(0);
            let kind = kind(mode).ok_or_else(|| wrong("file mode", "has no type that a file can have"))?;
            let rdev = rdevs.as_ref().and_then(|c| c.get(i).copied()).unwrap_or(0);
            let link_target = targets.as_mut().and_then(Iterator::next).unwrap_or_default();
            if kind == FileKind::Symlink && link_target.is_empty() {
                return Err(wrong("link target", "points nowhere"));
            }
            if link_target.len() > MAX_PATH {
                return Err(wrong("link target", "points to more than 4095 bytes"));
            }
            let digest = digests.as_mut().and_then(Iterator::next).unwrap_or_default();
            let digest = match digest {
                b"" => None,
                hex_text => Some(
                    hex::decode(hex_text)
                        .ok()
                        .filter(|d| d.len() == algorithm.size())
                        .ok_or_else(|| wrong("file digest", "has one of the wrong form"))?
                        .into_boxed_slice(),
                ),
            };
            let named = |name: std::result::Result<_, String>| name.map_err(|r| wrong("file owner", &r));
            let text = |value: std::result::Result<_, _>, what| {
                value.map_err(|_: std::str::Utf8Error| wrong(what, "has one that is not text"))
            };
            files.push(FileEntry {
                kind,
                mode: u32::from(mode) & 0o7777,
                user: intern(&mut interned, named(owner(users.next()))?),
                group: intern(&mut interned, named(owner(groups.next()))?),
                size: sizes.get(i).copied().unwrap_or(0),
                mtime: mtimes.get(i).copied().unwrap_or(0),
                digest: digest.filter(|_| kind == FileKind::Regular),
                flags: at(&flags),
                link_target: if kind == FileKind::Symlink { link_target.into() } else { [].into() },
                major: u32::from(rdev >> 8),
                minor: u32::from(rdev & 0xff),
                hardlink_set: None,
                color: at(&colors),
                lang: intern(
                    &mut interned,
                    text(utf8(langs.as_mut().and_then(Iterator::next)), "file language")?,
                ),
                caps: intern(
                    &mut interned,
                    text(utf8(caps.as_mut().and_then(Iterator::next)), "file capability")?,
                ),
                verify_flags: at(&verify),
                path,
            });
        }
        Ok(files)
    }

    /// Finds the sets: regular files, not ghosts, of the same device and inode.
    fn hardlink_sets(&self, files: &mut [FileEntry]) -> Result<Vec<Vec<usize>>> {
        let (Some(inodes), devices) = (self.numbers(tags::FILEINODES)?, self.numbers(tags::FILEDEVICES)?)
        else {
            return Ok(Vec::new());
        };
        let mut first: HashMap<(u32, u32), usize> = HashMap::new();
        let mut sets: Vec<Vec<usize>> = Vec::new();
        for i in 0..files.len() {
            let Some(file) = files.get(i) else { continue };
            if file.kind != FileKind::Regular || file.is_ghost() {
                continue;
            }
            let device = devices.as_ref().and_then(|d| d.get(i).copied()).unwrap_or(0);
            let inode = inodes.get(i).copied().unwrap_or(0);
            let Some(&leader) = first.get(&(device, inode)) else {
                first.insert((device, inode), i);
                continue;
            };
            let set = files.get(leader).and_then(|f| f.hardlink_set).unwrap_or(sets.len());
            if set == sets.len() {
                sets.push(vec![leader]);
            }
            if files.get(leader).map(|f| f.size) != Some(file.size) {
                let reason = format!("the hard links of `{}` have different sizes", shown(&file.path));
                return Err(Error::value(self.header.name(), "file size", reason));
            }
            for member in [leader, i] {
                if let Some(file) = files.get_mut(member) {
                    file.hardlink_set = Some(set);
                }
            }
            if let Some(members) = sets.get_mut(set) {
                members.push(i);
            }
        }
        Ok(sets)
    }
}

/// A user or group name, or why it is none.
fn owner(name: Option<&[u8]>) -> std::result::Result<&str, String> {
    let name = name.unwrap_or_default();
    let odd = |c: char| c.is_control() || c == ':' || c == '/';
    match utf8(Some(name)) {
        Ok(text) if !text.is_empty() && text.len() <= 255 && !text.contains(odd) => Ok(text),
        _ => Err(format!("belongs to `{}`, which cannot be a name", shown(name))),
    }
}

fn utf8(text: Option<&[u8]>) -> std::result::Result<&str, std::str::Utf8Error> {
    std::str::from_utf8(text.unwrap_or_default())
}

fn intern(known: &mut HashMap<String, Arc<str>>, text: &str) -> Arc<str> {
    if let Some(shared) = known.get(text) {
        return shared.clone();
    }
    let shared: Arc<str> = text.into();
    known.insert(text.to_owned(), shared.clone());
    shared
}

fn refuse_duplicates(header: &Header, files: &[FileEntry]) -> Result<()> {
    let mut seen = HashSet::with_capacity(files.len());
    match files.iter().find(|f| !seen.insert(&f.path)) {
        None => Ok(()),
        Some(file) => {
            let reason = format!("`{}` is listed twice", shown(&file.path));
            Err(Error::value(header.name(), "file name", reason))
        }
    }
}

fn kind(mode: u16) -> Option<FileKind> {
    Some(match mode & 0o170000 {
        0o140000 => FileKind::Socket,
        0o120000 => FileKind::Symlink,
        0o100000 => FileKind::Regular,
        0o060000 => FileKind::BlockDevice,
        0o040000 => FileKind::Directory,
        0o020000 => FileKind::CharDevice,
        0o010000 => FileKind::Fifo,
        _ => return None,
    })
}

fn check_directory(directory: &[u8]) -> std::result::Result<(), &'static str> {
    let inner = directory.strip_prefix(b"/").ok_or("is not absolute")?;
    if inner.is_empty() {
        return Ok(());
    }
    let inner = inner.strip_suffix(b"/").ok_or("does not end in a slash, as directories of the list do")?;
    inner.split(|b| *b == b'/').try_for_each(check_component)
}

fn check_component(component: &[u8]) -> std::result::Result<(), &'static str> {
    match component {
        b"" => Err("has an empty component"),
        b"." | b".." => Err("has a `.` or `..` component"),
        c if c.contains(&b'/') => Err("has a slash in its base name"),
        c if c.contains(&0) => Err("has a NUL byte"),
        c if c.len() > MAX_COMPONENT => Err("has a component longer than 255 bytes"),
        _ => Ok(()),
    }
}
