//! Removing trees.

use rustix::fs::{AtFlags, renameat, unlinkat};
use rustix::io::Errno;

use crate::path::check_name;
use crate::{Dir, RootError};

/// Directories deeper than this are first moved up, so that a tree of any depth is removed with a
/// bounded number of handles.
const DEPTH: usize = 200;

impl Dir {
    /// Removes `name` with everything below it; nothing there is fine. No link is followed, no mount entered.
    pub fn remove_all(&self, name: &[u8]) -> Result<(), RootError> {
        check_name(name)?;
        let mut moved = 0;
        remove(self, name, self, 0, &mut moved)?;
        let mut removed = 0;
        while removed < moved {
            remove(self, &moved_name(removed), self, 0, &mut moved)?;
            removed += 1;
        }
        self.note_removal(name)
    }
}

fn moved_name(n: u64) -> Vec<u8> {
    format!(".toe-deep-{:x}-{n:x}", std::process::id()).into_bytes()
}

fn remove(dir: &Dir, name: &[u8], top: &Dir, depth: usize, moved: &mut u64) -> Result<(), RootError> {
    let path = dir.shown_path(name);
    let failed = |e| RootError::system("remove", &path, e);
    match unlinkat(dir.fd(), name, AtFlags::empty()) {
        Ok(()) | Err(Errno::NOENT) => return Ok(()),
        Err(Errno::ISDIR | Errno::PERM) => {}
        Err(e) => return Err(failed(e)),
    }
    match unlinkat(dir.fd(), name, AtFlags::REMOVEDIR) {
        Ok(()) | Err(Errno::NOENT) => return Ok(()),
        Err(Errno::NOTEMPTY | Errno::EXIST) => {}
        Err(Errno::BUSY) => return Err(RootError::MountInside { path: crate::path::shown(&path) }),
        Err(e) => return Err(failed(e)),
    }
    if depth >= DEPTH {
        let up = moved_name(*moved);
        *moved += 1;
        return renameat(dir.fd(), name, top.fd(), up.as_slice()).map_err(failed);
    }
    let fd = dir.root().resolver().own_directory(dir.fd(), name)?;
    let here = Dir::new(dir.root().clone(), fd, path.clone());
    for child in here.names()? {
        remove(&here, &child, top, depth + 1, moved)?;
    }
    match unlinkat(dir.fd(), name, AtFlags::REMOVEDIR) {
        Ok(()) | Err(Errno::NOENT) => Ok(()),
        Err(e) => Err(failed(e)),
    }
}
