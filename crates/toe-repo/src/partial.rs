//! A download that is under way, kept when it breaks off so that the next run goes on there.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use toe_plan::Location;

use crate::{RepoError, Sha256Digest, cache::Cache};

/// The bytes that came so far, and the server's name for the whole that they belong to.
#[derive(Debug)]
pub(crate) struct Partial<'a> {
    cache: &'a Cache,
    location: &'a Location,
    file: File,
    path: PathBuf,
    /// Set when another run works on the same URL: this file is ours alone and does not stay.
    private: Option<tempfile::TempPath>,
    validator: Option<String>,
    length: u64,
}

impl<'a> Partial<'a> {
    /// Opens what is there of `key`, or an empty file. Never waits for another run.
    pub fn open(cache: &'a Cache, key: Sha256Digest, location: &'a Location) -> Result<Self, RepoError> {
        let path = cache.partial_path(key);
        cache.make_parent(&path, location)?;
        let failed = |e| cache.write_error("open", path.clone(), location, e);
        if let Some(file) = lock_named(&path).map_err(failed)? {
            let length = file.metadata().map_err(failed)?.len();
            let validator = fs::read_to_string(validator_path(&path)).ok().filter(|v| !v.is_empty());
            let mut partial =
                Partial { cache, location, file, path: path.clone(), private: None, validator, length };
            if partial.validator.is_none() {
                partial.restart(None)?;
            }
            return Ok(partial);
        }
        let directory = path.parent().unwrap_or(cache.root());
        let (file, private) = tempfile::NamedTempFile::new_in(directory).map_err(failed)?.into_parts();
        let path = private.to_path_buf();
        Ok(Partial { cache, location, file, path, private: Some(private), validator: None, length: 0 })
    }

    /// Bytes that are there.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// What If-Range takes: set when the bytes that are there can be completed.
    pub fn validator(&self) -> Option<&str> {
        self.validator.as_deref().filter(|_| self.length > 0)
    }

    /// Forgets what is there; from now on bytes of the whole named `validator` come.
    pub fn restart(&mut self, validator: Option<&str>) -> Result<(), RepoError> {
        let steps = |this: &mut Self| {
            this.file.set_len(0)?;
            this.file.rewind()?;
            if this.private.is_none() {
                fs::write(validator_path(&this.path), validator.unwrap_or_default())?;
            }
            io::Result::Ok(())
        };
        steps(self).map_err(|e| self.cache.write_error("write", self.path.clone(), self.location, e))?;
        self.length = 0;
        self.validator = validator.map(str::to_owned);
        Ok(())
    }

    /// Appends bytes.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), RepoError> {
        let steps = |file: &mut File, at| {
            file.seek(io::SeekFrom::Start(at))?;
            file.write_all(bytes)
        };
        steps(&mut self.file, self.length)
            .map_err(|e| self.cache.write_error("write", self.path.clone(), self.location, e))?;
        self.length = self.length.saturating_add(bytes.len() as u64);
        Ok(())
    }

    /// The digest of all that is there.
    pub fn digest(&mut self) -> Result<Sha256Digest, RepoError> {
        let read = Sha256Digest::of_file(&mut self.file);
        match read {
            Ok((digest, _)) => Ok(digest),
            Err(source) => Err(RepoError::Cache { doing: "read", path: self.path.clone(), source }),
        }
    }

    /// Gives the whole its name in the cache.
    pub fn publish(self, sha256: Sha256Digest) -> Result<(), RepoError> {
        let target = self.cache.object_path(sha256);
        self.cache.make_parent(&target, self.location)?;
        let renamed = match self.private {
            Some(private) => private.persist(&target).map_err(|e| e.error),
            None => {
                fs::rename(&self.path, &target).and_then(|()| remove_if_there(&validator_path(&self.path)))
            }
        };
        renamed.map_err(|e| self.cache.write_error("rename into place", target, self.location, e))
    }

    /// Removes what is there.
    pub fn discard(self) -> Result<(), RepoError> {
        let removed = match self.private {
            Some(private) => private.close(),
            None => remove_if_there(&self.path).and_then(|()| remove_if_there(&validator_path(&self.path))),
        };
        removed.map_err(|e| self.cache.write_error("remove", self.path.clone(), self.location, e))
    }
}

fn validator_path(path: &Path) -> PathBuf {
    path.with_extension("validator")
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Opens and locks the file; `None` when another run has it locked.
fn lock_named(path: &Path) -> io::Result<Option<File>> {
    // The run that held the lock renames the file away when it is whole; what was opened before
    // that is then an object of the cache and must not be written to. Each such loss means that
    // another run has finished, so a few rounds are enough.
    for _ in 0..8 {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(e)) => return Err(e),
        }
        let ours = file.metadata()?;
        match fs::symlink_metadata(path) {
            Ok(named) if (named.dev(), named.ino()) == (ours.dev(), ours.ino()) => return Ok(Some(file)),
            Ok(_) => {}
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(e),
        }
    }
    Ok(None)
}

/// Reads one piece, going on after a signal.
pub(crate) fn read_piece(body: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match body.read(buffer) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
