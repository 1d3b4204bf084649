//! The machine itself, restricted to the include roots.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use toe_source::SourceId;
use toe_syntax::SyntaxError;
use toe_syntax::tree::Nail;

use crate::host::parse_file;
use crate::{CommandOutput, DirEntry, FileKind, Host, HostError, NailFile, SharedFiles};

type PkgCheck = Box<dyn Fn(&str, &str) -> bool + Send + Sync>;

/// The machine, seen only below the include roots: the current directory, the foot's directory and
/// the nail paths.
pub struct RealHost {
    current_dir: PathBuf,
    roots: Vec<PathBuf>,
    pkg_check: PkgCheck,
    shared: Option<Arc<SharedFiles>>,
}

impl std::fmt::Debug for RealHost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RealHost").field("roots", &self.roots).finish_non_exhaustive()
    }
}

impl RealHost {
    /// A host whose relative paths start at `current_dir`. Roots that do not exist are left out. No
    /// package is in the SOCK until [`RealHost::with_pkg_check`] says so.
    pub fn new(current_dir: impl Into<PathBuf>, foot: &Path, nail_path: &[PathBuf]) -> Self {
        Self::with_shared(current_dir.into(), foot, nail_path, None)
    }

    /// The same, which takes files and trees from `shared` and leaves them there: they must not change meanwhile.
    pub fn sharing(
        shared: Arc<SharedFiles>,
        current_dir: impl Into<PathBuf>,
        foot: &Path,
        nail_path: &[PathBuf],
    ) -> Self {
        Self::with_shared(current_dir.into(), foot, nail_path, Some(shared))
    }

    fn with_shared(
        current_dir: PathBuf,
        foot: &Path,
        nail_path: &[PathBuf],
        shared: Option<Arc<SharedFiles>>,
    ) -> Self {
        let roots = Vec::new();
        let mut host = RealHost { current_dir, roots, pkg_check: Box::new(|_, _| false), shared };
        let foot_dir = foot.parent().unwrap_or(Path::new(""));
        host.roots = [host.current_dir.as_path(), foot_dir]
            .into_iter()
            .chain(nail_path.iter().map(PathBuf::as_path))
            .filter_map(|dir| host.canonical(&host.current_dir.join(dir)).ok())
            .collect();
        host
    }

    /// Sets who answers whether a package is in the SOCK: called with SOCK_DIR and the name.
    #[must_use]
    pub fn with_pkg_check(mut self, ask: impl Fn(&str, &str) -> bool + Send + Sync + 'static) -> Self {
        self.pkg_check = Box::new(ask);
        self
    }

    fn canonical(&self, path: &Path) -> std::io::Result<PathBuf> {
        match &self.shared {
            Some(shared) => shared.canonical(path, || path.canonicalize()),
            None => path.canonicalize(),
        }
    }

    /// The canonical path when it exists and is below a root; `None` when nothing is there.
    fn inside(&self, path: &Path) -> Result<Option<PathBuf>, HostError> {
        let mut existing = self.current_dir.join(path);
        let whole = loop {
            match self.canonical(&existing) {
                Ok(canonical) => {
                    if !self.roots.iter().any(|root| canonical.starts_with(root)) {
                        return Err(HostError::OutsideRoots(path.to_owned()));
                    }
                    break (existing == self.current_dir.join(path)).then_some(canonical);
                }
                Err(e) if missing(&e) => {
                    if !existing.pop() {
                        return Err(HostError::OutsideRoots(path.to_owned()));
                    }
                }
                Err(e) => return Err(io_error(path, &e)),
            }
        };
        Ok(whole)
    }
}

fn missing(e: &std::io::Error) -> bool {
    matches!(e.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

fn io_error(path: &Path, e: &std::io::Error) -> HostError {
    HostError::Io { path: path.to_owned(), message: e.to_string() }
}

impl Host for RealHost {
    fn read(&self, path: &Path, limit: u64) -> Result<NailFile, HostError> {
        let identity = self.inside(path)?.ok_or_else(|| HostError::NotFound(path.to_owned()))?;
        if let Some(bytes) = self.shared.as_ref().and_then(|shared| shared.bytes(&identity)) {
            if bytes.len() as u64 > limit {
                return Err(HostError::TooLarge { path: path.to_owned(), limit });
            }
            return Ok(NailFile { bytes: bytes.to_vec(), identity });
        }
        // O_NONBLOCK (04000 on Linux): opening a FIFO must not wait for its other end.
        let file: File = OpenOptions::new()
            .read(true)
            .custom_flags(0o4000)
            .open(&identity)
            .map_err(|e| io_error(path, &e))?;
        let metadata = file.metadata().map_err(|e| io_error(path, &e))?;
        if !metadata.is_file() {
            return Err(HostError::NotRegular(path.to_owned()));
        }
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| io_error(path, &e))?;
        if bytes.len() as u64 > limit {
            return Err(HostError::TooLarge { path: path.to_owned(), limit });
        }
        let file = NailFile { bytes, identity };
        if let Some(shared) = &self.shared {
            shared.keep(&file);
        }
        Ok(file)
    }

    fn identity(&self, path: &Path) -> Option<PathBuf> {
        self.inside(path).ok().flatten()
    }

    fn parse(&self, source: SourceId, file: &NailFile) -> Result<Arc<Nail>, Vec<SyntaxError>> {
        match &self.shared {
            Some(shared) => shared.tree(source, file, || parse_file(source, file)),
            None => parse_file(source, file),
        }
    }

    fn kind(&self, path: &Path, follow_links: bool) -> Result<Option<FileKind>, HostError> {
        let found = if follow_links {
            match self.inside(path)? {
                Some(canonical) => std::fs::metadata(canonical),
                None => return Ok(None),
            }
        } else {
            let full = self.current_dir.join(path);
            if let (Some(parent), Some(name)) = (full.parent(), full.file_name()) {
                match self.inside(parent)? {
                    Some(parent) => std::fs::symlink_metadata(parent.join(name)),
                    None => return Ok(None),
                }
            } else {
                return self.kind(path, true);
            }
        };
        match found {
            Ok(m) if m.is_file() => Ok(Some(FileKind::File(m.len()))),
            Ok(m) if m.is_dir() => Ok(Some(FileKind::Directory)),
            Ok(m) if m.is_symlink() => Ok(Some(FileKind::Symlink)),
            Ok(_) => Ok(Some(FileKind::Other)),
            Err(e) if missing(&e) => Ok(None),
            Err(e) => Err(io_error(path, &e)),
        }
    }

    fn readable(&self, path: &Path) -> Result<bool, HostError> {
        match self.inside(path)? {
            Some(canonical) => Ok(OpenOptions::new().read(true).custom_flags(0o4000).open(canonical).is_ok()),
            None => Ok(false),
        }
    }

    fn list(&self, path: &Path) -> Result<Vec<DirEntry>, HostError> {
        let Some(canonical) = self.inside(path)? else { return Ok(Vec::new()) };
        let entries = match std::fs::read_dir(canonical) {
            Ok(entries) => entries,
            Err(e) if missing(&e) => return Ok(Vec::new()),
            Err(e) => return Err(io_error(path, &e)),
        };
        let mut out = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|e| io_error(path, &e))?;
            let name =
                entry.file_name().into_string().map_err(|_| HostError::NameNotUtf8(path.to_owned()))?;
            out.push(DirEntry { name, is_directory: entry.path().is_dir() });
        }
        Ok(out)
    }

    fn pkg_check(&self, sock_dir: &str, name: &str) -> bool {
        (self.pkg_check)(sock_dir, name)
    }

    fn machine(&self) -> &str {
        match std::env::consts::ARCH {
            "x86" => "i686",
            "arm" => "armv7l",
            "powerpc64" if cfg!(target_endian = "little") => "ppc64le",
            "powerpc64" => "ppc64",
            arch => arch,
        }
    }

    fn run(&self, argv: &[String]) -> Result<CommandOutput, HostError> {
        let Some((program, args)) = argv.split_first() else {
            return Err(HostError::NotFound(PathBuf::new()));
        };
        let output = Command::new(program)
            .args(args)
            .current_dir(&self.current_dir)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|e| io_error(Path::new(program), &e))?;
        let status = {
            use std::os::unix::process::ExitStatusExt;
            output.status.code().unwrap_or_else(|| 128 + output.status.signal().unwrap_or(0))
        };
        Ok(CommandOutput { status, stdout: output.stdout })
    }
}
