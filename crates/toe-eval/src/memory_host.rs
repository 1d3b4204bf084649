//! A host of files in memory, for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use crate::{CommandOutput, DirEntry, FileKind, Host, HostError, NailFile};

/// Files in memory below `/nails`, which is also the current directory.
#[derive(Debug, Clone, Default)]
pub struct MemoryHost {
    files: BTreeMap<PathBuf, Vec<u8>>,
    packages: BTreeSet<String>,
}

impl MemoryHost {
    /// A host without files.
    pub fn new() -> Self {
        MemoryHost::default()
    }

    /// Adds a file; its directories come with it.
    #[must_use]
    pub fn with_file(mut self, path: impl AsRef<Path>, text: impl Into<Vec<u8>>) -> Self {
        self.files.insert(absolute(path.as_ref()), text.into());
        self
    }

    /// Adds a name that [`Host::pkg_check`] finds in the SOCK.
    #[must_use]
    pub fn with_package(mut self, name: impl Into<String>) -> Self {
        self.packages.insert(name.into());
        self
    }

    fn is_directory(&self, path: &Path) -> bool {
        path == Path::new("/nails") || self.files.keys().any(|f| f != path && f.starts_with(path))
    }
}

fn absolute(path: &Path) -> PathBuf {
    let mut out = PathBuf::from("/nails");
    for component in path.components() {
        match component {
            Component::RootDir => out = PathBuf::from("/"),
            Component::ParentDir => {
                out.pop();
            }
            Component::Normal(name) => out.push(name),
            Component::CurDir | Component::Prefix(_) => {}
        }
    }
    out
}

impl Host for MemoryHost {
    fn read(&self, path: &Path, limit: u64) -> Result<NailFile, HostError> {
        let identity = absolute(path);
        match self.files.get(&identity) {
            Some(bytes) if bytes.len() as u64 > limit => {
                Err(HostError::TooLarge { path: path.to_owned(), limit })
            }
            Some(bytes) => Ok(NailFile { bytes: bytes.clone(), identity }),
            None if self.is_directory(&identity) => Err(HostError::NotRegular(path.to_owned())),
            None => Err(HostError::NotFound(path.to_owned())),
        }
    }

    fn kind(&self, path: &Path, _: bool) -> Result<Option<FileKind>, HostError> {
        let names_a_directory = path.as_os_str().as_encoded_bytes().ends_with(b"/");
        let path = absolute(path);
        Ok(match self.files.get(&path) {
            Some(_) if names_a_directory => None,
            Some(bytes) => Some(FileKind::File(bytes.len() as u64)),
            None if self.is_directory(&path) => Some(FileKind::Directory),
            None => None,
        })
    }

    fn readable(&self, path: &Path) -> Result<bool, HostError> {
        Ok(self.kind(path, true)?.is_some())
    }

    fn list(&self, path: &Path) -> Result<Vec<DirEntry>, HostError> {
        let path = absolute(path);
        let below = self.files.keys().filter_map(|f| f.strip_prefix(&path).ok());
        let mut names = BTreeMap::new();
        for rest in below {
            let mut components = rest.components();
            if let Some(Component::Normal(name)) = components.next() {
                let name = name.to_str().ok_or_else(|| HostError::NameNotUtf8(path.clone()))?;
                names.insert(name.to_owned(), components.next().is_some());
            }
        }
        Ok(names.into_iter().map(|(name, is_directory)| DirEntry { name, is_directory }).collect())
    }

    fn pkg_check(&self, _: &str, name: &str) -> bool {
        self.packages.contains(name)
    }

    fn machine(&self) -> &'static str {
        "x86_64"
    }

    fn run(&self, argv: &[String]) -> Result<CommandOutput, HostError> {
        Err(HostError::NotFound(argv.first().map(PathBuf::from).unwrap_or_default()))
    }
}
