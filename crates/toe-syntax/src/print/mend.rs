//! What is mended before a text is read as a nail: a byte-order mark and CR LF line ends.

use std::borrow::Cow;

use crate::parse::byte_order_mark;

/// A text without byte-order mark and CR LF, and how to find its places in the one it came from.
#[derive(Debug)]
pub(super) struct Mended<'t> {
    /// The mended text.
    pub text: Cow<'t, str>,
    /// Bytes removed in front: the mark, and the blanks before it.
    mark: usize,
    /// Offsets in the mended text before which a CR was removed, ascending.
    returns: Vec<usize>,
}

impl<'t> Mended<'t> {
    /// Mends `text`.
    pub fn new(text: &'t str) -> Self {
        let mark = byte_order_mark(text).unwrap_or(0);
        let body = &text[mark..];
        if !body.contains("\r\n") && !body.ends_with('\r') {
            return Mended { text: Cow::Borrowed(body), mark, returns: Vec::new() };
        }
        let mut mended = String::with_capacity(body.len());
        let mut returns = Vec::new();
        for line in body.split_inclusive('\n') {
            let kept = line.strip_suffix('\n').unwrap_or(line);
            let without = kept.trim_end_matches('\r');
            mended.push_str(without);
            returns.extend(std::iter::repeat_n(mended.len(), kept.len() - without.len()));
            mended.push_str(&line[kept.len()..]);
        }
        Mended { text: Cow::Owned(mended), mark, returns }
    }

    /// The offset in the original text of an offset in the mended one.
    pub fn original(&self, offset: usize) -> usize {
        offset + self.mark + self.returns.partition_point(|r| *r < offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_returns_go() {
        let mended = Mended::new("\u{feff}a\r\nb\rc\r\r\nd\r");
        assert_eq!(mended.text, "a\nb\rc\nd");
        assert_eq!(mended.original(0), 3);
        assert_eq!(mended.original(1), 4);
        // `b` is the byte after mark, `a`, CR and LF.
        assert_eq!(mended.original(2), 6);
        assert_eq!(mended.original(6), 12);
    }

    #[test]
    fn what_is_sound_is_borrowed() {
        let mended = Mended::new("a\rb\n");
        assert!(matches!(mended.text, Cow::Borrowed("a\rb\n")));
    }
}
