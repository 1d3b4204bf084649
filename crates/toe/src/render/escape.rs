//! Foreign text (package names, scriptlet output, server answers) made harmless for a terminal.

use std::borrow::Cow;

/// `text` with control characters (but newline and tab) and bidirectional overrides as `\u{..}`.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_dangerous) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_dangerous(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// `source` with each dangerous character replaced by as many `?` as it has bytes, so that spans stay right.
pub fn same_length(source: &str) -> Cow<'_, str> {
    if !source.chars().any(is_dangerous) {
        return Cow::Borrowed(source);
    }
    Cow::Owned(source.chars().fold(String::with_capacity(source.len()), |mut out, c| {
        if is_dangerous(c) {
            out.extend(std::iter::repeat_n('?', c.len_utf8()));
        } else {
            out.push(c);
        }
        out
    }))
}

fn is_dangerous(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_sequences_are_shown_not_obeyed() {
        assert_eq!(escaped("a\x1b[31mb\u{9b}c\u{202e}"), "a\\u{1b}[31mb\\u{9b}c\\u{202e}");
        assert_eq!(escaped("plain ü\n\t"), "plain ü\n\t");
        assert_eq!(same_length("a\x1bb\u{9b}").len(), "a\x1bb\u{9b}".len());
    }
}
