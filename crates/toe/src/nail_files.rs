//! The nails that a path of the command line stands for.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// The directory whose files are nails whatever their names are.
const NAIL_DIRECTORY: &str = "TOENAILS";
/// The endings of nails anywhere.
const NAIL_ENDINGS: [&str; 2] = ["nail", "foot"];
/// The endings of what stands beside nails and is none.
const OTHER_ENDINGS: [&str; 9] = ["lock", "md", "txt", "repo", "conf", "toml", "json", "rpm", "asc"];

/// Why the nails of a path are not known.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum NailFilesError {
    /// The path itself.
    #[error("cannot look at {}", path.display())]
    #[diagnostic(code(toe::path), help("give the path of a nail or of a directory with nails"))]
    Path {
        /// As given.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Something below it.
    #[error("cannot read the directories below {}", path.display())]
    #[diagnostic(code(toe::walk), help("make them readable, or name the nails one by one"))]
    Walk {
        /// As given.
        path: PathBuf,
        /// Why.
        #[source]
        source: ignore::Error,
    },
}

/// `path` itself if it is no directory, else the nails below it, sorted; what `.gitignore` and its
/// kin exclude, hidden files and links are left out. Directories are read while the nails are asked for.
pub fn nails_of(path: &Path) -> Box<dyn Iterator<Item = Result<PathBuf, NailFilesError>> + Send> {
    let path = path.to_owned();
    match std::fs::metadata(&path) {
        Err(source) => Box::new(std::iter::once(Err(NailFilesError::Path { path, source }))),
        Ok(metadata) if !metadata.is_dir() => Box::new(std::iter::once(Ok(path))),
        Ok(_) => {
            let walk = WalkBuilder::new(&path).require_git(false).sort_by_file_name(OsStr::cmp).build();
            Box::new(walk.filter_map(move |entry| match entry {
                Ok(entry) => {
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    (is_file && is_nail(entry.path())).then(|| Ok(entry.into_path()))
                }
                Err(source) => Some(Err(NailFilesError::Walk { path: path.clone(), source })),
            }))
        }
    }
}

fn is_nail(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    if NAIL_ENDINGS.contains(&ending) {
        return true;
    }
    // `TOENAILS` itself may be what was given: `.` has no name.
    let directory = path.parent().and_then(|parent| std::path::absolute(parent).ok());
    directory.is_some_and(|d| d.file_name() == Some(OsStr::new(NAIL_DIRECTORY)))
        && !OTHER_ENDINGS.contains(&ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_nails_and_nothing_else() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        for file in [
            "TOENAILS/base",
            "TOENAILS/sl6.2-x",
            "TOENAILS/README.md",
            "TOENAILS/a.foot.lock",
            "TOENAILS/.hidden",
            "x.nail",
            "sub/y.foot",
            "sub/script.sh",
            "build/z.nail",
            "sub/w.nail~",
        ] {
            let path = root.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        std::fs::write(root.join(".gitignore"), "build/\n").unwrap();
        std::os::unix::fs::symlink("x.nail", root.join("link.nail")).unwrap();
        let found: Vec<String> = nails_of(root)
            .map(|p| p.unwrap().strip_prefix(root).unwrap().to_str().unwrap().to_owned())
            .collect();
        assert_eq!(found, ["TOENAILS/base", "TOENAILS/sl6.2-x", "sub/y.foot", "x.nail"]);
        let script = root.join("sub/script.sh");
        assert_eq!(nails_of(&script).collect::<Result<Vec<_>, _>>().unwrap(), [script]);
        let missing: Vec<_> = nails_of(&root.join("none")).collect();
        assert!(matches!(missing.as_slice(), [Err(NailFilesError::Path { .. })]));
    }
}
