//! Process A: enters the namespaces, prepares the root, starts process B (the first of the pid
//! namespace), watches the clock, and cleans up after it.

use std::os::fd::{AsFd, OwnedFd, RawFd};
use std::time::Instant;

use nix::poll::{PollFd, PollFlags, PollTimeout};
use nix::sys::wait::WaitStatus;
use nix::unistd::Pid;
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::process::PidfdFlags;

use super::image::{Image, Work};
use super::mounts::Mounts;
use super::report::{Report, Stage};
use super::{Limits, init, syscall};

/// The parent's descriptors that the child needs.
pub(super) struct Streams {
    pub(super) root: RawFd,
    pub(super) stdin: RawFd,
    pub(super) output: RawFd,
    pub(super) report: RawFd,
}

/// Where reports go.
pub(super) struct Reporter(OwnedFd);

impl Reporter {
    pub(super) fn send(&self, report: Report) {
        let _ = rustix::io::write(&self.0, &report.to_bytes());
    }
}

/// A step that failed.
pub(super) type Failure = (Stage, Errno);

/// Never returns: the process ends with the job.
pub(super) fn supervise(image: &Image<'_>, limits: &Limits, streams: &Streams, parent: Pid) -> ! {
    let moved = (|| {
        // Above the standard three, before those are replaced.
        let root = rustix::io::fcntl_dupfd_cloexec(syscall::kept(streams.root), 10)?;
        let report = rustix::io::fcntl_dupfd_cloexec(syscall::kept(streams.report), 10)?;
        Ok::<_, Errno>((root, Reporter(report)))
    })();
    let Ok((root, reporter)) = moved else { syscall::exit_now(1) };
    if let Err((stage, errno)) = whole_run(image, limits, streams, parent, root, &reporter) {
        reporter.send(Report::failed(stage, errno));
    }
    syscall::exit_now(0)
}

fn whole_run(
    image: &Image<'_>,
    limits: &Limits,
    streams: &Streams,
    parent: Pid,
    root: OwnedFd,
    reporter: &Reporter,
) -> Result<(), Failure> {
    take_streams(streams, parent, &root, reporter).map_err(|e| (Stage::Streams, e))?;
    let mut mounts = Mounts::enter(root)?;
    let body = match &image.work {
        Work::Script { body, names, .. } => Some(write_body(body, names).map_err(|e| (Stage::Body, e))?),
        _ => None,
    };
    let ran = mounts.make_devices().and_then(|()| watch(image, limits, body, &mounts, reporter));
    // Whatever happened, the tree gets back what was taken from it.
    let removed = body.map_or(Ok(()), |name| match rustix::fs::unlink(name) {
        Err(Errno::NOENT) => Ok(()),
        other => other,
    });
    let cleaned = mounts.leave();
    ran?;
    removed.and(cleaned).map_err(|e| (Stage::Cleanup, e))
}

/// Own session, the job's standard streams, nothing else open, death with the parent.
fn take_streams(streams: &Streams, parent: Pid, root: &OwnedFd, reporter: &Reporter) -> Result<(), Errno> {
    use std::os::fd::AsRawFd;
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    if nix::unistd::getppid() != parent {
        return Err(Errno::SRCH);
    }
    rustix::process::setsid()?;
    let stdin = rustix::io::fcntl_dupfd_cloexec(syscall::kept(streams.stdin), 10)?;
    let output = rustix::io::fcntl_dupfd_cloexec(syscall::kept(streams.output), 10)?;
    rustix::stdio::dup2_stdin(&stdin)?;
    rustix::stdio::dup2_stdout(&output)?;
    rustix::stdio::dup2_stderr(&output)?;
    drop((stdin, output));
    syscall::close_others(&mut [root.as_raw_fd(), reporter.0.as_raw_fd()])?;
    rustix::process::umask(Mode::from_raw_mode(0o022));
    syscall::reset_signals();
    Ok(())
}

/// Writes the scriptlet's body to the first free name, as rpm does: mode 0600, directories 0755.
fn write_body<'i>(body: &[u8], names: &'i [std::ffi::CString]) -> Result<&'i std::ffi::CStr, Errno> {
    for directory in [c"/var", c"/var/tmp"] {
        match rustix::fs::mkdir(directory, Mode::from_raw_mode(0o755)) {
            Ok(()) | Err(Errno::EXIST) => {}
            Err(e) => return Err(e),
        }
    }
    for name in names {
        let flags = OFlags::CREATE | OFlags::EXCL | OFlags::WRONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        match rustix::fs::open(name.as_c_str(), flags, Mode::from_raw_mode(0o600)) {
            Err(Errno::EXIST) => {}
            Err(e) => return Err(e),
            Ok(file) => {
                let mut rest = body;
                while !rest.is_empty() {
                    let written = rustix::io::retry_on_intr(|| rustix::io::write(&file, rest))?;
                    rest = rest.get(written..).unwrap_or_default();
                }
                return Ok(name);
            }
        }
    }
    Err(Errno::EXIST)
}

/// Starts process B and waits for it, killing it when the time is over.
fn watch(
    image: &Image<'_>,
    limits: &Limits,
    body: Option<&std::ffi::CStr>,
    mounts: &Mounts,
    reporter: &Reporter,
) -> Result<(), Failure> {
    let deadline = Instant::now() + limits.time;
    let forked = syscall::fork().map_err(|e| (Stage::Fork, Errno::from_raw_os_error(e as i32)))?;
    let Some(first) = forked else { init::first_process(image, limits, body, mounts, reporter) };
    let ended = until(first, deadline);
    if !matches!(ended, Ok(true)) {
        // The death of the first process takes all others of its pid namespace with it.
        let _ = nix::sys::signal::kill(first, nix::sys::signal::Signal::SIGKILL);
        if ended == Ok(false) {
            reporter.send(Report::TimedOut);
        }
    }
    loop {
        match nix::sys::wait::waitpid(first, None) {
            Err(nix::errno::Errno::EINTR) => {}
            Ok(WaitStatus::Signaled(_, signal, _)) if ended == Ok(true) => {
                reporter.send(Report::Signalled { signal: signal as i32 });
                break;
            }
            _ => break,
        }
    }
    ended.map(|_| ()).map_err(|e| (Stage::Fork, e))
}

/// True when the process ended before the deadline.
fn until(process: Pid, deadline: Instant) -> Result<bool, Errno> {
    let pid = rustix::process::Pid::from_raw(process.as_raw()).ok_or(Errno::SRCH)?;
    let handle = rustix::process::pidfd_open(pid, PidfdFlags::empty())?;
    loop {
        let left = deadline.saturating_duration_since(Instant::now()).as_millis();
        if left == 0 {
            return Ok(false);
        }
        // A day at most at a time: the argument is a signed number of milliseconds.
        let wait = i32::try_from(left.min(86_400_000)).unwrap_or(i32::MAX);
        let mut polled = [PollFd::new(handle.as_fd(), PollFlags::POLLIN)];
        let timeout = PollTimeout::try_from(wait).unwrap_or(PollTimeout::MAX);
        match nix::poll::poll(&mut polled, timeout) {
            Ok(0) | Err(nix::errno::Errno::EINTR) => {}
            Ok(_) => return Ok(true),
            Err(e) => return Err(Errno::from_raw_os_error(e as i32)),
        }
    }
}
