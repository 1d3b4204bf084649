//! One run at a time on a SOCK: a lock file beside it.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use rustix::fs::{AtFlags, FlockOperation, Mode, OFlags, flock, fstat, openat, statat, unlinkat};
use rustix::io::Errno;
use toe_source::{Diagnostic, Event, Observer, Severity};

use crate::{InstallError, SockDir};

/// What to do when another run holds the SOCK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Wait this long, then refuse.
    Limited(Duration),
    /// Refuse at once.
    Never,
}

/// Held while a run works on a SOCK; the kernel releases it when the process ends, however it ends.
#[derive(Debug)]
pub struct SockLock {
    parent: OwnedFd,
    name: String,
    _file: File,
}

impl SockLock {
    /// Takes the lock `.NAME.toe-lock` in the directory that holds SOCK_DIR.
    pub fn take(
        parent: &OwnedFd,
        sock: &SockDir,
        waiting: Waiting,
        observer: &dyn Observer,
    ) -> Result<SockLock, InstallError> {
        let name = format!(".{}.toe-lock", sock.name());
        let shown = sock.parent().join(&name).display().to_string();
        let failed = |e: Errno| InstallError::host("lock", &shown, e);
        let begun = Instant::now();
        let mut told = false;
        loop {
            let flags = OFlags::CREATE | OFlags::RDWR | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
            let fd = openat(parent, &name, flags, Mode::RUSR | Mode::WUSR).map_err(failed)?;
            match flock(&fd, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => {}
                Err(Errno::WOULDBLOCK) => {
                    let holder = holder(fd);
                    let limit = match waiting {
                        Waiting::Never => Duration::ZERO,
                        Waiting::Limited(limit) => limit,
                    };
                    let busy = InstallError::Busy { path: sock.path().display().to_string(), holder };
                    if begun.elapsed() >= limit {
                        return Err(busy);
                    }
                    if !told {
                        let mut notice = Diagnostic::from_error(&busy);
                        notice.severity = Severity::Info;
                        observer.event(Event::Warning(&notice));
                        told = true;
                    }
                    std::thread::sleep(Duration::from_millis(50));
                    continue;
                }
                Err(Errno::INTR) => continue,
                Err(e) => return Err(failed(e)),
            }
            // The holder before may have removed the file between our open and our lock.
            let ours = fstat(&fd).map_err(failed)?;
            match statat(parent, &name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(there) if (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino) => {}
                Ok(_) | Err(Errno::NOENT) => continue,
                Err(e) => return Err(failed(e)),
            }
            let mut file = File::from(fd);
            let written = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
            written.map_err(|e| InstallError::host("write", &shown, e))?;
            let parent = parent.try_clone().map_err(|e| InstallError::host("lock", &shown, e))?;
            return Ok(SockLock { parent, name, _file: file });
        }
    }
}

fn holder(fd: OwnedFd) -> String {
    let mut text = String::new();
    let _ = File::from(fd).take(20).read_to_string(&mut text);
    let pid = text.trim();
    if !pid.is_empty() && pid.bytes().all(|b| b.is_ascii_digit()) {
        format!("process {pid}")
    } else {
        "another process".to_owned()
    }
}

impl Drop for SockLock {
    fn drop(&mut self) {
        // Still locked: whoever opened it meanwhile sees that the name has gone and makes a new one.
        let _ = unlinkat(&self.parent, &self.name, AtFlags::empty());
    }
}
