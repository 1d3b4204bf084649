//! From byte offsets to lines and columns.

/// Line and column, both counted from one; the column counts characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from one.
    pub line: u32,
    /// Column in characters, from one.
    pub column: u32,
}

/// The offsets at which the lines of a text begin.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads the line starts of `text`.
    pub fn new(text: &str) -> Self {
        let after_newlines = text.match_indices('\n').map(|(i, _)| i as u32 + 1);
        LineIndex { starts: std::iter::once(0).chain(after_newlines).collect() }
    }

    /// The place of byte `offset` of `text` (the text that the index was made from). An offset past
    /// the end is taken as the end.
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&s| s as usize <= offset);
        let start = self.starts[line - 1] as usize;
        LineColumn { line: line as u32, column: text[start..offset].chars().count() as u32 + 1 }
    }

    /// The byte range of `line` (from one), without its newline; `None` past the end.
    pub fn line_range(&self, text: &str, line: u32) -> Option<std::ops::Range<usize>> {
        let start = *self.starts.get((line as usize).checked_sub(1)?)? as usize;
        let end = self.starts.get(line as usize).map_or(text.len(), |&e| e as usize - 1);
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a\nåb\n\nx";
        let index = LineIndex::new(text);
        let at = |o| {
            let p = index.line_column(text, o);
            (p.line, p.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(2), (2, 1));
        assert_eq!(at(4), (2, 2));
        assert_eq!(at(5), (2, 3));
        assert_eq!(at(6), (3, 1));
        assert_eq!(at(99), (4, 2));
        assert_eq!(index.line_range(text, 2), Some(2..5));
        assert_eq!(index.line_range(text, 4), Some(7..8));
        assert_eq!(index.line_range(text, 5), None);
    }
}
