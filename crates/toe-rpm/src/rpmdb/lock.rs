//! rpm's own lock on a database.

use std::os::fd::{BorrowedFd, OwnedFd};

use nix::errno::Errno;
use nix::fcntl::{FcntlArg, OFlag, fcntl, openat};
use nix::sys::stat::Mode;

use crate::error::{Error, Result};

/// Name of the lock file beside the database.
pub const FILE_NAME: &str = ".rpm.lock";

/// The lock that rpm and dnf take to change a database; given back when dropped.
///
/// It is a lock of the process (`fcntl`), so any other handle of the file that the process closes
/// gives it back too.
#[derive(Debug)]
pub struct Lock {
    _file: OwnedFd,
}

impl Lock {
    /// Takes the lock of the database in `directory`, making the file (0644) when it is not there. Fails
    /// at once, with [`Error::Locked`], when another process has it.
    pub fn take(directory: BorrowedFd<'_>) -> Result<Self> {
        let failed = |errno: Errno| Error::Read { name: FILE_NAME.into(), source: errno.into() };
        let flags = OFlag::O_RDWR | OFlag::O_CREAT | OFlag::O_CLOEXEC | OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK;
        let file = openat(directory, FILE_NAME, flags, Mode::from_bits_truncate(0o644)).map_err(failed)?;
        let whole = nix::libc::flock {
            l_type: nix::libc::F_WRLCK as i16,
            l_whence: nix::libc::SEEK_SET as i16,
            l_start: 0,
            l_len: 0,
            l_pid: 0,
        };
        match fcntl(&file, FcntlArg::F_SETLK(&whole)) {
            Ok(_) => Ok(Lock { _file: file }),
            Err(Errno::EACCES | Errno::EAGAIN) => Err(Error::Locked),
            Err(errno) => Err(failed(errno)),
        }
    }
}
