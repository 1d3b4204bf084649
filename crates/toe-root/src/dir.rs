//! A directory handle and what is done to the names in it.

use std::fs::File;
use std::io::Read;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::{
    AtFlags, FileType, Mode, OFlags, linkat, makedev, mkdirat, mknodat, openat, renameat, symlinkat, unlinkat,
};
use rustix::io::Errno;

use crate::path::{check_name, join, shown};
use crate::{Attributes, DeviceNumber, FileKind, Metadata, Node, Privilege, Root, RootError};

/// What `mknod` makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// A character device.
    Character(DeviceNumber),
    /// A block device.
    Block(DeviceNumber),
    /// A FIFO.
    Fifo,
    /// A socket, bound to nothing.
    Socket,
}

/// A directory of a root. Names given to it are single components.
#[derive(Debug)]
pub struct Dir {
    root: Root,
    fd: OwnedFd,
    path: Vec<u8>,
}

impl Dir {
    pub(crate) fn new(root: Root, fd: OwnedFd, path: Vec<u8>) -> Self {
        Dir { root, fd, path }
    }

    /// The root that it belongs to.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// The handle, opened with O_PATH.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// Its path as it was asked for, without a leading slash.
    pub fn path(&self) -> &[u8] {
        &self.path
    }

    pub(crate) fn shown_path(&self, name: &[u8]) -> Vec<u8> {
        join(&self.path, name)
    }

    /// The key of an object in the ledger: its path with links resolved.
    fn key(&self, name: &[u8]) -> Result<Vec<u8>, RootError> {
        if self.root.privilege() == Privilege::Real {
            return Ok(Vec::new());
        }
        let mut key = vec![b'/'];
        key.extend(join(&self.root.canonical(self.fd())?, name));
        Ok(key)
    }

    fn failed(&self, action: &'static str, name: &[u8]) -> impl Fn(Errno) -> RootError {
        let path = self.shown_path(name);
        move |e| RootError::system(action, &path, e)
    }

    /// An open (not O_PATH) handle of this directory.
    pub fn open_fd(&self) -> Result<OwnedFd, RootError> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        openat(&self.fd, ".", flags, Mode::empty())
            .map_err(|e| RootError::system("open the directory", &self.path, e))
    }

    /// The directory itself as a node.
    pub fn itself(&self) -> Result<Node, RootError> {
        let fd = self.fd.try_clone().map_err(|e| RootError::system("copy the handle of", &self.path, e))?;
        let key = if self.root.privilege() == Privilege::Real {
            Vec::new()
        } else {
            [b"/", self.root.canonical(self.fd())?.as_slice()].concat()
        };
        Node::new(self.root.clone(), fd, self.path.clone(), key)
    }

    /// The directory `name` in this one; a link is refused.
    pub fn subdir(&self, name: &[u8]) -> Result<Dir, RootError> {
        check_name(name)?;
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd =
            openat(&self.fd, name, flags, Mode::empty()).map_err(self.failed("open the directory", name))?;
        Ok(Dir::new(self.root.clone(), fd, self.shown_path(name)))
    }

    /// A handle of the object `name` itself.
    pub fn node(&self, name: &[u8]) -> Result<Node, RootError> {
        check_name(name)?;
        let fd = crate::resolve::handle(self.fd(), name).map_err(self.failed("look at", name))?;
        Node::new(self.root.clone(), fd, self.shown_path(name), self.key(name)?)
    }

    /// The metadata of `name` itself; `None` when there is no such name.
    pub fn find(&self, name: &[u8]) -> Result<Option<Metadata>, RootError> {
        match self.node(name) {
            Ok(node) => Ok(Some(node.metadata())),
            Err(e) if e.is_not_found() => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// The names in the directory, sorted bytewise.
    pub fn names(&self) -> Result<Vec<Vec<u8>>, RootError> {
        let failed = |e| RootError::system("list", &self.path, e);
        let mut names = Vec::new();
        for entry in rustix::fs::Dir::new(self.open_fd()?).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_bytes();
            if name != b"." && name != b".." {
                names.push(name.to_vec());
            }
        }
        names.sort();
        Ok(names)
    }

    /// Opens the regular file `name` for reading.
    pub fn open_read(&self, name: &[u8]) -> Result<File, RootError> {
        self.node(name)?.open_read()
    }

    /// The content of the regular file `name`, refused above `limit` bytes.
    pub fn read_file(&self, name: &[u8], limit: u64) -> Result<Vec<u8>, RootError> {
        let path = self.shown_path(name);
        let mut content = Vec::new();
        let taken = self.open_read(name)?.take(limit.saturating_add(1)).read_to_end(&mut content);
        let length = taken.map_err(|e| RootError::system("read", &path, e))?;
        if length as u64 > limit {
            return Err(RootError::system("read", &path, Errno::FBIG));
        }
        Ok(content)
    }

    /// Makes the new file `name`, mode 0600, for writing.
    pub fn create_file(&self, name: &[u8]) -> Result<File, RootError> {
        check_name(name)?;
        let flags = OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::RDWR | OFlags::CLOEXEC;
        let fd =
            openat(&self.fd, name, flags, Mode::from_raw_mode(0o600)).map_err(self.failed("create", name))?;
        Ok(File::from(fd))
    }

    /// Makes the directory `name` with exactly this mode.
    pub fn mkdir(&self, name: &[u8], mode: u32) -> Result<(), RootError> {
        check_name(name)?;
        mkdirat(&self.fd, name, Mode::from_raw_mode(0o700))
            .map_err(self.failed("make the directory", name))?;
        self.set_attributes(name, &Attributes { mode: Some(mode), ..Attributes::default() })
    }

    /// Makes the symbolic link `name` with this text.
    pub fn symlink(&self, text: &[u8], name: &[u8]) -> Result<(), RootError> {
        check_name(name)?;
        if text.is_empty() || text.contains(&0) || text.len() > 4095 {
            let why = "a link's text is empty, has a NUL byte or more than 4095 bytes";
            return Err(RootError::BadPath { path: shown(&self.shown_path(name)), why });
        }
        symlinkat(text, &self.fd, name).map_err(self.failed("make the link", name))
    }

    /// Makes `new_name` in `new_dir` a hard link to `name`; a link is linked itself.
    pub fn hard_link(&self, name: &[u8], new_dir: &Dir, new_name: &[u8]) -> Result<(), RootError> {
        check_name(name)?;
        check_name(new_name)?;
        linkat(&self.fd, name, &new_dir.fd, new_name, AtFlags::empty())
            .map_err(new_dir.failed("make the hard link", new_name))?;
        if self.root.privilege() == Privilege::Ledger {
            let (from, to) = (self.key(name)?, new_dir.key(new_name)?);
            self.root.notes().link(&from, &to);
        }
        Ok(())
    }

    /// Makes `name` a hard link to a file that is open, whatever name it has.
    pub fn link_file(&self, file: &File, name: &[u8]) -> Result<(), RootError> {
        check_name(name)?;
        let path = crate::node::proc_path(file.as_fd());
        linkat(rustix::fs::CWD, path, &self.fd, name, AtFlags::SYMLINK_FOLLOW)
            .map_err(self.failed("make the hard link", name))
    }

    /// Makes a device, FIFO or socket with exactly this mode. With a ledger, a device is an empty file.
    pub fn mknod(&self, name: &[u8], kind: NodeKind, mode: u32) -> Result<(), RootError> {
        check_name(name)?;
        let failed = self.failed("make the node", name);
        let (file_type, device, file_kind) = match kind {
            NodeKind::Character(n) => (FileType::CharacterDevice, Some(n), FileKind::CharacterDevice),
            NodeKind::Block(n) => (FileType::BlockDevice, Some(n), FileKind::BlockDevice),
            NodeKind::Fifo => (FileType::Fifo, None, FileKind::Fifo),
            NodeKind::Socket => (FileType::Socket, None, FileKind::Socket),
        };
        let noted = self.root.privilege() == Privilege::Ledger && device.is_some();
        if noted {
            drop(self.create_file(name)?);
        } else {
            let number = device.map_or(0, |n| makedev(n.major, n.minor));
            mknodat(&self.fd, name, file_type, Mode::empty(), number).map_err(failed)?;
        }
        self.set_attributes(name, &Attributes { mode: Some(mode), ..Attributes::default() })?;
        if noted && let Some(number) = device {
            let key = self.key(name)?;
            let on_disk = self.node(name)?.metadata();
            self.root.notes().entry(key, &on_disk).device = Some((file_kind, number));
        }
        Ok(())
    }

    /// Renames `name` to `to_name` in `to`, replacing what stands there.
    pub fn rename(&self, name: &[u8], to: &Dir, to_name: &[u8]) -> Result<(), RootError> {
        check_name(name)?;
        check_name(to_name)?;
        renameat(&self.fd, name, &to.fd, to_name).map_err(to.failed("rename to", to_name))?;
        self.note_rename(name, to, to_name)
    }

    pub(crate) fn note_rename(&self, name: &[u8], to: &Dir, to_name: &[u8]) -> Result<(), RootError> {
        if self.root.privilege() == Privilege::Ledger {
            let (from, to) = (self.key(name)?, to.key(to_name)?);
            self.root.notes().rename(&from, &to);
        }
        Ok(())
    }

    /// Removes `name`, which is not a directory.
    pub fn unlink(&self, name: &[u8]) -> Result<(), RootError> {
        check_name(name)?;
        unlinkat(&self.fd, name, AtFlags::empty()).map_err(self.failed("remove", name))?;
        self.note_removal(name)
    }

    /// Removes the empty directory `name`.
    pub fn rmdir(&self, name: &[u8]) -> Result<(), RootError> {
        check_name(name)?;
        unlinkat(&self.fd, name, AtFlags::REMOVEDIR).map_err(self.failed("remove the directory", name))?;
        self.note_removal(name)
    }

    pub(crate) fn note_removal(&self, name: &[u8]) -> Result<(), RootError> {
        if self.root.privilege() == Privilege::Ledger {
            let key = self.key(name)?;
            self.root.notes().forget(&key);
        }
        Ok(())
    }

    /// Sets attributes of the object `name` itself.
    pub fn set_attributes(&self, name: &[u8], attributes: &Attributes) -> Result<(), RootError> {
        self.node(name)?.set_attributes(attributes)
    }

    /// Sets attributes of a file made here under `name`, through its open handle.
    pub fn set_file_attributes(
        &self,
        file: &File,
        name: &[u8],
        attributes: &Attributes,
    ) -> Result<(), RootError> {
        let fd = file
            .try_clone()
            .map_err(|e| RootError::system("copy the handle of", &self.shown_path(name), e))?;
        Node::new(self.root.clone(), fd.into(), self.shown_path(name), self.key(name)?)?
            .set_attributes(attributes)
    }
}
