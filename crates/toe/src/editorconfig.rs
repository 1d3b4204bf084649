//! The layout that the `.editorconfig` files above a nail ask for.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use toe_syntax::FormatOptions;

/// An `.editorconfig` that cannot be read.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("cannot read the .editorconfig files above {}", path.display())]
#[diagnostic(code(toe::editorconfig), help("mend or remove the file"))]
pub struct EditorconfigError {
    /// The nail.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub source: ec4rs::Error,
}

/// The layouts of many nails. Whether there is an `.editorconfig` above a directory is asked once.
#[derive(Debug, Default)]
pub struct Layouts {
    directories_without: RwLock<HashSet<PathBuf>>,
}

impl Layouts {
    /// The layout of `nail`, which need not exist.
    pub fn of(&self, nail: &Path) -> Result<FormatOptions, EditorconfigError> {
        let directory = nail.parent().unwrap_or(nail);
        if self.directories_without.read().unwrap_or_else(PoisonError::into_inner).contains(directory) {
            return Ok(FormatOptions::default());
        }
        if is_without(nail) {
            let mut known = self.directories_without.write().unwrap_or_else(PoisonError::into_inner);
            known.insert(directory.to_owned());
            return Ok(FormatOptions::default());
        }
        let properties = ec4rs::properties_of(nail)
            .map_err(|source| EditorconfigError { path: nail.to_owned(), source })?;
        let properties = properties.iter().map(|(name, value)| (name, value.into_str()));
        Ok(FormatOptions::from_editorconfig(properties))
    }
}

/// True when no directory above `nail` has an `.editorconfig`.
fn is_without(nail: &Path) -> bool {
    let Ok(absolute) = std::path::absolute(nail) else { return false };
    absolute.ancestors().skip(1).all(|directory| std::fs::metadata(directory.join(".editorconfig")).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_hold_for_the_files_they_name() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        let text = "root = true\n[*.nail]\nindent_style = space\nindent_size = 2\n[b.nail]\nswitch_case_indent = true\n";
        std::fs::write(root.join(".editorconfig"), text).unwrap();
        let layouts = Layouts::default();
        let blanks = FormatOptions { indent: 2, ..FormatOptions::default() };
        assert_eq!(layouts.of(&root.join("a.nail")).unwrap(), blanks);
        assert_eq!(
            layouts.of(&root.join("sub/b.nail")).unwrap(),
            FormatOptions { switch_case_indent: true, ..blanks }
        );
        assert_eq!(layouts.of(&root.join("a.foot")).unwrap(), FormatOptions::default());
    }

    #[test]
    fn a_directory_without_one_is_remembered_for_itself_only() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        std::fs::create_dir(root.join("sub")).unwrap();
        std::fs::write(root.join("sub/.editorconfig"), "[*]\nindent_style = space\nindent_size = 3\n")
            .unwrap();
        let layouts = Layouts::default();
        let three = FormatOptions { indent: 3, ..FormatOptions::default() };
        for _ in 0..2 {
            assert_eq!(layouts.of(&root.join("a.nail")).unwrap(), FormatOptions::default());
            assert_eq!(layouts.of(&root.join("sub/a.nail")).unwrap(), three);
        }
    }
}
