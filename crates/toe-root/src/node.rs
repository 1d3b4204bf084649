//! A handle of one object, whatever its kind: what is read or set through it cannot be swapped.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

use rustix::fs::{
    AtFlags, Gid, Mode, Timespec, Timestamps, Uid, XattrFlags, chmod, chownat, getxattr, listxattr,
    readlinkat, setxattr, utimensat,
};
use rustix::io::Errno;

use crate::path::shown;
use crate::{Attributes, CAPABILITY_XATTR, Metadata, Privilege, Root, RootError, Xattr};

/// An object of a root. Links are themselves; devices and FIFOs are not opened by it.
#[derive(Debug)]
pub struct Node {
    root: Root,
    fd: OwnedFd,
    /// As asked for, for messages.
    path: Vec<u8>,
    /// As the ledger knows it; empty without a ledger.
    key: Vec<u8>,
    on_disk: Metadata,
}

impl Node {
    pub(crate) fn new(root: Root, fd: OwnedFd, path: Vec<u8>, key: Vec<u8>) -> Result<Self, RootError> {
        let stat = rustix::fs::fstat(&fd).map_err(|e| RootError::system("look at", &path, e))?;
        let on_disk = Metadata::from_stat(&stat);
        Ok(Node { root, fd, path, key, on_disk })
    }

    /// Its metadata when the handle was made; with a ledger, what the ledger says.
    pub fn metadata(&self) -> Metadata {
        let mut metadata = self.on_disk.clone();
        if self.root.privilege() == Privilege::Ledger {
            self.root.notes().overlay(&self.key, &mut metadata);
        }
        metadata
    }

    /// The handle, opened with O_PATH.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// The text of a symbolic link.
    pub fn read_link(&self) -> Result<Vec<u8>, RootError> {
        if !self.on_disk.is_symlink() {
            let kind = self.on_disk.kind.as_str();
            return Err(RootError::WrongKind { action: "read the link", path: shown(&self.path), kind });
        }
        readlinkat(&self.fd, "", Vec::new())
            .map(std::ffi::CString::into_bytes)
            .map_err(|e| RootError::system("read the link", &self.path, e))
    }

    /// Opens a regular file for reading. Nothing else is opened: a FIFO would block, a device might act.
    pub fn open_read(&self) -> Result<std::fs::File, RootError> {
        if !self.on_disk.is_file() || self.metadata().kind.is_device() {
            let kind = self.metadata().kind.as_str();
            return Err(RootError::WrongKind { action: "read", path: shown(&self.path), kind });
        }
        std::fs::File::open(proc_path(self.fd())).map_err(|e| RootError::system("open", &self.path, e))
    }

    /// Extended attributes by name, sorted; with a ledger the capability it noted.
    pub fn xattrs(&self) -> Result<Vec<Xattr>, RootError> {
        let failed = |e| RootError::system("read the extended attributes of", &self.path, e);
        let link = proc_path(self.fd());
        let list = match sized(|buffer| listxattr(link.as_str(), buffer)) {
            Ok(list) => list,
            Err(Errno::OPNOTSUPP) => Vec::new(),
            Err(e) => return Err(failed(e)),
        };
        let mut out = Vec::new();
        for name in list.split(|b| *b == 0).filter(|n| !n.is_empty()) {
            match sized(|buffer| getxattr(link.as_str(), name, buffer)) {
                Ok(value) => out.push((name.to_vec(), value)),
                Err(Errno::NODATA) => {}
                Err(e) => return Err(failed(e)),
            }
        }
        if self.root.privilege() == Privilege::Ledger
            && let Some(value) = self.root.notes().get(&self.key).and_then(|i| i.capability.clone())
        {
            out.retain(|(name, _)| name != CAPABILITY_XATTR.as_bytes());
            out.push((CAPABILITY_XATTR.as_bytes().to_vec(), value));
        }
        out.sort();
        Ok(out)
    }

    /// The raw value of `security.capability`, if set.
    pub fn capability(&self) -> Result<Option<Vec<u8>>, RootError> {
        if !self.on_disk.is_file() {
            return Ok(None);
        }
        let name = CAPABILITY_XATTR.as_bytes();
        Ok(self.xattrs()?.into_iter().find(|(n, _)| n == name).map(|(_, value)| value))
    }

    /// Sets owner, mode, capability, extended attributes and times, in that order.
    pub fn set_attributes(&self, attributes: &Attributes) -> Result<(), RootError> {
        match self.root.privilege() {
            Privilege::Real => self.set_for_real(attributes)?,
            Privilege::Ledger => self.note(attributes)?,
        }
        let failed = |e| RootError::system("set the time of", &self.path, e);
        if let Some((seconds, nanoseconds)) = attributes.mtime {
            let time = Timespec { tv_sec: seconds, tv_nsec: nanoseconds.into() };
            let times = Timestamps { last_access: time, last_modification: time };
            utimensat(&self.fd, "", &times, AtFlags::EMPTY_PATH).map_err(failed)?;
        }
        Ok(())
    }

    fn set_for_real(&self, attributes: &Attributes) -> Result<(), RootError> {
        if let Some((uid, gid)) = attributes.owner {
            let (uid, gid) = (Uid::from_raw(uid), Gid::from_raw(gid));
            chownat(&self.fd, "", Some(uid), Some(gid), AtFlags::EMPTY_PATH)
                .map_err(|e| RootError::system("set the owner of", &self.path, e))?;
        }
        if let Some(mode) = attributes.mode
            && !self.on_disk.is_symlink()
        {
            self.chmod(mode)?;
        }
        if let Some(value) = &attributes.capability {
            self.set_xattr(CAPABILITY_XATTR.as_bytes(), value)?;
        }
        for (name, value) in &attributes.xattrs {
            self.set_xattr(name, value)?;
        }
        Ok(())
    }

    /// Owner, set-id bits and capability are noted; the disk keeps bits that let this user go on reading.
    fn note(&self, attributes: &Attributes) -> Result<(), RootError> {
        if !self.on_disk.is_symlink() {
            if let Some(mode) = attributes.mode {
                let reach = if self.on_disk.is_dir() { 0o700 } else { 0o600 };
                self.chmod((mode & 0o777) | reach)?;
            }
            for (name, value) in &attributes.xattrs {
                if name.starts_with(b"user.") {
                    self.set_xattr(name, value)?;
                }
            }
        }
        if attributes.owner.is_none()
            && attributes.mode.is_none()
            && attributes.capability.is_none()
            && attributes.xattrs.is_empty()
        {
            return Ok(());
        }
        let mut notes = self.root.notes();
        let intended = notes.entry(self.key.clone(), &self.on_disk);
        if let Some((uid, gid)) = attributes.owner {
            (intended.uid, intended.gid) = (uid, gid);
        }
        if let Some(mode) = attributes.mode {
            intended.mode = mode & 0o7777;
        }
        if let Some(value) = &attributes.capability {
            intended.capability = Some(value.clone());
        }
        if let Some((_, value)) = attributes.xattrs.iter().find(|(n, _)| n == CAPABILITY_XATTR.as_bytes()) {
            intended.capability = Some(value.clone());
        }
        Ok(())
    }

    /// Through the magic link of the handle: fchmod(2) refuses O_PATH handles and fchmodat2(2) is new.
    fn chmod(&self, mode: u32) -> Result<(), RootError> {
        chmod(proc_path(self.fd()), Mode::from_raw_mode(mode & 0o7777))
            .map_err(|e| RootError::system("set the mode of", &self.path, e))
    }

    /// Sets one extended attribute.
    pub fn set_xattr(&self, name: &[u8], value: &[u8]) -> Result<(), RootError> {
        setxattr(proc_path(self.fd()), name, value, XattrFlags::empty())
            .map_err(|e| RootError::system("set an extended attribute of", &self.path, e))
    }

    /// Removes a capability and the set-id bits, so that other hard links to a replaced program lose them.
    pub fn disarm(&self) -> Result<(), RootError> {
        if !self.on_disk.is_file() || self.root.privilege() == Privilege::Ledger {
            return Ok(());
        }
        if self.on_disk.mode & 0o6000 != 0 {
            self.chmod(self.on_disk.mode & 0o1777)?;
        }
        match rustix::fs::removexattr(proc_path(self.fd()), CAPABILITY_XATTR) {
            Ok(()) | Err(Errno::NODATA | Errno::OPNOTSUPP) => Ok(()),
            Err(e) => Err(RootError::system("remove the capability of", &self.path, e)),
        }
    }
}

/// The path under which this process reaches the object of a handle, exactly.
pub(crate) fn proc_path(fd: BorrowedFd<'_>) -> String {
    format!("/proc/self/fd/{}", fd.as_raw_fd())
}

/// Calls with a buffer that grows to what the system asks for (at most 64 KiB, xattr(7)).
fn sized(call: impl Fn(&mut [u8]) -> Result<usize, Errno>) -> Result<Vec<u8>, Errno> {
    let mut buffer = vec![0; 256];
    loop {
        match call(&mut buffer) {
            Ok(length) => {
                buffer.truncate(length);
                return Ok(buffer);
            }
            Err(Errno::RANGE) if buffer.len() < 1 << 16 => buffer.resize(buffer.len() * 4, 0),
            Err(e) => return Err(e),
        }
    }
}
