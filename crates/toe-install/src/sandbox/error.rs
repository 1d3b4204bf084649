//! Why a sandbox could not be built.

use super::Stage;

/// A program could not be run in the SOCK at all.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum SandboxError {
    /// A pipe, a process or memory was refused before anything began.
    #[error("cannot {doing} to run {from}")]
    #[diagnostic(
        code(toe::install::sandbox_resources),
        help("the machine is short of processes, open files or memory: free some and run again")
    )]
    Resources {
        /// What was asked of the system.
        doing: &'static str,
        /// Who should have run.
        from: String,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// The child process could not shut itself in.
    #[error("cannot build the sandbox for {from}: {stage}")]
    #[diagnostic(
        code(toe::install::sandbox_setup),
        help(
            "scriptlets need namespaces and mounts: run as root, or without root on a system that allows user namespaces; inside a container allow CAP_SYS_ADMIN; or use --no-scripts"
        )
    )]
    Setup {
        /// Who should have run.
        from: String,
        /// What failed.
        stage: Stage,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// A word of the command holds a NUL byte.
    #[error("a word of the command of {from} holds a NUL byte")]
    #[diagnostic(
        code(toe::install::sandbox_nul),
        help("no program can be given such an argument: the package or the nail is wrong")
    )]
    Nul {
        /// Who should have run.
        from: String,
    },
    /// The supervising process ended without a word, such as by the system's memory killer.
    #[error("the process that watches over {from} was killed")]
    #[diagnostic(
        code(toe::install::sandbox_lost),
        help("the system may have run out of memory: see its log and run again")
    )]
    Lost {
        /// Who ran.
        from: String,
    },
}
