//! What a text must be before it is read: UTF-8 without NUL, byte-order mark or CR line ends.

use toe_source::{SourceId, Span};

use crate::error::{MAX_LENGTH, SyntaxError};

/// The text of a nail's file.
///
/// # Errors
/// The first byte that is not UTF-8, or a file over 16 MiB.
pub fn decode(source: SourceId, bytes: &[u8]) -> Result<&str, SyntaxError> {
    check_length(source, bytes.len())?;
    std::str::from_utf8(bytes).map_err(|e| {
        let offset = e.valid_up_to();
        let byte = bytes.get(offset).copied().unwrap_or_default();
        SyntaxError::InvalidUtf8 { offset, byte, span: Span::new(source, offset, offset + 1) }
    })
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The end of U+FEFF where `text` begins with it, or has nothing but blanks, line ends and continuations before
/// it: without those, which no editor shows and `toe fmt` removes, it would be the mark.
pub(crate) fn byte_order_mark(text: &str) -> Option<usize> {
    let mut rest = text;
    while let Some(shorter) = rest.strip_prefix([' ', '\t', '\n']).or_else(|| rest.strip_prefix("\\\n")) {
        rest = shorter;
    }
    let behind = rest.strip_prefix(BYTE_ORDER_MARK)?;
    Some(text.len() - behind.len())
}

/// Refuses bytes that no nail has.
pub(super) fn check(source: SourceId, text: &str) -> Result<(), SyntaxError> {
    check_length(source, text.len())?;
    if let Some(end) = byte_order_mark(text) {
        return Err(SyntaxError::ByteOrderMark {
            span: Span::new(source, end - BYTE_ORDER_MARK.len_utf8(), end),
        });
    }
    if let Some(offset) = text.find('\0') {
        return Err(SyntaxError::NulByte { offset, span: Span::new(source, offset, offset + 1) });
    }
    let mut returns = text.match_indices('\r').map(|(offset, _)| offset);
    if let Some(offset) = returns.find(|offset| text.as_bytes().get(offset + 1) == Some(&b'\n')) {
        return Err(SyntaxError::CarriageReturn { offset, span: Span::new(source, offset, offset + 1) });
    }
    if let Some(line) = text.strip_suffix('\r') {
        return Err(SyntaxError::CarriageReturn {
            offset: line.len(),
            span: Span::new(source, line.len(), text.len()),
        });
    }
    Ok(())
}

fn check_length(source: SourceId, length: usize) -> Result<(), SyntaxError> {
    if length > MAX_LENGTH {
        return Err(SyntaxError::TooLong { length, span: Span::new(source, MAX_LENGTH, MAX_LENGTH + 1) });
    }
    Ok(())
}
