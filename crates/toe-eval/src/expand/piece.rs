//! The expanded pieces of a word before splitting.

/// Text with what later stages must know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text from one source.
    Text {
        /// The characters.
        text: String,
        /// Quoted: never split, never a pattern; keeps a field alive even when empty.
        quoted: bool,
        /// The result of an unquoted expansion: split at IFS.
        split: bool,
    },
    /// Between two elements of `"$@"`.
    Break,
}

impl Piece {
    pub(crate) fn quoted(text: impl Into<String>) -> Self {
        Piece::Text { text: text.into(), quoted: true, split: false }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Piece::Text { text, .. } => text.len(),
            Piece::Break => 0,
        }
    }

    /// Quotes with nothing in them.
    pub(crate) fn is_empty_quote(&self) -> bool {
        matches!(self, Piece::Text { text, quoted: true, .. } if text.is_empty())
    }

    /// False when nothing in it makes a pattern of its word, or quotes what follows.
    pub(crate) fn may_glob(&self) -> bool {
        let Piece::Text { text, quoted: false, .. } = self else { return false };
        text.bytes().any(|b| matches!(b, b'*' | b'?' | b'[' | b'\\'))
    }
}

/// As [`plain_text`], in the text of the first piece.
pub(crate) fn into_plain_text(mut pieces: Vec<Piece>) -> String {
    let Some(Piece::Text { text, .. }) = pieces.first_mut() else { return plain_text(&pieces) };
    let mut out = std::mem::take(text);
    for piece in &pieces[1..] {
        match piece {
            Piece::Text { text, .. } => out.push_str(text),
            Piece::Break => out.push(' '),
        }
    }
    out
}

/// All text joined, a backslash before what is quoted and `escapes`; a break is one space.
pub(crate) fn escaped_text(pieces: &[Piece], escapes: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Break => out.push(' '),
            Piece::Text { text, quoted: false, .. } => out.push_str(text),
            Piece::Text { text, quoted: true, .. } => {
                for c in text.chars() {
                    if escapes(c) {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
        }
    }
    out
}

/// All text joined; a break is one space.
pub(crate) fn plain_text(pieces: &[Piece]) -> String {
    let mut out = String::with_capacity(pieces.iter().map(|p| p.len() + 1).sum());
    for piece in pieces {
        match piece {
            Piece::Text { text, .. } => out.push_str(text),
            Piece::Break => out.push(' '),
        }
    }
    out
}
