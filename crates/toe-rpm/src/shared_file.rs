//! Whether two packages may share a path.

use crate::files::{FileEntry, FileKind, FileTable};

/// True when the two entries are the same file: no conflict. Times are not compared.
pub fn same_file(a: (&FileTable, &FileEntry), b: (&FileTable, &FileEntry)) -> bool {
    let ((a_table, a), (b_table, b)) = (a, b);
    if a.is_ghost() || b.is_ghost() {
        return true;
    }
    if a.kind != b.kind || a.user != b.user || a.group != b.group {
        return false;
    }
    if a.kind != FileKind::Symlink && a.mode != b.mode {
        return false;
    }
    match a.kind {
        FileKind::Regular => {
            a.size == b.size && a_table.digest_algorithm == b_table.digest_algorithm && a.digest == b.digest
        }
        FileKind::Symlink => a.link_target == b.link_target,
        FileKind::CharDevice | FileKind::BlockDevice => (a.major, a.minor) == (b.major, b.minor),
        FileKind::Directory | FileKind::Fifo | FileKind::Socket => true,
    }
}
