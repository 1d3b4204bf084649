//! What the cache knows of a URL: which content it had, and how to ask whether it still has.

use std::{fs, io, io::Write, path::Path};

use serde::{Deserialize, Serialize};
use toe_plan::Location;
use url::Url;

use crate::{RepoError, Sha256Digest, cache::Cache};

/// The content that a URL had when it was last fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IndexEntry {
    /// The URL without secrets, for people who look into the cache.
    pub url: String,
    /// 64 hexadecimal digits.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
    /// What the server said, for If-None-Match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// What the server said, for If-Modified-Since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// The name under which a URL is kept: its digest without user and password, so that no secret is
/// in a file name and a changed password does not lose the cache.
pub(crate) fn key_of(url: &Url) -> Sha256Digest {
    let mut bare = url.clone();
    // Both fail only for URLs that cannot have a user, which then have none.
    let _ = bare.set_username("");
    let _ = bare.set_password(None);
    bare.set_fragment(None);
    Sha256Digest::of(bare.as_str().as_bytes())
}

impl Cache {
    /// The entry of a URL. One that cannot be understood counts as absent.
    pub fn entry(&self, key: Sha256Digest) -> Result<Option<IndexEntry>, RepoError> {
        let path = self.index_path(key);
        match fs::read(&path) {
            Ok(text) => Ok(serde_json::from_slice(&text).ok()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(RepoError::Cache { doing: "read", path, source }),
        }
    }

    /// Writes the entry of a URL in one step.
    pub fn set_entry(
        &self,
        key: Sha256Digest,
        entry: &IndexEntry,
        location: &Location,
    ) -> Result<(), RepoError> {
        let path = self.index_path(key);
        self.make_parent(&path, location)?;
        write_whole(&path, entry).map_err(|e| self.write_error("write", path, location, e))
    }
}

fn write_whole(path: &Path, entry: &IndexEntry) -> io::Result<()> {
    let parent = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(parent)?;
    serde_json::to_writer(&mut file, entry)?;
    file.write_all(b"\n")?;
    file.persist(path)?;
    Ok(())
}
