//! The printer: `toe fmt`.
//!
//! Promises: the tree without positions is the same after as before; every comment survives, in
//! order, once; formatting twice is formatting once; here-documents and words are never changed, but for the blanks
//! of arithmetic and for backquotes; lines end in LF, the last one too. A text with errors is left alone.
//!
//! The style is shfmt's; where it differs on purpose, the tests say so and why.

mod arithmetic;
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

use std::borrow::Cow;

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
    /// Every printing gave another text.
    #[error("the layout of this nail does not settle")]
    #[diagnostic(
        code(toe::syntax::format_unsettled),
        help("the nail was left as it is; please report it, it is a mistake in `toe fmt`")
    )]
    Unsettled,
}

/// How often a text is printed until it stays as it is. One more than needed in most cases, where
/// the second printing only sees that nothing is left to do; the places of comments that moved to
/// another line can take one more.
const MAX_PASSES: usize = 6;

/// `text` in the style that `options` ask for, with a byte-order mark and CR LF line ends mended.
///
/// What was printed is read again before it is given out, unless it is what came in.
///
/// # Errors
/// [`FormatError::Syntax`] when `text` is no nail; its spans are in `source`.
pub fn format(source: SourceId, text: &str, options: FormatOptions) -> Result<String, FormatError> {
    let (mended, mut nail) = read(source, text)?;
    let mut text = mended.into_owned();
    for _ in 0..MAX_PASSES {
        let printed = print(&text, &nail, options);
        if printed == text {
            return Ok(printed);
        }
        let after = parse(source, &printed);
        let kept = nail.comments.iter().map(comment_text).eq(after.nail.comments.iter().map(comment_text));
        if !after.errors.is_empty() || !kept || !nail.eq_ignoring_spans(&after.nail) {
            return Err(FormatError::MeaningChanged);
        }
        (nail, text) = (after.nail, printed);
    }
    Err(FormatError::Unsettled)
}

/// True when [`format`] would give `text` back. For another text it takes half of the time: what is printed is not
/// given out, so it need not be read again.
///
/// # Errors
/// [`FormatError::Syntax`] when `text` is no nail; its spans are in `source`.
pub fn is_formatted(source: SourceId, text: &str, options: FormatOptions) -> Result<bool, FormatError> {
    let (mended, nail) = read(source, text)?;
    // A text that is printed otherwise is not the one at which printing settles.
    Ok(mended == text && print(text, &nail, options) == text)
}

/// The text with byte-order mark and CR LF line ends mended, and its tree.
fn read(source: SourceId, text: &str) -> Result<(Cow<'_, str>, Nail), FormatError> {
    let mended = Mended::new(text);
    let parsed = parse(source, &mended.text);
    if !parsed.errors.is_empty() {
        let errors = parsed.errors.into_iter();
        let errors = errors.map(|error| error.moved(|offset| mended.original(offset)));
        return Err(FormatError::Syntax(errors.collect()));
    }
    Ok((mended.text, parsed.nail))
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
