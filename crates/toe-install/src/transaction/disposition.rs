//! Which files of a package are installed, first rule that matches.

use toe_rpm::rpmdb::FileState;
use toe_rpm::tags::file_flags;
use toe_rpm::{FileEntry, FileKind, FileTable};

/// A state for each file, from what is wanted: colours, languages, documentation.
pub(super) fn states(
    table: &FileTable,
    color: u32,
    languages: Option<&[String]>,
    exclude_docs: bool,
) -> Vec<FileState> {
    let mut states: Vec<_> =
        table.files.iter().map(|file| state(file, color, languages, exclude_docs)).collect();
    leave_out_empty_directories(table, &mut states);
    states
}

fn state(file: &FileEntry, color: u32, languages: Option<&[String]>, exclude_docs: bool) -> FileState {
    if color != 0 && file.color != 0 && file.color & color == 0 {
        return FileState::WrongColor;
    }
    if file.flags & file_flags::LICENSE != 0 {
        return FileState::Normal;
    }
    if let Some(languages) = languages
        && !file.lang.is_empty()
        && !languages
            .iter()
            .any(|wanted| wanted == "all" || file.lang.split('|').any(|l| wanted.starts_with(l)))
    {
        return FileState::NotInstalled;
    }
    if exclude_docs && file.flags & file_flags::DOC != 0 {
        return FileState::NotInstalled;
    }
    FileState::Normal
}

/// A directory of the package is left out too when all that the package has in it is.
fn leave_out_empty_directories(table: &FileTable, states: &mut [FileState]) {
    if states.iter().all(|s| *s == FileState::Normal) {
        return;
    }
    // Deepest first, so that a directory of left-out directories goes as well.
    let mut directories: Vec<usize> = (0..table.files.len())
        .filter(|i| table.files.get(*i).is_some_and(|f| f.kind == FileKind::Directory))
        .collect();
    directories.sort_by_key(|i| std::cmp::Reverse(table.files.get(*i).map_or(0, |f| f.path.len())));
    for directory in directories {
        let Some(above) = table.files.get(directory) else { continue };
        let mut below = table.files.iter().zip(states.iter()).filter(|(file, _)| {
            file.path.strip_prefix(&*above.path).is_some_and(|rest| rest.starts_with(b"/"))
        });
        let Some(first) = below.next() else { continue };
        let left_out = |(_, state): (&FileEntry, &FileState)| *state == FileState::NotInstalled;
        if left_out(first)
            && below.all(left_out)
            && let Some(state) = states.get_mut(directory)
        {
            *state = FileState::NotInstalled;
        }
    }
}
