//! A host on which one nail has a content that need not be on disk, and nothing runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toe_eval::{CommandOutput, DirEntry, FileKind, Host, HostError, NailFile};
use toe_source::SourceId;
use toe_syntax::tree::Nail;
use toe_syntax::{SyntaxError, parse_bytes};

/// `host`, but for one nail and for programs: lint runs none.
pub(crate) struct Overlay<'h> {
    host: &'h dyn Host,
    name: &'h Path,
    bytes: &'h [u8],
    /// As [`NailFile::identity`], so that the nail is the same by whatever path it is included.
    identity: PathBuf,
}

impl<'h> Overlay<'h> {
    /// `host` where the nail `name` holds `bytes`.
    pub fn new(host: &'h dyn Host, name: &'h Path, bytes: &'h [u8]) -> Self {
        let identity = host.identity(name).unwrap_or_else(|| name.to_owned());
        Overlay { host, name, bytes, identity }
    }
}

impl Host for Overlay<'_> {
    fn read(&self, path: &Path, limit: u64) -> Result<NailFile, HostError> {
        if path != self.name {
            let file = self.host.read(path, limit)?;
            if file.identity != self.identity {
                return Ok(file);
            }
        }
        if self.bytes.len() as u64 > limit {
            return Err(HostError::TooLarge { path: path.to_owned(), limit });
        }
        Ok(NailFile { bytes: self.bytes.to_vec(), identity: self.identity.clone() })
    }

    fn identity(&self, path: &Path) -> Option<PathBuf> {
        if path == self.name { Some(self.identity.clone()) } else { self.host.identity(path) }
    }

    fn parse(&self, source: SourceId, file: &NailFile) -> Result<Arc<Nail>, Vec<SyntaxError>> {
        if file.identity != self.identity {
            return self.host.parse(source, file);
        }
        // Nobody else has a use for the tree of this content.
        let parsed = parse_bytes(source, &file.bytes);
        if parsed.errors.is_empty() { Ok(Arc::new(parsed.nail)) } else { Err(parsed.errors) }
    }

    fn kind(&self, path: &Path, follow_links: bool) -> Result<Option<FileKind>, HostError> {
        if path == self.name {
            return Ok(Some(FileKind::File(self.bytes.len() as u64)));
        }
        self.host.kind(path, follow_links)
    }

    fn readable(&self, path: &Path) -> Result<bool, HostError> {
        if path == self.name { Ok(true) } else { self.host.readable(path) }
    }

    fn list(&self, path: &Path) -> Result<Vec<DirEntry>, HostError> {
        self.host.list(path)
    }

    fn pkg_check(&self, sock_dir: &str, name: &str) -> bool {
        self.host.pkg_check(sock_dir, name)
    }

    fn machine(&self) -> &str {
        self.host.machine()
    }

    fn run(&self, argv: &[String]) -> Result<CommandOutput, HostError> {
        let path = argv.first().map_or_else(PathBuf::new, PathBuf::from);
        Err(HostError::Io { path, message: "lint runs no programs".to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use toe_eval::MemoryHost;

    use super::*;

    #[test]
    fn one_nail_is_another_by_every_path() {
        let host = MemoryHost::new().with_file("a", "old").with_file("b", "other");
        let overlay = Overlay::new(&host, Path::new("a"), b"new");
        let read = |path: &str| overlay.read(Path::new(path), 100).unwrap().bytes;
        assert_eq!((read("a"), read("./x/../a"), read("b")), (b"new".into(), b"new".into(), b"other".into()));
        assert!(matches!(overlay.read(Path::new("a"), 2), Err(HostError::TooLarge { .. })));
    }

    #[test]
    fn nothing_runs() {
        let host = MemoryHost::new();
        let overlay = Overlay::new(&host, Path::new("a"), b"");
        // The host would have looked for it.
        assert!(matches!(overlay.run(&["true".to_owned()]), Err(HostError::Io { .. })));
    }

    #[test]
    fn the_nail_need_not_be_there() {
        let host = MemoryHost::new();
        let overlay = Overlay::new(&host, Path::new("<stdin>"), b"new");
        assert_eq!(overlay.read(Path::new("<stdin>"), 100).unwrap().bytes, b"new");
        assert!(overlay.read(Path::new("a"), 100).is_err());
    }
}
