//! From a path to a directory handle, inside the root.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::{FileType, Mode, OFlags, ResolveFlags, fstat, openat, openat2, readlinkat};
use rustix::io::Errno;

use crate::RootError;

const DIRECTORY: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
const HANDLE: OFlags = OFlags::PATH.union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);
/// The kernel's own limit (path_resolution(7)).
const LINK_LIMIT: u32 = 40;
/// openat2 asks for a retry when a rename crossed a `..`; a tree under constant attack must still end.
const RETRIES: u32 = 1000;

/// Who walks the components of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resolver {
    /// The kernel: openat2(2), Linux 5.6.
    Kernel,
    /// This module, for kernels and seccomp filters without it.
    Walk,
}

impl Resolver {
    /// The kernel where it can.
    pub(crate) fn detect(root: BorrowedFd<'_>) -> Self {
        match openat2(root, ".", DIRECTORY, Mode::empty(), ResolveFlags::IN_ROOT) {
            Err(Errno::NOSYS | Errno::PERM) => Resolver::Walk,
            _ => Resolver::Kernel,
        }
    }

    /// Opens the directory at `path` (no leading slash; empty is the root), through links.
    pub(crate) fn directory(self, root: BorrowedFd<'_>, path: &[u8]) -> Result<OwnedFd, RootError> {
        match self {
            Resolver::Kernel => kernel(root, path, ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS)
                .map_err(|e| RootError::system("open the directory", path, e)),
            Resolver::Walk => walk(root, path),
        }
    }

    /// Opens the directory at `path` without following any link or entering another mount.
    pub(crate) fn own_directory(self, root: BorrowedFd<'_>, path: &[u8]) -> Result<OwnedFd, RootError> {
        let flags = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_XDEV;
        let opened = match self {
            Resolver::Kernel => kernel(root, path, flags),
            Resolver::Walk => plain_walk(root, path),
        };
        opened.map_err(|e| match e {
            Errno::XDEV => RootError::MountInside { path: crate::path::shown(path) },
            e => RootError::system("open the directory", path, e),
        })
    }
}

fn kernel(root: BorrowedFd<'_>, path: &[u8], flags: ResolveFlags) -> Result<OwnedFd, Errno> {
    let path = if path.is_empty() { b"." } else { path };
    let mut tries = 0;
    loop {
        match openat2(root, path, DIRECTORY, Mode::empty(), flags) {
            Err(Errno::AGAIN | Errno::INTR) if tries < RETRIES => tries += 1,
            done => return done,
        }
    }
}

fn plain_walk(root: BorrowedFd<'_>, path: &[u8]) -> Result<OwnedFd, Errno> {
    let mut here = openat(root, ".", DIRECTORY, Mode::empty())?;
    let dev = fstat(&here)?.st_dev;
    for component in path.split(|b| *b == b'/').filter(|c| !c.is_empty()) {
        here = openat(&here, component, DIRECTORY | OFlags::NOFOLLOW, Mode::empty())?;
        if fstat(&here)?.st_dev != dev {
            return Err(Errno::XDEV);
        }
    }
    Ok(here)
}

/// The walk keeps a handle of every directory above, so `..` in a link's text is a step back to one
/// that was reached from the root, wherever it has been moved since.
fn walk(root: BorrowedFd<'_>, path: &[u8]) -> Result<OwnedFd, RootError> {
    let failed = |e: Errno| RootError::system("open the directory", path, e);
    let top = || openat(root, ".", DIRECTORY, Mode::empty()).map_err(failed);
    let mut stack = vec![top()?];
    let mut todo: Vec<Vec<u8>> = components(path);
    let mut links = 0;
    while let Some(component) = todo.pop() {
        if component == b".." {
            if stack.len() > 1 {
                stack.pop();
            }
            continue;
        }
        let Some(here) = stack.last() else { return Err(failed(Errno::NOENT)) };
        let next = openat(here.as_fd(), component.as_slice(), HANDLE, Mode::empty()).map_err(failed)?;
        match FileType::from_raw_mode(fstat(&next).map_err(failed)?.st_mode) {
            FileType::Directory => stack.push(next),
            FileType::Symlink => {
                links += 1;
                if links > LINK_LIMIT {
                    return Err(RootError::LinkLoop { path: crate::path::shown(path) });
                }
                let text = readlinkat(&next, "", Vec::new()).map_err(failed)?.into_bytes();
                if text.first() == Some(&b'/') {
                    stack.truncate(1);
                }
                todo.extend(components(&text));
            }
            _ => return Err(failed(Errno::NOTDIR)),
        }
    }
    stack.pop().ok_or_else(|| failed(Errno::NOENT))
}

/// The components in reverse, ready to be popped.
fn components(path: &[u8]) -> Vec<Vec<u8>> {
    path.split(|b| *b == b'/').filter(|c| !c.is_empty() && *c != b".").map(<[u8]>::to_vec).rev().collect()
}

/// A handle of the object `name` itself, whatever it is.
pub(crate) fn handle(dir: BorrowedFd<'_>, name: &[u8]) -> Result<OwnedFd, Errno> {
    openat(dir, name, HANDLE, Mode::empty())
}
