//! The printer: `toe fmt`.
//!
//! Promises: the tree without positions is the same after as before; every comment survives, in
//! order, once; formatting twice is formatting once; words, here-documents and what stands in quotes
//! are never changed; lines end in LF, the last one too. A text with errors is left alone.
//!
//! The style is shfmt's; where it differs on purpose, the tests say so and why.

mod case_clauses;
mod compounds;
mod conditions;
mod difference;
mod here_documents;
mod layout;
mod lists;
mod mend;
mod options;
mod original;
mod page;
mod simple_commands;
mod words;

use toe_source::SourceId;

use crate::error::SyntaxError;
use crate::parse::parse;
use crate::tree::{Comment, Nail};

pub use difference::unified;
pub use options::FormatOptions;

use layout::Printer;
use mend::Mended;
use original::Original;

/// Why a text was not formatted.
#[derive(Debug, Clone, PartialEq, thiserror::Error, miette::Diagnostic)]
pub enum FormatError {
    /// The text is no nail. The places are those of the text as it was given.
    #[error("the text is no nail")]
    #[diagnostic(code(toe::syntax::not_formatted), help("mend what is reported, then format again"))]
    Syntax(Vec<SyntaxError>),
    /// The text that was printed does not read back as the same nail, so it was thrown away.
    #[error("formatting would have changed what this nail means")]
    #[diagnostic(
        code(toe::syntax::format_changes_meaning),
        help("the nail was left as it is; please report it, it is a mistake in `toe fmt`")
    )]
    MeaningChanged,
}

/// `text` in the style that `options` ask for, with a byte-order mark and CR LF line ends mended.
///
/// What was printed is read again before it is given out, unless it is what came in.
///
/// # Errors
/// [`FormatError::Syntax`] when `text` is no nail; its spans are in `source`.
pub fn format(source: SourceId, text: &str, options: FormatOptions) -> Result<String, FormatError> {
    let mended = Mended::new(text);
    let before = parse(source, &mended.text);
    if !before.errors.is_empty() {
        let errors = before.errors.into_iter();
        let errors = errors.map(|error| error.moved(|offset| mended.original(offset)));
        return Err(FormatError::Syntax(errors.collect()));
    }
    let printed = print(&mended.text, &before.nail, options);
    if printed == mended.text {
        return Ok(printed);
    }
    let after = parse(source, &printed);
    let kept = before.nail.comments.iter().map(comment_text).eq(after.nail.comments.iter().map(comment_text));
    if after.errors.is_empty() && kept && before.nail.eq_ignoring_spans(&after.nail) {
        Ok(printed)
    } else {
        Err(FormatError::MeaningChanged)
    }
}

fn comment_text(comment: &Comment) -> &str {
    comment.text.trim_end()
}

/// The text of `nail`, which was read from `text` without errors.
fn print(text: &str, nail: &Nail, options: FormatOptions) -> String {
    let original = Original::new(text, nail);
    let mut printer = Printer::new(options, &original, text.len() + text.len() / 8);
    printer.list(&nail.body);
    printer.comments_before(text.len());
    printer.finish()
}
