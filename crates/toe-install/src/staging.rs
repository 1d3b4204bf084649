//! The tree under construction beside SOCK_DIR, and the step that puts it in place.
//!
//! `.NAME.toe-stage.X` (mode 0700, so that no other user reaches a set-id program of it) holds `root`,
//! the new tree. Names are the journal: whatever a crash leaves is recognised by name and mended or
//! removed by the next run, under the lock.

use std::os::fd::OwnedFd;
use std::path::PathBuf;

use rustix::fs::{
    AtFlags, Mode, OFlags, RenameFlags, fsync, mkdirat, openat, renameat, renameat_with, statat,
};
use rustix::io::Errno;
use toe_root::{Ledger, Privilege, Root, RootError};

use crate::{InstallError, SockDir};

const TREE: &str = "root";

/// A tree under construction. Dropped without [`Stage::put_in_place`], it is removed.
#[derive(Debug)]
pub struct Stage {
    parent: Root,
    /// Name of the private directory in `parent`.
    name: String,
    wrapper: OwnedFd,
    path: PathBuf,
    done: bool,
}

/// What an earlier run left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// Its name beside SOCK_DIR.
    pub name: String,
    /// True when it was the old SOCK and was put back.
    pub restored: bool,
}

/// Mends what a killed run left: an old tree that was moved away is put back, the rest removed.
pub fn clean_leftovers(parent: &Root, sock: &SockDir) -> Result<Vec<Leftover>, InstallError> {
    let old = format!(".{}.toe-old.", sock.name());
    let stage = format!(".{}.toe-stage.", sock.name());
    let mut found = Vec::new();
    for name in parent.names("/")? {
        let Ok(name) = String::from_utf8(name) else { continue };
        if name.starts_with(&old) && parent.find(sock.name())?.is_none() {
            parent.rename_new(&name, sock.name())?;
            fsync_directory(parent)?;
            found.push(Leftover { name, restored: true });
        } else if name.starts_with(&old) || name.starts_with(&stage) {
            parent.remove_all(&name)?;
            found.push(Leftover { name, restored: false });
        }
    }
    Ok(found)
}

fn fsync_directory(dir: &Root) -> Result<(), InstallError> {
    fsync(dir.fd())
        .map_err(|e| InstallError::host("write to the disk", &dir.host_path().display().to_string(), e))
}

impl Stage {
    /// Makes an empty stage beside SOCK_DIR.
    pub fn create(parent: &Root, sock: &SockDir) -> Result<Stage, InstallError> {
        let mut n = u64::from(std::process::id());
        loop {
            let name = format!(".{}.toe-stage.{n:x}", sock.name());
            let path = parent.host_path().join(&name);
            let shown = path.display().to_string();
            let failed = |e: Errno| InstallError::host("make the directory", &shown, e);
            match mkdirat(parent.fd(), &name, Mode::RWXU) {
                Ok(()) => {}
                Err(Errno::EXIST) => {
                    n += 1 << 32;
                    continue;
                }
                Err(e) => return Err(failed(e)),
            }
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            let wrapper = openat(parent.fd(), &name, flags, Mode::empty()).map_err(failed)?;
            let stage = Stage { parent: parent.clone(), name, wrapper, path, done: false };
            mkdirat(&stage.wrapper, TREE, Mode::from_raw_mode(0o700)).map_err(failed)?;
            return Ok(stage);
        }
    }

    /// The new tree.
    pub fn root(&self, privilege: Privilege, ledger: Ledger) -> Result<Root, InstallError> {
        let path = self.path.join(TREE);
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd = openat(&self.wrapper, TREE, flags, Mode::empty())
            .map_err(|e| InstallError::host("open the directory", &path.display().to_string(), e))?;
        Ok(Root::from_fd(fd, path, privilege, ledger))
    }

    /// Makes the tree SOCK_DIR in one step and removes the one that was there. What was written is on
    /// the disk before the step, and the step is before this returns.
    ///
    /// The value is why the old tree could not be removed, if so; the next run tries again.
    pub fn put_in_place(mut self, sock: &SockDir) -> Result<Option<RootError>, InstallError> {
        let shown = sock.real().display().to_string();
        let failed = |e: Errno| InstallError::host("put the new tree at", &shown, e);
        rustix::fs::syncfs(&self.wrapper).map_err(failed)?;
        fsync(&self.wrapper).map_err(failed)?;
        let name = sock.name();
        let exists = match statat(self.parent.fd(), name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(_) => true,
            Err(Errno::NOENT) => false,
            Err(e) => return Err(failed(e)),
        };
        let flags = if exists { RenameFlags::EXCHANGE } else { RenameFlags::NOREPLACE };
        match renameat_with(&self.wrapper, TREE, self.parent.fd(), name, flags) {
            Ok(()) => {}
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => self.swap_by_two_renames(sock, exists)?,
            Err(e) => return Err(failed(e)),
        }
        self.done = true;
        fsync_directory(&self.parent)?;
        Ok(self.parent.remove_all(&self.name).err())
    }

    /// For file systems that cannot exchange: between the two renames, the old tree has a name by
    /// which [`clean_leftovers`] puts it back.
    fn swap_by_two_renames(&self, sock: &SockDir, exists: bool) -> Result<(), InstallError> {
        let name = sock.name();
        let shown = sock.real().display().to_string();
        let failed = |e: Errno| InstallError::host("put the new tree at", &shown, e);
        let parent = self.parent.fd();
        if !exists {
            // An empty directory made meanwhile would be replaced; under the lock nobody of ours does.
            return renameat(&self.wrapper, TREE, parent, name).map_err(failed);
        }
        let old = format!(".{name}.toe-old.{:x}", std::process::id());
        renameat(parent, name, parent, &old).map_err(failed)?;
        fsync_directory(&self.parent)?;
        if let Err(e) = renameat(&self.wrapper, TREE, parent, name) {
            renameat(parent, &old, parent, name).map_err(failed)?;
            return Err(failed(e));
        }
        fsync_directory(&self.parent)?;
        self.parent.remove_all(&old)?;
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.done {
            // What cannot be removed now is removed by the next run.
            let _ = self.parent.remove_all(&self.name);
        }
    }
}
