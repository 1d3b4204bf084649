//! Running a program inside a SOCK so that nothing of the host is visible to it, or changed by it.
//!
//! The program gets its own mount, pid, ipc, uts, network and cgroup namespaces. Its root is a
//! private bind of the staged tree (`nodev`), its `/dev` a temporary file system with six devices,
//! its `/proc` that of its own pid namespace with the dangerous parts masked. It has a new session,
//! an environment built from nothing, no open file but its three standard ones, the capabilities
//! that package scriptlets need and no others, a system call filter, resource limits and a time
//! limit. When it ends, whatever it left running is killed with its pid namespace.
//!
//! What this changes in the tree for good: nothing. The mount points `/dev` and `/proc` are made
//! when they are missing and removed afterwards, so is the file that holds a scriptlet's body; its
//! directory `/var/tmp` stays, as rpm leaves it.

mod confine;
mod environment;
mod error;
mod image;
mod init;
mod mounts;
mod output;
mod report;
mod run;
mod seccomp;
mod supervisor;
pub(crate) mod syscall;

use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

pub use environment::Environment;
pub use error::SandboxError;
pub use output::escape_free_line;
pub use report::Stage;

/// What bounds a program in the sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Wall clock time until everything is killed.
    pub time: Duration,
    /// Bytes of output that reach the observer; what comes after is only counted.
    pub output: u64,
    /// Processes at one time. Needs Linux 6.14, where each pid namespace has its own limit.
    pub processes: u32,
    /// Bytes of writable memory of one process (`RLIMIT_DATA`).
    pub memory: u64,
    /// Bytes of one file (`RLIMIT_FSIZE`).
    pub file_size: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            time: Duration::from_mins(5),
            output: 1 << 20,
            processes: 4096,
            memory: 8 << 30,
            file_size: 64 << 30,
        }
    }
}

/// What runs.
pub enum Program<'a> {
    /// A program of the SOCK with its arguments; without a slash it is searched for in PATH.
    Command {
        /// The words, the program's own name first.
        argv: &'a [Vec<u8>],
    },
    /// A scriptlet's body, run the way rpm does: written to `/var/tmp/rpm-tmp.XXXXXX`, whose path
    /// follows the interpreter's words, then the arguments.
    Script {
        /// The interpreter and its own arguments.
        interpreter: &'a [Vec<u8>],
        /// The text of the scriptlet.
        body: &'a [u8],
        /// `$1`, `$2`.
        args: &'a [Vec<u8>],
    },
    /// Code of ours, called in the confined child process. Its value is the exit status.
    Inside(&'a dyn Fn() -> i32),
}

/// One run of a program.
pub struct Job<'a> {
    /// Who runs, for the lines of output: `bash-5.2-1.x86_64 %post`.
    pub from: &'a str,
    /// The program.
    pub program: Program<'a>,
    /// What it reads from standard input; an empty pipe when empty.
    pub stdin: &'a [u8],
    /// Its whole environment.
    pub environment: Environment,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It exited with this status.
    Exited(i32),
    /// A signal ended it.
    Signalled(i32),
    /// It ran for longer than [`Limits::time`] and was killed.
    TimedOut(Duration),
    /// The interpreter could not be started (status 127 in rpm), with the system's error number.
    NotStarted(i32),
}

impl End {
    /// True for exit status 0.
    pub fn is_success(self) -> bool {
        self == End::Exited(0)
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            End::Exited(status) => write!(f, "exit status {status}"),
            End::Signalled(signal) => match nix::sys::signal::Signal::try_from(*signal) {
                Ok(known) => write!(f, "killed by {}", known.as_str()),
                Err(_) => write!(f, "killed by signal {signal}"),
            },
            End::TimedOut(after) => write!(f, "killed after {} seconds", after.as_secs()),
            End::NotStarted(errno) => {
                write!(
                    f,
                    "the interpreter could not be started: {}",
                    std::io::Error::from_raw_os_error(*errno)
                )
            }
        }
    }
}

/// What a run left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended.
    pub end: End,
    /// The last line that it wrote, for messages about its failure.
    pub last_line: Option<String>,
    /// Bytes of output beyond [`Limits::output`], which nobody saw.
    pub unseen_output: u64,
}

/// A SOCK in which programs are run.
#[derive(Debug, Clone)]
pub struct Sandbox<'r> {
    root: BorrowedFd<'r>,
    limits: Limits,
}

impl<'r> Sandbox<'r> {
    /// Programs see the directory `root` as `/`.
    pub fn new(root: &'r impl AsFd, limits: Limits) -> Self {
        Sandbox { root: root.as_fd(), limits }
    }

    /// Runs a program to its end and hands its output to `observer`, line by line.
    ///
    /// # Errors
    /// When the sandbox could not be built. A program that fails is not an error: see [`Outcome`].
    pub fn run(&self, job: &Job<'_>, observer: &dyn toe_source::Observer) -> Result<Outcome, SandboxError> {
        run::run(self.root, &self.limits, job, observer)
    }
}
