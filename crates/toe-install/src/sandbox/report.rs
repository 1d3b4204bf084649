//! What the processes of the sandbox tell the parent, as records of fixed size through a pipe.

use rustix::io::Errno;

/// The steps of building a sandbox, for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Stage {
    /// Session, descriptors, standard streams.
    Streams,
    /// `unshare` of the namespaces.
    Namespaces,
    /// Bind, pivot_root, detach.
    Root,
    /// The temporary `/dev`.
    Devices,
    /// The scriptlet's body in `/var/tmp`.
    Body,
    /// fork.
    Fork,
    /// `/proc` of the new pid namespace.
    Proc,
    /// Capabilities, limits, system call filter.
    Confine,
    /// Taking back what was made in the tree.
    Cleanup,
}

impl Stage {
    const ALL: [Stage; 9] = [
        Stage::Streams,
        Stage::Namespaces,
        Stage::Root,
        Stage::Devices,
        Stage::Body,
        Stage::Fork,
        Stage::Proc,
        Stage::Confine,
        Stage::Cleanup,
    ];
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Stage::Streams => "setting up its session and its standard streams",
            Stage::Namespaces => "making its namespaces",
            Stage::Root => "making the SOCK its root directory",
            Stage::Devices => "mounting its /dev",
            Stage::Body => "writing its body to /var/tmp",
            Stage::Fork => "making its process",
            Stage::Proc => "mounting its /proc",
            Stage::Confine => "taking capabilities and system calls from it",
            Stage::Cleanup => "removing its body and mount points from the SOCK",
        })
    }
}

/// One message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Report {
    /// A step failed with this error number.
    SetupFailed { stage: Stage, errno: i32 },
    /// The program could not be executed.
    ExecFailed { errno: i32 },
    /// The program exited.
    Exited { status: i32 },
    /// A signal ended the program.
    Signalled { signal: i32 },
    /// The time is over.
    TimedOut,
}

/// Length of a record; well below PIPE_BUF, so records are never torn.
pub(super) const RECORD: usize = 12;

impl Report {
    pub(super) fn to_bytes(self) -> [u8; RECORD] {
        let (kind, first, second) = match self {
            Report::SetupFailed { stage, errno } => (1, stage as i32, errno),
            Report::ExecFailed { errno } => (2, errno, 0),
            Report::Exited { status } => (3, status, 0),
            Report::Signalled { signal } => (4, signal, 0),
            Report::TimedOut => (5, 0, 0),
        };
        let mut record = [0; RECORD];
        for (slot, value) in record.chunks_exact_mut(4).zip([kind, first, second]) {
            slot.copy_from_slice(&i32::to_ne_bytes(value));
        }
        record
    }

    pub(super) fn from_bytes(record: [u8; RECORD]) -> Option<Report> {
        let mut words = record.chunks_exact(4).filter_map(|c| c.try_into().ok().map(i32::from_ne_bytes));
        let (kind, first, second) = (words.next()?, words.next()?, words.next()?);
        Some(match kind {
            1 => Report::SetupFailed { stage: *Stage::ALL.get(usize::try_from(first).ok()?)?, errno: second },
            2 => Report::ExecFailed { errno: first },
            3 => Report::Exited { status: first },
            4 => Report::Signalled { signal: first },
            5 => Report::TimedOut,
            _ => return None,
        })
    }

    pub(super) fn failed(stage: Stage, errno: Errno) -> Report {
        Report::SetupFailed { stage, errno: errno.raw_os_error() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back() {
        for report in [
            Report::SetupFailed { stage: Stage::Cleanup, errno: 13 },
            Report::ExecFailed { errno: 2 },
            Report::Exited { status: 255 },
            Report::Signalled { signal: 9 },
            Report::TimedOut,
        ] {
            assert_eq!(Report::from_bytes(report.to_bytes()), Some(report));
        }
        assert_eq!(Report::from_bytes([0xff; RECORD]), None);
        for (number, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(stage as usize, number);
        }
    }
}
