//! The layout that the `.editorconfig` files above a nail ask for.

use std::path::{Path, PathBuf};

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

/// The layout of `nail`, which need not exist.
pub fn layout_of(nail: &Path) -> Result<FormatOptions, EditorconfigError> {
    let properties =
        ec4rs::properties_of(nail).map_err(|source| EditorconfigError { path: nail.to_owned(), source })?;
    Ok(FormatOptions::from_editorconfig(properties.iter().map(|(name, value)| (name, value.into_str()))))
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
        let blanks = FormatOptions { indent: 2, ..FormatOptions::default() };
        assert_eq!(layout_of(&root.join("a.nail")).unwrap(), blanks);
        assert_eq!(
            layout_of(&root.join("sub/b.nail")).unwrap(),
            FormatOptions { switch_case_indent: true, ..blanks }
        );
        assert_eq!(layout_of(&root.join("a.foot")).unwrap(), FormatOptions::default());
    }
}
