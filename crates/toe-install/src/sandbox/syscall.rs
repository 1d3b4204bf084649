//! The system calls that neither nix nor rustix offers as safe functions.
#![allow(unsafe_code)] // fork, exit, close_range, seccomp and the process environment are only to be had this way

use std::ffi::CStr;
use std::os::fd::{BorrowedFd, RawFd};

use nix::unistd::{ForkResult, Pid};
use rustix::io::Errno;

/// Splits the process. In the child `None` is returned.
///
/// The parent may have threads, and the child of such a process may by POSIX only call
/// async-signal-safe functions. Ours allocates and, for Lua, does much more. That is sound with the
/// allocators of `toe`, because they are consistent in the child: jemalloc, which `toe` allocates from,
/// and glibc, which Lua does, take their locks around fork; musl does the same since 1.2.2. What the child must keep away
/// from are locks of Rust that another thread may have held: standard output and error, and the
/// standard library's lock of the environment. It uses neither (see `write_all` and `set_variable`).
pub(crate) fn fork() -> nix::Result<Option<Pid>> {
    // SAFETY: see above; every child path ends in `exit_now` or exec.
    match unsafe { nix::unistd::fork() }? {
        ForkResult::Parent { child } => Ok(Some(child)),
        ForkResult::Child => Ok(None),
    }
}

/// Ends the process at once, without the destructors and exit handlers that belong to the parent.
pub(crate) fn exit_now(status: i32) -> ! {
    // SAFETY: _exit has no preconditions.
    unsafe { libc::_exit(status) }
}

/// Closes every descriptor above 2 but `keep`.
pub(super) fn close_others(keep: &mut [RawFd]) -> Result<(), Errno> {
    keep.sort_unstable();
    let mut first = 3;
    for fd in keep.iter().copied().filter(|fd| *fd >= 3) {
        close_range(first, fd as u32)?;
        first = fd as u32 + 1;
    }
    close_range(first, u32::MAX)
}

/// Closes the descriptors from `first` up to, not including, `end` (`u32::MAX`: all).
fn close_range(first: u32, end: u32) -> Result<(), Errno> {
    if first >= end {
        return Ok(());
    }
    let last = if end == u32::MAX { u32::MAX } else { end - 1 };
    // SAFETY: takes three numbers. The caller owns no descriptor object that it uses afterwards.
    match unsafe { libc::syscall(libc::SYS_close_range, first, last, 0) } {
        0 => Ok(()),
        _ => Err(last_errno()),
    }
}

/// A descriptor that is known to be open for the rest of the process: one that `close_others` kept.
pub(super) fn kept(fd: RawFd) -> BorrowedFd<'static> {
    // SAFETY: only called in the forked child with descriptors that nothing there closes.
    unsafe { BorrowedFd::borrow_raw(fd) }
}

/// Installs a system call filter; `no_new_privs` must be set.
pub(super) fn install_filter(filter: &[libc::sock_filter]) -> Result<(), Errno> {
    let program = libc::sock_fprog {
        len: u16::try_from(filter.len()).map_err(|_| Errno::TOOBIG)?,
        filter: filter.as_ptr().cast_mut(),
    };
    // SAFETY: the kernel copies the program during the call and does not write to it.
    match unsafe { libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const program) } {
        0 => Ok(()),
        _ => Err(last_errno()),
    }
}

/// Puts signal handling back to what a new program expects: no signal ignored, handled or blocked.
pub(super) fn reset_signals() {
    for signal in 1..65 {
        // SAFETY: installs the default action; numbers that cannot be set are refused harmlessly.
        unsafe { libc::signal(signal, libc::SIG_DFL) };
    }
    let _ = nix::sys::signal::sigprocmask(
        nix::sys::signal::SigmaskHow::SIG_SETMASK,
        Some(&nix::sys::signal::SigSet::empty()),
        None,
    );
}

/// Empties the environment of this process, a forked child with one thread.
pub(super) fn clear_environment() {
    // SAFETY: no other thread exists that could read it meanwhile.
    unsafe { libc::clearenv() };
}

/// Sets a variable of this process, a forked child with one thread, or removes it.
pub(crate) fn set_variable(name: &CStr, value: Option<&CStr>) -> Result<(), Errno> {
    // SAFETY: both are NUL terminated and copied by the call; no other thread exists.
    let done = unsafe {
        match value {
            Some(value) => libc::setenv(name.as_ptr(), value.as_ptr(), 1),
            None => libc::unsetenv(name.as_ptr()),
        }
    };
    if done == 0 { Ok(()) } else { Err(last_errno()) }
}

/// A variable of this process.
pub(crate) fn variable(name: &CStr) -> Option<Vec<u8>> {
    // SAFETY: the result is copied before anything can change it; no other thread exists.
    unsafe {
        let value = libc::getenv(name.as_ptr());
        (!value.is_null()).then(|| CStr::from_ptr(value).to_bytes().to_vec())
    }
}

/// Writes out what C's buffered streams (those of Lua's `io`) still hold.
pub(crate) fn flush_streams() {
    // SAFETY: a null pointer means all streams.
    unsafe { libc::fflush(std::ptr::null_mut()) };
}

/// Writes all bytes to standard output (1) or error (2), past the standard library's locks.
pub(crate) fn write_all(fd: RawFd, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        match rustix::io::write(kept(fd), bytes) {
            Ok(0) => return,
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(_) => return,
        }
    }
}

fn last_errno() -> Errno {
    Errno::from_io_error(&std::io::Error::last_os_error()).unwrap_or(Errno::IO)
}
