//! Files of the host, used where they are.

use std::{
    fs::{Metadata, OpenOptions},
    io,
    os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt},
    path::Path,
};

use crate::{RepoError, Sha256Digest, cache::Object};

/// Opens and hashes a file. The open file is what is used later, so a file that is put in its place
/// afterwards does no harm; one that is written to meanwhile is refused.
pub(crate) fn open(path: &str) -> Result<Object, RepoError> {
    let unreadable = |doing| move |source| RepoError::UnreadableFile { path: path.to_owned(), doing, source };
    // O_NONBLOCK: the open of a FIFO would wait for a writer for ever.
    let flags = rustix::fs::OFlags::NONBLOCK.bits() as i32;
    let mut file =
        OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => RepoError::NoSuchFile { path: path.to_owned() },
            _ => unreadable("open")(e),
        })?;
    let before = file.metadata().map_err(unreadable("read"))?;
    if let Some(kind) = kind_if_no_file(&before) {
        return Err(RepoError::NotAFile { path: path.to_owned(), kind });
    }
    let (sha256, size) = Sha256Digest::of_file(&mut file).map_err(unreadable("read"))?;
    let after = file.metadata().map_err(unreadable("read"))?;
    if size != before.len() || state(&before) != state(&after) {
        return Err(RepoError::FileChanged { path: path.to_owned() });
    }
    Ok(Object { path: Path::new(path).to_owned(), file, size, sha256 })
}

/// What changes when somebody writes to a file.
fn state(m: &Metadata) -> (u64, i64, i64, i64, i64) {
    (m.len(), m.mtime(), m.mtime_nsec(), m.ctime(), m.ctime_nsec())
}

fn kind_if_no_file(m: &Metadata) -> Option<&'static str> {
    let t = m.file_type();
    if t.is_file() {
        None
    } else if t.is_dir() {
        Some("a directory")
    } else if t.is_fifo() {
        Some("a FIFO")
    } else if t.is_socket() {
        Some("a socket")
    } else {
        Some("a device")
    }
}
