//! The cache directory: files named by their SHA-256, an index from URLs to them, and downloads
//! that are not complete.
//!
//! Several runs may use one cache at the same time: a file gets its name by a rename when it is
//! whole. What is read from it is hashed again each time, so a file that a crash or a disk damaged
//! is found out, and nothing needs to be flushed.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use toe_plan::Location;

use crate::{RepoError, Sha256Digest};

/// The three parts of a cache directory.
#[derive(Debug, Clone)]
pub(crate) struct Cache {
    root: PathBuf,
}

/// A file of the cache whose content was just checked.
#[derive(Debug)]
pub(crate) struct Object {
    pub path: PathBuf,
    pub file: File,
    pub size: u64,
    pub sha256: Sha256Digest,
}

impl Cache {
    pub fn new(root: &Path) -> Self {
        Cache { root: root.to_owned() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `objects/ab/cdef..`: two digits of the digest, then the rest.
    pub fn object_path(&self, sha256: Sha256Digest) -> PathBuf {
        let name = sha256.to_string();
        let (first, rest) = name.split_at(2);
        self.root.join("objects").join(first).join(rest)
    }

    /// Where the index keeps what it knows of a URL.
    pub fn index_path(&self, key: Sha256Digest) -> PathBuf {
        self.root.join("index").join(key.to_string())
    }

    /// Where the first part of a URL is kept.
    pub fn partial_path(&self, key: Sha256Digest) -> PathBuf {
        self.root.join("partial").join(key.to_string())
    }

    /// The object of this digest, hashed again; `None` when there is none or it is damaged (it is
    /// then removed).
    pub fn open(&self, sha256: Sha256Digest) -> Result<Option<Object>, RepoError> {
        let path = self.object_path(sha256);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(RepoError::Cache { doing: "open", path, source }),
        };
        match Sha256Digest::of_file(&mut file) {
            Ok((found, size)) if found == sha256 => Ok(Some(Object { path, file, size, sha256 })),
            Ok(_) => match fs::remove_file(&path) {
                Ok(()) => Ok(None),
                Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(source) => Err(RepoError::Cache { doing: "remove the damaged", path, source }),
            },
            Err(source) => Err(RepoError::Cache { doing: "read", path, source }),
        }
    }

    /// Makes the directory that `path` lies in.
    pub fn make_parent(&self, path: &Path, location: &Location) -> Result<(), RepoError> {
        let parent = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(parent)
            .map_err(|e| self.write_error("make the directory", parent.to_owned(), location, e))
    }

    /// The error of a write to the cache: a full disk is told apart.
    pub fn write_error(
        &self,
        doing: &'static str,
        path: PathBuf,
        location: &Location,
        source: io::Error,
    ) -> RepoError {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                RepoError::CacheFull { location: location.redacted(), cache: self.root.clone(), source }
            }
            _ => RepoError::Cache { doing, path, source },
        }
    }
}
