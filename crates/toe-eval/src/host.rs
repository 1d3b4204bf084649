//! Everything that an evaluation asks of the outside.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toe_source::SourceId;
use toe_syntax::SyntaxError;
use toe_syntax::error::MAX_LENGTH;
use toe_syntax::tree::Nail;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NailFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The same for every path that leads to the file (the canonical path); cycles are found by it.
    pub identity: PathBuf,
}

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file with its length in bytes.
    File(u64),
    /// A directory.
    Directory,
    /// A symbolic link (only when links are not followed).
    Symlink,
    /// A device, FIFO or socket.
    Other,
}

/// A name in a directory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DirEntry {
    /// The name, without a path.
    pub name: String,
    /// True for directories and for links to them.
    pub is_directory: bool,
}

/// What an external command gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandOutput {
    /// Exit status; 128 + n after signal n.
    pub status: i32,
    /// Standard output.
    pub stdout: Vec<u8>,
}

/// Why the outside did not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// Nothing is at the path.
    #[error("{0} does not exist")]
    NotFound(PathBuf),
    /// The path leads out of the include roots.
    #[error("{0} is outside of the current directory, the foot's directory and the nail paths")]
    OutsideRoots(PathBuf),
    /// A directory, device, FIFO or socket.
    #[error("{0} is not a regular file")]
    NotRegular(PathBuf),
    /// The file is larger than the limit in bytes.
    #[error("{path} is larger than {limit} bytes")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// A name in the directory is not UTF-8.
    #[error("{0} has a file name that is not UTF-8")]
    NameNotUtf8(PathBuf),
    /// The system refused.
    #[error("{path}: {message}")]
    Io {
        /// The file or command.
        path: PathBuf,
        /// The system's message.
        message: String,
    },
}

/// The outside, as far as an evaluation may see it. Relative paths start at the current directory.
pub trait Host: Sync {
    /// Reads a regular file of at most `limit` bytes.
    fn read(&self, path: &Path, limit: u64) -> Result<NailFile, HostError>;

    /// As [`NailFile::identity`], of the file at `path`; `None` when it cannot be told.
    fn identity(&self, path: &Path) -> Option<PathBuf> {
        self.read(path, MAX_LENGTH as u64).ok().map(|file| file.identity)
    }

    /// The tree of `file`, which was read here, with `source` as the number of its text. A host may keep trees.
    fn parse(&self, source: SourceId, file: &NailFile) -> Result<Arc<Nail>, Vec<SyntaxError>> {
        parse_file(source, file)
    }

    /// What is at `path`; `None` when nothing is.
    fn kind(&self, path: &Path, follow_links: bool) -> Result<Option<FileKind>, HostError>;

    /// True when `path` can be opened for reading.
    fn readable(&self, path: &Path) -> Result<bool, HostError>;

    /// The names in directory `path` without `.` and `..`, in any order; empty when there is no such directory.
    fn list(&self, path: &Path) -> Result<Vec<DirEntry>, HostError>;

    /// True when `name` (as `rpm -q` takes it) is installed in the SOCK at `sock_dir`.
    fn pkg_check(&self, sock_dir: &str, name: &str) -> bool;

    /// The machine as `uname -m` says it.
    fn machine(&self) -> &str;

    /// Runs an external command; asked only when `allow_exec` is set.
    fn run(&self, argv: &[String]) -> Result<CommandOutput, HostError>;
}

/// The tree of `file`, made now.
pub(crate) fn parse_file(source: SourceId, file: &NailFile) -> Result<Arc<Nail>, Vec<SyntaxError>> {
    let parsed = toe_syntax::parse_bytes(source, &file.bytes);
    if parsed.errors.is_empty() { Ok(Arc::new(parsed.nail)) } else { Err(parsed.errors) }
}
