//! Files in memory, and nothing outside of them, as a run sees the machine.

use std::path::Path;

use toe_eval::{CommandOutput, DirEntry, FileKind, Host, HostError, MemoryHost, NailFile};

/// What is named by an absolute path is refused, but for the nails themselves.
pub struct RootedHost(pub MemoryHost);

fn inside(path: &Path) -> Result<&Path, HostError> {
    if path.is_absolute() { Err(HostError::OutsideRoots(path.to_owned())) } else { Ok(path) }
}

impl Host for RootedHost {
    fn read(&self, path: &Path, limit: u64) -> Result<NailFile, HostError> {
        self.0.read(path, limit)
    }

    fn kind(&self, path: &Path, follow_links: bool) -> Result<Option<FileKind>, HostError> {
        self.0.kind(inside(path)?, follow_links)
    }

    fn readable(&self, path: &Path) -> Result<bool, HostError> {
        self.0.readable(inside(path)?)
    }

    fn list(&self, path: &Path) -> Result<Vec<DirEntry>, HostError> {
        self.0.list(inside(path)?)
    }

    fn pkg_check(&self, sock_dir: &str, name: &str) -> bool {
        self.0.pkg_check(sock_dir, name)
    }

    fn machine(&self) -> &str {
        self.0.machine()
    }

    fn run(&self, argv: &[String]) -> Result<CommandOutput, HostError> {
        self.0.run(argv)
    }
}
