//! What happens to a configuration file that finds another one at its path.

use std::io::Read;

use toe_root::{Root, RootError};
use toe_rpm::tags::file_flags;
use toe_rpm::{FileEntry, FileKind, FileTable};

/// Where a file of the package goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Placement {
    /// To its path, replacing what is there.
    Replace,
    /// To its path; what is there gets this suffix first.
    Backup(&'static str),
    /// To its path with this suffix; what is there stays.
    Beside(&'static str),
    /// Nowhere: what is there stays.
    Keep,
}

/// Decides before %pre, from what is on the disk. `shared` is true when another installed package
/// has the same path.
pub(super) fn placement(
    root: &Root,
    table: &FileTable,
    file: &FileEntry,
    shared: bool,
) -> Result<Placement, RootError> {
    if !file.is_config() || !matches!(file.kind, FileKind::Regular | FileKind::Symlink) {
        return Ok(Placement::Replace);
    }
    let there = match root.node(&file.path) {
        Ok(there) => there,
        Err(e) if e.is_not_found() => return Ok(Placement::Replace),
        Err(e) => return Err(e),
    };
    let metadata = there.metadata();
    let identical = match file.kind {
        FileKind::Symlink => metadata.is_symlink() && there.read_link()? == *file.link_target,
        _ if metadata.is_file() && metadata.size == file.size => {
            same_digest(there.open_read()?, table, file)?
        }
        _ => false,
    };
    if identical || metadata.is_dir() {
        return Ok(Placement::Replace);
    }
    let no_replace = file.flags & file_flags::NOREPLACE != 0;
    Ok(match (shared, no_replace) {
        // The other package has the same content, so what is there is the administrator's.
        (true, _) => Placement::Keep,
        (false, true) => Placement::Beside(".rpmnew"),
        (false, false) => Placement::Backup(".rpmorig"),
    })
}

fn same_digest(mut content: impl Read, table: &FileTable, file: &FileEntry) -> Result<bool, RootError> {
    let Some(wanted) = &file.digest else { return Ok(false) };
    let mut hasher = table.digest_algorithm.hasher();
    let mut buffer = vec![0; 65536];
    loop {
        match content.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finish() == **wanted),
            Ok(n) => hasher.update(buffer.get(..n).unwrap_or_default()),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            // Unreadable is not identical.
            Err(_) => return Ok(false),
        }
    }
}
