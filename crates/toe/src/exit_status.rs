//! The exit statuses, in one place.

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// 0: done.
    Done,
    /// 1: findings or differences.
    Findings,
    /// 2: it failed or could not run: usage, a wrong nail, network, package, disk.
    Failed,
    /// What a command that ran inside the SOCK ended with.
    Command(u8),
}

impl From<ExitStatus> for u8 {
    fn from(status: ExitStatus) -> u8 {
        match status {
            ExitStatus::Done => 0,
            ExitStatus::Findings => 1,
            ExitStatus::Failed => 2,
            ExitStatus::Command(status) => status,
        }
    }
}

impl From<ExitStatus> for std::process::ExitCode {
    fn from(status: ExitStatus) -> Self {
        std::process::ExitCode::from(u8::from(status))
    }
}
