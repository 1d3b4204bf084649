//! What becomes of mended nails: written back, shown as a difference, or passed on.

use std::path::PathBuf;

use toe_lint::Mended;
use toe_source::{Diagnostic, SourceMap};
use toe_syntax::error::MAX_LENGTH;

use super::nail::Nail;
use crate::failure::Failure;
use crate::replace_file::replace_file;
use crate::terminal::Terminal;

#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum MendingError {
    #[error("cannot write {}", path.display())]
    #[diagnostic(
        code(toe::lint::write),
        help("the nail is as it was: make its directory writable, or free space")
    )]
    Write {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("cannot mend {}: it is a symbolic link", path.display())]
    #[diagnostic(code(toe::lint::link), help("give the path of the file that it points to"))]
    Link { path: PathBuf },
    #[error("cannot mend standard input: it is longer than a nail may be, {MAX_LENGTH} bytes")]
    #[diagnostic(code(toe::lint::too_long), help("split it and Include the parts"))]
    TooLong,
}

/// Gives `nails` what became of them (`mended`, in their order) and writes it, unless only the difference is
/// wanted. True when there is anything to change.
pub fn finish(
    nails: &mut [Nail],
    mended: Vec<Option<Mended>>,
    only_diff: bool,
    terminal: &Terminal,
) -> Result<bool, Failure> {
    let mut failure = Failure { diagnostics: Vec::new(), sources: SourceMap::new() };
    let (mut fixes, mut changed) = (0, 0);
    for (nail, mended) in nails.iter_mut().zip(mended) {
        if let Some(Mended { text, fixes: made }) = mended {
            fixes += made;
            changed += 1;
            if only_diff {
                let old = String::from_utf8_lossy(&nail.bytes);
                out!("{}", toe_syntax::print::unified(&nail.name, &old, &text));
            } else if let Err(error) = write(nail, &text) {
                failure.diagnostics.push(Diagnostic::from_error(&error));
                continue;
            }
            nail.bytes = text.into_bytes();
        }
        if nail.file.is_none() && !only_diff {
            if nail.bytes.len() > MAX_LENGTH {
                failure.diagnostics.push(Diagnostic::from_error(&MendingError::TooLong));
            } else {
                crate::output::bytes(&nail.bytes);
            }
        }
    }
    if !failure.diagnostics.is_empty() {
        return Err(failure);
    }
    if changed > 0 && !terminal.quiet {
        let plural = if changed == 1 { "" } else { "s" };
        let verb = if only_diff { "would fix" } else { "fixed" };
        errln!("{verb} {fixes} in {changed} nail{plural}");
    }
    Ok(changed > 0)
}

fn write(nail: &Nail, text: &str) -> Result<(), MendingError> {
    let Some((path, metadata)) = &nail.file else { return Ok(()) };
    let failed = |source| MendingError::Write { path: path.clone(), source };
    if std::fs::symlink_metadata(path).map_err(failed)?.is_symlink() {
        return Err(MendingError::Link { path: path.clone() });
    }
    replace_file(path, metadata, text).map_err(failed)
}
