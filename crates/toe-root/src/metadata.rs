//! What an object is.

use rustix::fs::{FileType, Stat};

/// The kind of an object (the S_IFMT bits of its mode).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link.
    Symlink,
    /// A character device.
    CharacterDevice,
    /// A block device.
    BlockDevice,
    /// A FIFO.
    Fifo,
    /// A socket.
    Socket,
}

impl FileKind {
    /// Words for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            FileKind::File => "regular file",
            FileKind::Directory => "directory",
            FileKind::Symlink => "symbolic link",
            FileKind::CharacterDevice => "character device",
            FileKind::BlockDevice => "block device",
            FileKind::Fifo => "FIFO",
            FileKind::Socket => "socket",
        }
    }

    pub(crate) fn from_mode(mode: u32) -> Self {
        match FileType::from_raw_mode(mode) {
            FileType::Directory => FileKind::Directory,
            FileType::Symlink => FileKind::Symlink,
            FileType::CharacterDevice => FileKind::CharacterDevice,
            FileType::BlockDevice => FileKind::BlockDevice,
            FileType::Fifo => FileKind::Fifo,
            FileType::Socket => FileKind::Socket,
            FileType::RegularFile | FileType::Unknown => FileKind::File,
        }
    }

    pub(crate) fn is_device(self) -> bool {
        matches!(self, FileKind::CharacterDevice | FileKind::BlockDevice)
    }
}

/// Major and minor number of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct DeviceNumber {
    /// Which driver.
    pub major: u32,
    /// Which device of that driver.
    pub minor: u32,
}

/// The metadata of an object itself; links are not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// Its kind.
    pub kind: FileKind,
    /// Permission bits with setuid, setgid and sticky: 0 to 07777.
    pub mode: u32,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Bytes of a file or of a link's text.
    pub size: u64,
    /// Last change of the content, seconds since the epoch.
    pub mtime: i64,
    /// Nanoseconds of `mtime`.
    pub mtime_nsec: u32,
    /// Numbers of a device; zero for everything else.
    pub device: DeviceNumber,
    /// The file system that holds it (st_dev).
    pub dev: u64,
    /// Its inode on that file system.
    pub ino: u64,
    /// Hard links to it.
    pub nlink: u64,
    /// 512-byte blocks that it takes on the disk.
    pub blocks: u64,
}

impl Metadata {
    pub(crate) fn from_stat(stat: &Stat) -> Self {
        let kind = FileKind::from_mode(stat.st_mode);
        let device = if kind.is_device() {
            let rdev = stat.st_rdev;
            DeviceNumber { major: rustix::fs::major(rdev), minor: rustix::fs::minor(rdev) }
        } else {
            DeviceNumber::default()
        };
        Metadata {
            kind,
            mode: stat.st_mode & 0o7777,
            uid: stat.st_uid,
            gid: stat.st_gid,
            size: u64::try_from(stat.st_size).unwrap_or(0),
            mtime: stat.st_mtime,
            mtime_nsec: u32::try_from(stat.st_mtime_nsec).unwrap_or(0),
            device,
            dev: stat.st_dev,
            ino: stat.st_ino,
            nlink: stat.st_nlink,
            blocks: u64::try_from(stat.st_blocks).unwrap_or(0),
        }
    }

    /// True for a directory.
    pub fn is_dir(&self) -> bool {
        self.kind == FileKind::Directory
    }

    /// True for a regular file.
    pub fn is_file(&self) -> bool {
        self.kind == FileKind::File
    }

    /// True for a symbolic link.
    pub fn is_symlink(&self) -> bool {
        self.kind == FileKind::Symlink
    }
}
