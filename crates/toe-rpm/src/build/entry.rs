//! What a package holds: one entry a path.

use std::ffi::{OsStr, OsString};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

/// Bits of FILEFLAGS (1037).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileFlags(u32);

impl FileFlags {
    /// An ordinary file.
    pub const NONE: FileFlags = FileFlags(0);
    /// `%config`: changes of the administrator survive as `.rpmsave`.
    pub const CONFIG: FileFlags = FileFlags(1);
    /// `%doc`.
    pub const DOC: FileFlags = FileFlags(2);
    /// `missingok`: rpm -V does not miss it.
    pub const MISSING_OK: FileFlags = FileFlags(8);
    /// `noreplace` of `%config(noreplace)`: the administrator's file stays.
    pub const NO_REPLACE: FileFlags = FileFlags(16);
    /// `%ghost`: owned, but not in the payload.
    pub const GHOST: FileFlags = FileFlags(64);
    /// `%license`.
    pub const LICENSE: FileFlags = FileFlags(128);

    /// The bits.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// True when all bits of `other` are set.
    pub fn contains(self, other: FileFlags) -> bool {
        self.0 & other.0 == other.0
    }
}

impl std::ops::BitOr for FileFlags {
    type Output = FileFlags;
    fn bitor(self, other: FileFlags) -> FileFlags {
        FileFlags(self.0 | other.0)
    }
}

/// What `rpm -V` compares: bits of FILEVERIFYFLAGS (1045).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifyFlags(u32);

impl VerifyFlags {
    /// Everything.
    pub const ALL: VerifyFlags = VerifyFlags(0xffff_ffff);
    /// The content's digest.
    pub const DIGEST: VerifyFlags = VerifyFlags(1);
    /// The size.
    pub const SIZE: VerifyFlags = VerifyFlags(1 << 1);
    /// The owner.
    pub const USER: VerifyFlags = VerifyFlags(1 << 3);
    /// The group.
    pub const GROUP: VerifyFlags = VerifyFlags(1 << 4);
    /// The modification time.
    pub const MTIME: VerifyFlags = VerifyFlags(1 << 5);
    /// The permission bits.
    pub const MODE: VerifyFlags = VerifyFlags(1 << 6);

    /// The device numbers.
    pub const RDEV: VerifyFlags = VerifyFlags(1 << 7);

    /// All of these but `other`.
    pub fn without(self, other: VerifyFlags) -> VerifyFlags {
        VerifyFlags(self.0 & !other.0)
    }

    /// The bits.
    pub fn bits(self) -> u32 {
        self.0
    }
}

/// Opens the content of a file when the payload reaches it.
pub type Open<'a> = Box<dyn Fn() -> io::Result<Box<dyn Read + 'a>> + 'a>;

/// Where the bytes of a file come from.
pub enum Content<'a> {
    /// From memory.
    Bytes(Vec<u8>),
    /// From whatever the function opens; it must yield exactly `size` bytes.
    Open {
        /// Length in bytes.
        size: u64,
        /// Opens it.
        open: Open<'a>,
    },
}

impl Content<'_> {
    pub(super) fn size(&self) -> u64 {
        match self {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Open { size, .. } => *size,
        }
    }

    pub(super) fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        match self {
            Content::Bytes(bytes) => Ok(Box::new(Cursor::new(bytes))),
            Content::Open { open, .. } => open(),
        }
    }
}

impl std::fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.size())
    }
}

/// The kind of an entry, with what only that kind has.
#[derive(Debug)]
pub enum EntryKind<'a> {
    /// A regular file.
    File(Content<'a>),
    /// A directory.
    Directory,
    /// A symbolic link with its text.
    Symlink(OsString),
    /// A character device.
    CharacterDevice {
        /// At most 255.
        major: u32,
        /// At most 255.
        minor: u32,
    },
    /// A block device.
    BlockDevice {
        /// At most 255.
        major: u32,
        /// At most 255.
        minor: u32,
    },
    /// A FIFO; goes only into packages as `%ghost`, see [`PackageWriter::finish`](super::PackageWriter::finish).
    Fifo,
    /// A socket; as a FIFO.
    Socket,
}

/// One path of a package.
#[derive(Debug)]
pub struct Entry<'a> {
    pub(super) path: PathBuf,
    pub(super) kind: EntryKind<'a>,
    pub(super) mode: u32,
    pub(super) user: String,
    pub(super) group: String,
    pub(super) mtime: Option<u64>,
    pub(super) flags: FileFlags,
    pub(super) verify: VerifyFlags,
    pub(super) capabilities: String,
    pub(super) language: String,
    pub(super) link_set: Option<u64>,
}

impl<'a> Entry<'a> {
    /// An entry of any kind, owned by root, its time the package's.
    pub fn new(path: impl AsRef<Path>, kind: EntryKind<'a>, mode: u32) -> Self {
        Entry {
            path: path.as_ref().to_owned(),
            kind,
            mode: mode & 0o7777,
            user: "root".to_owned(),
            group: "root".to_owned(),
            mtime: None,
            flags: FileFlags::NONE,
            verify: VerifyFlags::ALL,
            capabilities: String::new(),
            language: String::new(),
            link_set: None,
        }
    }

    /// A regular file with these bytes, mode 0644.
    pub fn file(path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(path, EntryKind::File(Content::Bytes(bytes.into())), 0o644)
    }

    /// A regular file of `size` bytes that is opened when the payload reaches it, mode 0644.
    pub fn file_from(
        path: impl AsRef<Path>,
        size: u64,
        open: impl Fn() -> io::Result<Box<dyn Read + 'a>> + 'a,
    ) -> Self {
        Self::new(path, EntryKind::File(Content::Open { size, open: Box::new(open) }), 0o644)
    }

    /// A directory, mode 0755.
    pub fn dir(path: impl AsRef<Path>) -> Self {
        Self::new(path, EntryKind::Directory, 0o755)
    }

    /// A symbolic link at `path` with the text `target`.
    pub fn symlink(path: impl AsRef<Path>, target: impl AsRef<OsStr>) -> Self {
        Self::new(path, EntryKind::Symlink(target.as_ref().to_owned()), 0o777)
    }

    /// Permission bits with setuid, setgid and sticky (07777).
    pub fn mode(mut self, mode: u32) -> Self {
        self.mode = mode & 0o7777;
        self
    }

    /// Owner and group by name (FILEUSERNAME 1039, FILEGROUPNAME 1040).
    pub fn owner(mut self, user: impl Into<String>, group: impl Into<String>) -> Self {
        self.user = user.into();
        self.group = group.into();
        self
    }

    /// Modification time in seconds since 1970; later than the package's time it is clamped to that.
    pub fn mtime(mut self, seconds: u64) -> Self {
        self.mtime = Some(seconds);
        self
    }

    /// FILEFLAGS (1037).
    pub fn flags(mut self, flags: FileFlags) -> Self {
        self.flags = flags;
        self
    }

    /// FILEVERIFYFLAGS (1045).
    pub fn verify(mut self, verify: VerifyFlags) -> Self {
        self.verify = verify;
        self
    }

    /// File capabilities as cap_to_text(3) writes them, such as `cap_net_raw=ep` (FILECAPS 5010).
    pub fn capabilities(mut self, text: impl Into<String>) -> Self {
        self.capabilities = text.into();
        self
    }

    /// Language of `%lang` (FILELANGS 1097), such as `de`.
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = language.into();
        self
    }

    /// Regular files with the same number are hard links of one inode. All carry the content;
    /// it is read once, from the last member.
    pub fn link_set(mut self, set: u64) -> Self {
        self.link_set = Some(set);
        self
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn is_ghost(&self) -> bool {
        self.flags.contains(FileFlags::GHOST)
    }

    /// st_mode with the file type, as FILEMODES holds it.
    pub(super) fn type_and_mode(&self) -> u16 {
        let kind: u32 = match self.kind {
            EntryKind::File(_) => 0o100_000,
            EntryKind::Directory => 0o040_000,
            EntryKind::Symlink(_) => 0o120_000,
            EntryKind::CharacterDevice { .. } => 0o020_000,
            EntryKind::BlockDevice { .. } => 0o060_000,
            EntryKind::Fifo => 0o010_000,
            EntryKind::Socket => 0o140_000,
        };
        (kind | self.mode) as u16
    }

    /// Size as FILESIZES holds it: of a link its text, of what has no content 0.
    pub(super) fn size(&self) -> u64 {
        match &self.kind {
            EntryKind::File(content) => content.size(),
            EntryKind::Symlink(target) => target.len() as u64,
            EntryKind::Directory => 4096,
            _ => 0,
        }
    }
}
