//! The files of one evaluation, with their texts.

use std::sync::Arc;

use crate::{LineColumn, LineIndex, SourceId, Span};

/// One file: its name as the user knows it, and its text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path as it was given or found, for messages.
    pub name: String,
    /// The whole text.
    pub text: Arc<str>,
    index: LineIndex,
}

/// All files that were read, in the order of reading. Its clones share them.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<Arc<SourceFile>>,
}

impl SourceFile {
    /// Line and column of the byte at `offset`; one past the end is taken as the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        self.index.line_column(&self.text, offset.min(self.text.len()) as u32)
    }

    /// The bytes of `line` (from one), without its newline; `None` past the end.
    pub fn line_range(&self, line: u32) -> Option<std::ops::Range<usize>> {
        self.index.line_range(&self.text, line)
    }
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        SourceMap::default()
    }

    /// Adds a file and gives it its number.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> SourceId {
        let text = text.into();
        let index = LineIndex::new(&text);
        self.files.push(Arc::new(SourceFile { name: name.into(), text, index }));
        SourceId(self.files.len() as u32 - 1)
    }

    /// The file of `id`; ids are made by [`SourceMap::add`] of the same map only.
    pub fn file(&self, id: SourceId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Line and column of the first byte of `span`.
    pub fn start(&self, span: Span) -> LineColumn {
        self.file(span.source).line_column(span.start as usize)
    }

    /// Line and column of the first byte after `span`.
    pub fn end(&self, span: Span) -> LineColumn {
        self.file(span.source).line_column(span.end as usize)
    }

    /// The text of `span`, empty when it does not fit the file.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.source).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// All files with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, f)| (SourceId(i as u32), &**f))
    }
}
