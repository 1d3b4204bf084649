//! Field splitting (bash manual, 3.5.7 Word Splitting).

use std::borrow::Cow;

use super::piece::Piece;

/// A field: its pieces, no breaks among them.
pub(crate) type Field = Vec<Piece>;

/// The characters of IFS, in their two kinds.
#[derive(Debug, Clone)]
pub(crate) struct Ifs {
    value: Cow<'static, str>,
}

impl Ifs {
    /// IFS as it is set; `None` means space, tab, newline.
    pub(crate) fn new(value: Option<&str>) -> Self {
        Ifs { value: value.map_or(Cow::Borrowed(" \t\n"), |value| Cow::Owned(value.to_owned())) }
    }

    /// What `"$*"` is joined with.
    pub(crate) fn first(&self) -> Option<char> {
        self.value.chars().next()
    }

    /// True for white space with the space in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.value.contains(' ') && self.value.chars().all(|c| matches!(c, ' ' | '\t' | '\n'))
    }

    /// White space and other characters.
    pub(crate) fn holds_blanks_and_more(&self) -> bool {
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n');
        self.value.contains(blank) && !self.value.chars().all(blank)
    }

    /// True for text that begins or ends with white space of IFS.
    pub(crate) fn is_edge(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| self.is_white(c))
            || text.chars().next_back().is_some_and(|c| self.is_white(c))
    }

    fn is_white(&self, c: char) -> bool {
        matches!(c, ' ' | '\t' | '\n') && self.value.contains(c)
    }

    /// True for a character that separates fields.
    pub(crate) fn is_delimiter(&self, c: char) -> bool {
        self.value.contains(c)
    }

    /// True when `text` would be split, or lose an edge.
    pub(crate) fn separates(&self, text: &str) -> bool {
        text.chars().any(|c| self.is_delimiter(c))
    }

    /// True when nothing in `text` delimits.
    fn is_whole(&self, text: &str) -> bool {
        let delimiters = self.value.as_bytes();
        self.value.is_ascii() && !text.bytes().any(|b| delimiters.contains(&b))
    }
}

/// Splits the pieces of a word into fields.
pub(crate) fn split(pieces: Vec<Piece>, ifs: &Ifs) -> Vec<Field> {
    let mut splitter = Splitter { fields: Vec::new(), current: Vec::new(), alive: false, white_ended: false };
    for piece in pieces {
        match piece {
            Piece::Break => {
                splitter.end_if_alive();
                splitter.white_ended = false;
            }
            Piece::Text { text, quoted, split: false } => splitter.keep(text, quoted),
            Piece::Text { text, quoted, split: true } if ifs.is_whole(&text) => splitter.keep(text, quoted),
            Piece::Text { text, quoted, split: true } => splitter.cut(&text, quoted, ifs),
        }
    }
    splitter.end_if_alive();
    splitter.fields
}

/// Beside an expansion without quotes or a list, bash quotes the separators that are written in a word: with `*` in IFS, `*$x` is no pattern, and
/// a backslash may come to stand before quoted text.
pub(crate) fn quote_separators(pieces: Vec<Piece>, ifs: &Ifs) -> Vec<Piece> {
    let has_backslash =
        |piece: &Piece| matches!(piece, Piece::Text { text, quoted: false, .. } if text.contains('\\'));
    if !ifs.value.contains(PATTERN_SIGNS) && !pieces.iter().any(has_backslash) {
        return pieces;
    }
    let mut out = Vec::with_capacity(pieces.len());
    let mut is_behind_backslash = false;
    for piece in pieces {
        let ends_in_backslash =
            matches!(&piece, Piece::Text { text, quoted: false, .. } if text.ends_with('\\'));
        match piece {
            Piece::Text { text, quoted: false, split: false } if text.contains(|c| ifs.value.contains(c)) => {
                for c in text.chars() {
                    // Quotes around other signs would only hide the name of a class: `[[:alpha:]]`.
                    let quoted = ifs.value.contains(c) && (PATTERN_SIGNS.contains(&c) || is_behind_backslash);
                    out.push(Piece::Text { text: c.to_string(), quoted, split: false });
                    is_behind_backslash = c == '\\';
                }
            }
            piece => out.push(piece),
        }
        is_behind_backslash = ends_in_backslash;
    }
    out
}

/// True when [`quote_separators`] would take a sign of a pattern away.
pub(crate) fn separators_are_signs(pieces: &[Piece], ifs: &Ifs) -> bool {
    let is_sign = |c: char| PATTERN_SIGNS.contains(&c) && ifs.value.contains(c);
    pieces.iter().any(
        |piece| matches!(piece, Piece::Text { text, quoted: false, split: false } if text.contains(is_sign)),
    )
}

/// What means something in a pattern, but for the backslash.
const PATTERN_SIGNS: [char; 8] = ['*', '?', '[', ']', '-', '!', '^', ':'];

/// In a word without expansions that holds a separator without quotes, bash loses the quotes of all others. True when
/// that makes a pattern of it, or another one.
pub(crate) fn unquotes_separators(pieces: &[Piece], ifs: &Ifs) -> bool {
    let holds = |wanted: bool, signs: &[char]| {
        pieces.iter().any(|piece| match piece {
            Piece::Text { text, quoted, .. } => {
                *quoted == wanted
                    && text.contains(|c| ifs.value.contains(c) && (signs.is_empty() || signs.contains(&c)))
            }
            Piece::Break => false,
        })
    };
    let open = |piece: &Piece| matches!(piece, Piece::Text { text, quoted: false, .. } if text.contains('['));
    holds(false, &[])
        && (holds(true, &['*', '?', '[', '\\'])
            || holds(true, &[']', '-', '!', '^', ':']) && pieces.iter().any(open))
}

struct Splitter {
    fields: Vec<Field>,
    current: Field,
    alive: bool,
    /// The last field was ended by IFS white space, so a delimiter that follows belongs to it.
    white_ended: bool,
}

impl Splitter {
    fn end_if_alive(&mut self) {
        if self.alive {
            self.end();
        }
    }

    fn end(&mut self) {
        self.fields.push(std::mem::take(&mut self.current));
        self.alive = false;
    }

    fn keep(&mut self, text: String, quoted: bool) {
        if quoted || !text.is_empty() {
            self.alive = true;
            self.white_ended = false;
            self.current.push(Piece::Text { text, quoted, split: false });
        }
    }

    fn cut(&mut self, text: &str, quoted: bool, ifs: &Ifs) {
        let mut run = String::new();
        for c in text.chars() {
            if ifs.is_white(c) {
                self.keep(std::mem::take(&mut run), quoted);
                if self.alive {
                    self.end();
                    self.white_ended = true;
                }
            } else if ifs.is_delimiter(c) {
                self.keep(std::mem::take(&mut run), quoted);
                if self.white_ended {
                    self.white_ended = false;
                } else {
                    self.end();
                }
            } else {
                run.push(c);
            }
        }
        self.keep(run, quoted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(ifs: Option<&str>, texts: &[(&str, bool)]) -> Vec<String> {
        let pieces = texts
            .iter()
            .map(|(t, quoted)| Piece::Text { text: (*t).to_owned(), quoted: *quoted, split: !quoted })
            .collect();
        split(pieces, &Ifs::new(ifs)).iter().map(|f| super::super::piece::plain_text(f)).collect()
    }

    #[test]
    fn white_space_and_other_delimiters() {
        assert_eq!(fields(None, &[("  a  b ", false)]), ["a", "b"]);
        assert_eq!(fields(Some(":"), &[("a::b:", false)]), ["a", "", "b"]);
        assert_eq!(fields(Some(" :"), &[(" a : b ", false)]), ["a", "b"]);
        assert_eq!(fields(Some(" :"), &[(" :a", false)]), ["", "a"]);
        assert_eq!(fields(Some(":"), &[("x:", false), (":y", false)]), ["x", "", "y"]);
        assert_eq!(fields(Some(""), &[("a b", false)]), ["a b"]);
        assert_eq!(fields(None, &[("", true)]), [""]);
        assert_eq!(fields(None, &[("", false)]), Vec::<String>::new());
    }
}
