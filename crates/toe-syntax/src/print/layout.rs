//! Where lines end: the printer's state, and the rules for blanks, newlines, comments and
//! here-documents that every node shares.
//!
//! As in shfmt, newlines of the original are kept where the language allows one, at most one empty
//! line in a row, and added between the commands of a list.

use super::FormatOptions;
use super::here_documents::reindented;
use super::original::Original;
use super::page::Page;
use crate::tree::{Comment, HereDoc};

/// Writes one nail.
pub(super) struct Printer<'a> {
    pub options: FormatOptions,
    pub original: &'a Original<'a>,
    pub page: Page,
    /// The line of the original that was reached.
    pub line: usize,
    /// The offset in the original after what was printed.
    pub cursor: usize,
    /// What comes next must be kept apart by a blank.
    pub needs_blank: bool,
    /// What comes next begins a line.
    pub wants_newline: bool,
    /// The same, where a line end could still be avoided: after a comment or a here-document.
    must_newline: bool,
    /// No `;` is needed before the next reserved word.
    pub ended: bool,
    /// How many comments were printed or are pending.
    comments_seen: usize,
    /// Comments for the next line end.
    pending_comments: Vec<&'a Comment>,
    /// Here-documents for the next line end.
    pub pending_documents: Vec<&'a HereDoc>,
}

impl<'a> Printer<'a> {
    pub fn new(options: FormatOptions, original: &'a Original<'a>, capacity: usize) -> Self {
        Printer {
            options,
            original,
            page: Page::new(options.indent, capacity),
            line: 0,
            cursor: 0,
            needs_blank: false,
            wants_newline: false,
            must_newline: false,
            ended: false,
            comments_seen: 0,
            pending_comments: Vec::new(),
            pending_documents: Vec::new(),
        }
    }

    /// The blank before the next word, where one is needed.
    pub fn blank(&mut self) {
        if self.needs_blank {
            self.page.push(" ");
            self.needs_blank = false;
        }
    }

    /// True when `offset` of the original shall stand on a new line.
    pub fn breaks_before(&self, offset: usize) -> bool {
        self.wants_newline || self.must_newline || self.original.line(offset) > self.line
    }

    /// Reaches the line of `offset`, never going back.
    pub fn reach(&mut self, offset: usize) {
        self.line = self.line.max(self.original.line(offset));
    }

    /// A line end and the indentation of the next line.
    pub fn break_line(&mut self, offset: usize) {
        self.end_line();
        self.reach(offset);
        self.page.indent();
    }

    /// A line end where `offset` shall stand on a new line, with an empty line if there was one.
    pub fn break_before(&mut self, offset: usize) {
        if self.page.is_empty() && self.pending_comments.is_empty() {
            self.wants_newline = false;
            return;
        }
        if !self.breaks_before(offset) {
            return;
        }
        self.end_line();
        if self.original.line(offset) > self.line + 1 && !self.original.follows_document(offset) {
            self.page.push("\n");
        }
        self.reach(offset);
        self.page.indent();
    }

    /// Ends the line: with its comment and the here-documents that it announced.
    pub fn end_line(&mut self) {
        self.flush_documents();
        self.flush_comments();
        self.page.push("\n");
        self.needs_blank = false;
        self.wants_newline = false;
        self.must_newline = false;
    }

    /// A line end that a backslash takes back, between the words of one command.
    pub fn continue_line(&mut self) {
        self.blank();
        self.page.push("\\\n");
        self.line += 1;
        self.page.indent();
    }

    /// True when there are comments before `offset` that are not pending yet.
    pub fn has_comments_before(&self, offset: usize) -> bool {
        self.original.comments.get(self.comments_seen).is_some_and(|c| (c.span.start as usize) < offset)
    }

    /// Where the first comment stands that is not pending yet.
    pub fn next_comment_start(&self) -> Option<usize> {
        self.original.comments.get(self.comments_seen).map(|c| c.span.start as usize)
    }

    /// Makes the comments before `offset` pending.
    pub fn comments_before(&mut self, offset: usize) {
        self.comments_while(|comment| (comment.span.start as usize) < offset);
    }

    /// Makes the comments before `closing` pending, but for those right above it that begin in one
    /// of `columns`: they speak of what follows.
    pub fn comments_inside(&mut self, closing: usize, columns: [usize; 2]) {
        let start = self.comments_seen;
        let rest = self.original.comments.get(start..).unwrap_or_default();
        let before = rest.iter().take_while(|c| (c.span.start as usize) < closing).count();
        let inside = rest.get(..before).unwrap_or_default();
        let above = inside
            .iter()
            .rev()
            .take_while(|c| columns.contains(&self.original.column(c.span.start as usize)));
        let until = start + before - above.count();
        while self.comments_seen < until {
            self.next_comment();
        }
    }

    /// Takes the comments before `offset` as printed: they are part of something copied.
    pub fn skip_comments_before(&mut self, offset: usize) {
        let rest = self.original.comments.get(self.comments_seen..).unwrap_or_default();
        self.comments_seen += rest.iter().take_while(|c| (c.span.start as usize) < offset).count();
    }

    fn comments_while(&mut self, wanted: impl Fn(&Comment) -> bool) {
        while self.original.comments.get(self.comments_seen).is_some_and(|c| wanted(c)) {
            self.next_comment();
        }
    }

    fn next_comment(&mut self) {
        self.pending_comments.extend(self.original.comments.get(self.comments_seen));
        self.comments_seen += 1;
    }

    /// What comes next begins a line, and so does a comment before it.
    pub fn end_line_next(&mut self) {
        self.must_newline = true;
    }

    /// True when what was printed last ends its line.
    pub fn must_break(&self) -> bool {
        self.must_newline
    }

    /// True when comments wait for a line end.
    pub fn has_pending_comments(&self) -> bool {
        !self.pending_comments.is_empty()
    }

    /// Writes the pending comments: the first at the end of the line if it stood there.
    pub fn flush_comments(&mut self) {
        if !self.pending_comments.is_empty() {
            // Otherwise the comments would become part of the document.
            self.flush_documents();
        }
        for (number, comment) in std::mem::take(&mut self.pending_comments).into_iter().enumerate() {
            let start = comment.span.start as usize;
            let line = self.original.line(start);
            if self.must_newline || number > 0 || (line > self.line && self.line > 0) {
                if !self.page.is_empty() {
                    self.page.push("\n");
                    if line > self.line + 1 {
                        self.page.push("\n");
                    }
                }
                self.page.indent();
            } else if self.needs_blank {
                self.page.mark_trailing();
            } else if !self.page.is_at_line_start() {
                self.page.push(" ");
            }
            self.needs_blank = false;
            self.reach(start);
            self.page.push(self.original.of(comment.span).trim_end());
            self.wants_newline = true;
            self.must_newline = true;
        }
    }

    /// Writes the bodies of the here-documents announced on this line, below it.
    fn flush_documents(&mut self) {
        if self.pending_documents.is_empty() {
            return;
        }
        let documents = std::mem::take(&mut self.pending_documents);
        let mut later = std::mem::take(&mut self.pending_comments);
        if later.first().is_some_and(|c| self.original.line(c.span.start as usize) == self.line) {
            self.pending_comments.push(later.remove(0));
            self.flush_comments();
        }
        for document in documents {
            let lines = self.original.of(document.body_span);
            self.page.push("\n");
            if document.strip_tabs && self.page.has_tabs() {
                let level = self.page.line_level() + 1;
                self.page.push(&reindented(document, lines, level));
            } else {
                self.page.push(lines);
            }
            self.reach((document.body_span.end as usize).saturating_sub(1));
            self.needs_blank = false;
        }
        self.pending_comments = later;
        self.must_newline = true;
    }

    /// A reserved word or bracket that ends a list: on a new line, or after `;`.
    pub fn closing_word(&mut self, word: &str, offset: usize) {
        if self.breaks_before(offset) {
            self.break_before(offset);
        } else {
            if !self.ended {
                self.page.push(";");
            }
            self.page.push(" ");
        }
        self.word_at(word, offset);
    }

    /// `then` and `do`: on the line of what is before, if that can be.
    pub fn opening_word(&mut self, word: &str, offset: usize) {
        if self.wants_newline || self.must_newline {
            self.break_line(offset);
        } else {
            if !self.ended {
                self.page.push(";");
            }
            self.page.push(" ");
            self.reach(offset);
        }
        self.word_at(word, offset);
    }

    /// A reserved word or operator of the original at `offset`, as it is.
    pub fn word_at(&mut self, word: &str, offset: usize) {
        self.page.push(word);
        self.needs_blank = true;
        self.cursor = offset + word.len();
    }

    /// The whole text, its last line ended.
    pub fn finish(mut self) -> String {
        self.flush_documents();
        self.flush_comments();
        if !self.page.is_empty() {
            self.page.push("\n");
        }
        self.page.finish()
    }
}
