//! Process B, the first of the pid namespace, and process C, the program itself.

use std::ffi::{CStr, CString};

use nix::sys::wait::WaitStatus;
use nix::unistd::Pid;
use rustix::io::Errno;

use super::image::{Image, Work};
use super::mounts::Mounts;
use super::report::{Report, Stage};
use super::supervisor::{Failure, Reporter};
use super::{Limits, confine, syscall};

/// Mounts /proc, starts the program and reaps until it has ended. What still runs then is killed
/// by the kernel when this process exits.
pub(super) fn first_process(
    image: &Image<'_>,
    limits: &Limits,
    body: Option<&CStr>,
    mounts: &Mounts,
    reporter: &Reporter,
) -> ! {
    match prepare(limits, mounts) {
        Err((stage, errno)) => reporter.send(Report::failed(stage, errno)),
        Ok(None) => {
            let status = program(image, limits, body, reporter);
            syscall::exit_now(status)
        }
        Ok(Some(child)) => reap(child, reporter),
    }
    syscall::exit_now(0)
}

fn prepare(limits: &Limits, mounts: &Mounts) -> Result<Option<Pid>, Failure> {
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))
        .map_err(|e| (Stage::Fork, e))?;
    mounts.mount_proc(limits.processes).map_err(|e| (Stage::Proc, e))?;
    syscall::fork().map_err(|e| (Stage::Fork, Errno::from_raw_os_error(e as i32)))
}

fn reap(child: Pid, reporter: &Reporter) {
    loop {
        match nix::sys::wait::waitpid(None, None) {
            Ok(WaitStatus::Exited(pid, status)) if pid == child => {
                return reporter.send(Report::Exited { status });
            }
            Ok(WaitStatus::Signaled(pid, signal, _)) if pid == child => {
                return reporter.send(Report::Signalled { signal: signal as i32 });
            }
            Ok(_) | Err(nix::errno::Errno::EINTR) => {}
            Err(_) => return,
        }
    }
}

/// Process C. Returns only when there is nothing to execute or the function has ended.
fn program(image: &Image<'_>, limits: &Limits, body: Option<&CStr>, reporter: &Reporter) -> i32 {
    if let Err(errno) = confine::confine(limits) {
        reporter.send(Report::failed(Stage::Confine, errno));
        return 126;
    }
    let failed = match &image.work {
        Work::Inside(function) => {
            syscall::clear_environment();
            for (name, value) in &image.variables {
                let _ = syscall::set_variable(name, Some(value));
            }
            // A panic must not unwind into the copy of the parent's stack.
            return std::panic::catch_unwind(std::panic::AssertUnwindSafe(function)).unwrap_or(125);
        }
        Work::Exec { places, argv } => execute(places, argv, &image.environment),
        Work::Script { places, argv, before, .. } => {
            let mut words = argv.clone();
            if let Some(path) = body {
                words.insert((*before).min(words.len()), path.to_owned());
            }
            execute(places, &words, &image.environment)
        }
    };
    reporter.send(Report::ExecFailed { errno: failed.raw_os_error() });
    127
}

/// Tries one place after the other, like a shell's search of PATH.
fn execute(places: &[CString], argv: &[CString], environment: &[CString]) -> Errno {
    let mut answer = Errno::NOENT;
    for place in places {
        let Err(errno) = nix::unistd::execve(place, argv, environment);
        if errno != nix::errno::Errno::ENOENT {
            answer = Errno::from_raw_os_error(errno as i32);
            if errno != nix::errno::Errno::EACCES {
                break;
            }
        }
    }
    answer
}
