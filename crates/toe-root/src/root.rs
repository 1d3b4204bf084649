//! The root: paths in, handles and effects out.

use std::fs::File;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustix::fs::{CWD, Mode, OFlags, RenameFlags, openat, renameat_with};

use crate::path::{RootPath, check_name, join};
use crate::resolve::Resolver;
use crate::{Attributes, Dir, Ledger, Metadata, Node, NodeKind, Privilege, RootError, Walk, Xattr};

/// A directory of the host that nothing done through it leaves. Cloning shares the handle.
#[derive(Debug, Clone)]
pub struct Root {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    fd: OwnedFd,
    host_path: PathBuf,
    resolver: Resolver,
    privilege: Privilege,
    ledger: Mutex<Ledger>,
}

impl Root {
    /// Opens a directory of the host as a root. The path itself is resolved as any host path.
    pub fn open(host_path: &Path) -> Result<Self, RootError> {
        Self::open_with(host_path, Privilege::Real, Ledger::default())
    }

    /// Opens a directory of the host for a run with the given privilege and the notes of earlier runs.
    pub fn open_with(host_path: &Path, privilege: Privilege, ledger: Ledger) -> Result<Self, RootError> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let fd = openat(CWD, host_path, flags, Mode::empty()).map_err(|e| {
            RootError::system("open the directory", host_path.as_os_str().as_encoded_bytes(), e)
        })?;
        Ok(Self::from_fd(fd, host_path.to_owned(), privilege, ledger))
    }

    /// A root from a directory that is open already; `host_path` is for messages.
    pub fn from_fd(fd: OwnedFd, host_path: PathBuf, privilege: Privilege, ledger: Ledger) -> Self {
        let resolver = Resolver::detect(fd.as_fd());
        let inner = Inner { fd, host_path, resolver, privilege, ledger: Mutex::new(ledger) };
        Root { inner: Arc::new(inner) }
    }

    /// The same directory, resolved by this crate's own walk instead of openat2(2): what happens on
    /// a kernel or under a seccomp filter that lacks it.
    pub fn without_openat2(&self) -> Result<Self, RootError> {
        let fd = self.inner.fd.try_clone().map_err(|e| RootError::system("copy the handle of", b"", e))?;
        let inner = Inner {
            fd,
            host_path: self.inner.host_path.clone(),
            resolver: Resolver::Walk,
            privilege: self.inner.privilege,
            ledger: Mutex::new(self.ledger()),
        };
        Ok(Root { inner: Arc::new(inner) })
    }

    /// Where the root is on the host; for messages.
    pub fn host_path(&self) -> &Path {
        &self.inner.host_path
    }

    /// What the run may do.
    pub fn privilege(&self) -> Privilege {
        self.inner.privilege
    }

    /// A copy of the notes taken so far.
    pub fn ledger(&self) -> Ledger {
        self.notes().clone()
    }

    pub(crate) fn notes(&self) -> MutexGuard<'_, Ledger> {
        self.inner.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn resolver(&self) -> Resolver {
        self.inner.resolver
    }

    /// The handle of the root itself.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.inner.fd.as_fd()
    }

    /// A handle of the directory at `path`, reached through links. Hold it while working on several
    /// objects of one directory.
    pub fn dir(&self, path: impl AsRef<[u8]>) -> Result<Dir, RootError> {
        let path = RootPath::parse(path.as_ref())?;
        let fd = self.inner.resolver.directory(self.fd(), path.as_bytes())?;
        Ok(Dir::new(self.clone(), fd, path.as_bytes().to_vec()))
    }

    /// A handle of the directory at `path`, where no component is a link or on another mount.
    pub fn own_dir(&self, path: impl AsRef<[u8]>) -> Result<Dir, RootError> {
        let path = RootPath::parse(path.as_ref())?;
        let fd = self.inner.resolver.own_directory(self.fd(), path.as_bytes())?;
        Ok(Dir::new(self.clone(), fd, path.as_bytes().to_vec()))
    }

    /// The directory that holds `path`'s last component, and that component.
    pub fn parent(&self, path: impl AsRef<[u8]>) -> Result<(Dir, Vec<u8>), RootError> {
        let parsed = RootPath::parse(path.as_ref())?;
        let Some((parent, name)) = parsed.split() else {
            return Err(RootError::BadPath { path: "/".to_owned(), why: "it is the root itself" });
        };
        let fd = self.inner.resolver.directory(self.fd(), parent)?;
        Ok((Dir::new(self.clone(), fd, parent.to_vec()), name.to_vec()))
    }

    /// An open handle of the directory at `path`, for software that wants a path of its own: it can be
    /// reached as `/proc/self/fd/N`.
    pub fn dir_fd(&self, path: impl AsRef<[u8]>) -> Result<OwnedFd, RootError> {
        self.dir(path)?.open_fd()
    }

    /// A handle of the object at `path`; a link is itself.
    pub fn node(&self, path: impl AsRef<[u8]>) -> Result<Node, RootError> {
        let parsed = RootPath::parse(path.as_ref())?;
        if parsed.is_root() {
            return self.dir("/")?.itself();
        }
        let (dir, name) = self.parent(parsed.as_bytes())?;
        dir.node(&name)
    }

    /// The metadata of the object at `path`; a link is itself.
    pub fn metadata(&self, path: impl AsRef<[u8]>) -> Result<Metadata, RootError> {
        Ok(self.node(path)?.metadata())
    }

    /// As [`Root::metadata`]; `None` when nothing stands there.
    pub fn find(&self, path: impl AsRef<[u8]>) -> Result<Option<Metadata>, RootError> {
        match self.metadata(path) {
            Ok(metadata) => Ok(Some(metadata)),
            Err(e) if e.is_not_found() => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// The metadata of what `path` leads to, through links of the last component too.
    pub fn metadata_through_links(&self, path: impl AsRef<[u8]>) -> Result<Metadata, RootError> {
        Ok(self.follow(path.as_ref())?.metadata())
    }

    /// A handle of what `path` leads to through links, inside the root.
    pub fn follow(&self, path: impl AsRef<[u8]>) -> Result<Node, RootError> {
        let asked = path.as_ref();
        let mut path = RootPath::parse(asked)?.as_bytes().to_vec();
        for _ in 0..40 {
            let node = self.node(if path.is_empty() { b"/" } else { path.as_slice() })?;
            if !node.metadata().is_symlink() {
                return Ok(node);
            }
            // Resolved as directory first: the kernel then treats `..` in the text rightly.
            if let Ok(dir) = self.dir(&path) {
                return dir.itself();
            }
            let text = node.read_link()?;
            path = self.beside(&path, &text)?;
        }
        Err(RootError::LinkLoop { path: crate::path::shown(asked) })
    }

    /// The path, without links in its directories, of a link's text as seen from the link's directory.
    fn beside(&self, link: &[u8], text: &[u8]) -> Result<Vec<u8>, RootError> {
        let trimmed = text.iter().rposition(|b| *b != b'/').map_or(&b""[..], |end| &text[..=end]);
        let (towards, name) = match trimmed.iter().rposition(|b| *b == b'/') {
            Some(slash) => (&trimmed[..=slash], &trimmed[slash + 1..]),
            None => (&b""[..], trimmed),
        };
        check_name(name)?;
        let from = RootPath::parse(link)?;
        let parent = from.split().map_or(&b""[..], |(parent, _)| parent);
        let mut directory = self.inner.resolver.directory(self.fd(), parent)?;
        let mut base = self.canonical(directory.as_fd())?;
        if text.first() == Some(&b'/') {
            base.clear();
        }
        for component in towards.split(|b| *b == b'/').filter(|c| !c.is_empty() && *c != b".") {
            if component == b".." {
                base.truncate(base.iter().rposition(|b| *b == b'/').unwrap_or(0));
            } else {
                base = join(&base, component);
            }
            directory = self.inner.resolver.directory(self.fd(), &base)?;
            base = self.canonical(directory.as_fd())?;
        }
        Ok(join(&base, name))
    }

    /// Where a directory of this root is, seen from the root, without a leading slash. For ledger keys
    /// and messages: the handle is what is worked with.
    pub(crate) fn canonical(&self, dir: BorrowedFd<'_>) -> Result<Vec<u8>, RootError> {
        let top = host_path_of(self.fd())?;
        let here = host_path_of(dir)?;
        let rest = if top == b"/" { Some(here.as_slice()) } else { here.strip_prefix(top.as_slice()) };
        match rest {
            Some(b"") => Ok(Vec::new()),
            Some([b'/', rest @ ..]) => Ok(rest.to_vec()),
            _ => Err(RootError::BadPath {
                path: crate::path::shown(&here),
                why: "it was moved out of the SOCK",
            }),
        }
    }

    /// The text of the link at `path`.
    pub fn read_link(&self, path: impl AsRef<[u8]>) -> Result<Vec<u8>, RootError> {
        self.node(path)?.read_link()
    }

    /// Opens the regular file at `path` for reading; links of the last component are refused.
    pub fn open_read(&self, path: impl AsRef<[u8]>) -> Result<File, RootError> {
        let (dir, name) = self.parent(path.as_ref())?;
        dir.open_read(&name)
    }

    /// Makes a new file, for writing, with mode 0600; it is an error when something stands there.
    pub fn create_file(&self, path: impl AsRef<[u8]>) -> Result<File, RootError> {
        let (dir, name) = self.parent(path.as_ref())?;
        dir.create_file(&name)
    }

    /// Makes a directory with exactly this mode.
    pub fn mkdir(&self, path: impl AsRef<[u8]>, mode: u32) -> Result<(), RootError> {
        let (dir, name) = self.parent(path.as_ref())?;
        dir.mkdir(&name, mode)
    }

    /// Makes the missing directories of `path`, itself included, mode 0755 and root's. Links to
    /// directories are followed.
    pub fn mkdir_all(&self, path: impl AsRef<[u8]>) -> Result<Dir, RootError> {
        let path = RootPath::parse(path.as_ref())?;
        match self.inner.resolver.directory(self.fd(), path.as_bytes()) {
            Ok(fd) => return Ok(Dir::new(self.clone(), fd, path.as_bytes().to_vec())),
            Err(e) if !e.is_not_found() => return Err(e),
            Err(_) => {}
        }
        let mut here = Vec::new();
        let mut dir = self.dir("/")?;
        for component in path.as_bytes().split(|b| *b == b'/').filter(|c| !c.is_empty()) {
            here = join(&here, component);
            match dir.mkdir(component, 0o755) {
                Ok(()) => {
                    if self.privilege() == Privilege::Real {
                        dir.set_attributes(component, &Attributes::new(0, 0, 0o755))?;
                    }
                }
                Err(e) if e.is_already_exists() => {}
                Err(e) => return Err(e),
            }
            dir = self.dir(&here)?;
        }
        Ok(dir)
    }

    /// Makes a symbolic link at `path` with this text.
    pub fn symlink(&self, text: &[u8], path: impl AsRef<[u8]>) -> Result<(), RootError> {
        let (dir, name) = self.parent(path.as_ref())?;
        dir.symlink(text, &name)
    }

    /// Makes `new` a hard link to the object at `old`; a link is linked itself.
    pub fn hard_link(&self, old: impl AsRef<[u8]>, new: impl AsRef<[u8]>) -> Result<(), RootError> {
        let (old_dir, old_name) = self.parent(old.as_ref())?;
        let (new_dir, new_name) = self.parent(new.as_ref())?;
        old_dir.hard_link(&old_name, &new_dir, &new_name)
    }

    /// Makes a device, FIFO or socket with exactly this mode.
    pub fn mknod(&self, path: impl AsRef<[u8]>, kind: NodeKind, mode: u32) -> Result<(), RootError> {
        let (dir, name) = self.parent(path.as_ref())?;
        dir.mknod(&name, kind, mode)
    }

    /// Renames, replacing what stands at `to`.
    pub fn rename(&self, from: impl AsRef<[u8]>, to: impl AsRef<[u8]>) -> Result<(), RootError> {
        let (from_dir, from_name) = self.parent(from.as_ref())?;
        let (to_dir, to_name) = self.parent(to.as_ref())?;
        from_dir.rename(&from_name, &to_dir, &to_name)
    }

    /// Renames; it is an error when something stands at `to`.
    pub fn rename_new(&self, from: impl AsRef<[u8]>, to: impl AsRef<[u8]>) -> Result<(), RootError> {
        let (from_dir, from_name) = self.parent(from.as_ref())?;
        let (to_dir, to_name) = self.parent(to.as_ref())?;
        check_name(&to_name)?;
        renameat_with(from_dir.fd(), &from_name, to_dir.fd(), &to_name, RenameFlags::NOREPLACE)
            .map_err(|e| RootError::system("rename to", &to_dir.shown_path(&to_name), e))?;
        from_dir.note_rename(&from_name, &to_dir, &to_name)
    }

    /// Removes an object that is not a directory.
    pub fn unlink(&self, path: impl AsRef<[u8]>) -> Result<(), RootError> {
        let (dir, name) = self.parent(path.as_ref())?;
        dir.unlink(&name)
    }

    /// Removes an empty directory.
    pub fn rmdir(&self, path: impl AsRef<[u8]>) -> Result<(), RootError> {
        let (dir, name) = self.parent(path.as_ref())?;
        dir.rmdir(&name)
    }

    /// Removes the object at `path` with everything below it. No link is followed and no mount entered.
    pub fn remove_all(&self, path: impl AsRef<[u8]>) -> Result<(), RootError> {
        let (dir, name) = self.parent(path.as_ref())?;
        dir.remove_all(&name)
    }

    /// Removes everything below the root, leaving it empty.
    pub fn remove_content(&self) -> Result<(), RootError> {
        let dir = self.dir("/")?;
        for name in dir.names()? {
            dir.remove_all(&name)?;
        }
        Ok(())
    }

    /// Sets attributes of the object at `path`; a link's own.
    pub fn set_attributes(&self, path: impl AsRef<[u8]>, attributes: &Attributes) -> Result<(), RootError> {
        self.node(path)?.set_attributes(attributes)
    }

    /// The extended attributes of the object at `path`, by name.
    pub fn xattrs(&self, path: impl AsRef<[u8]>) -> Result<Vec<Xattr>, RootError> {
        self.node(path)?.xattrs()
    }

    /// The whole content of the regular file at `path`, refused when it has more than `limit` bytes.
    pub fn read_file(&self, path: impl AsRef<[u8]>, limit: u64) -> Result<Vec<u8>, RootError> {
        let (dir, name) = self.parent(path.as_ref())?;
        dir.read_file(&name, limit)
    }

    /// Writes a file under a temporary name and renames it to `path`: readers see the old file or
    /// the new one.
    pub fn write_file_atomically(
        &self,
        path: impl AsRef<[u8]>,
        content: &[u8],
        attributes: &Attributes,
    ) -> Result<(), RootError> {
        let (dir, name) = self.parent(path.as_ref())?;
        dir.write_file_atomically(&name, content, attributes)
    }

    /// The names in the directory at `path`, sorted bytewise.
    pub fn names(&self, path: impl AsRef<[u8]>) -> Result<Vec<Vec<u8>>, RootError> {
        self.dir(path)?.names()
    }

    /// Every object below the root, each directory before its content, names sorted bytewise.
    pub fn walk(&self) -> Walk {
        Walk::new(self.clone(), Vec::new())
    }

    /// As [`Root::walk`], below the directory at `path`.
    pub fn walk_below(&self, path: impl AsRef<[u8]>) -> Result<Walk, RootError> {
        Ok(Walk::new(self.clone(), RootPath::parse(path.as_ref())?.as_bytes().to_vec()))
    }

    /// Writes everything of the root's file system to the disk.
    pub fn sync(&self) -> Result<(), RootError> {
        rustix::fs::syncfs(self.fd()).map_err(|e| RootError::system("write to the disk", b"", e))
    }
}

fn host_path_of(fd: BorrowedFd<'_>) -> Result<Vec<u8>, RootError> {
    let link = crate::node::proc_path(fd);
    rustix::fs::readlink(&link, Vec::new())
        .map(std::ffi::CString::into_bytes)
        .map_err(|e| RootError::system("read the link", link.as_bytes(), e))
}
