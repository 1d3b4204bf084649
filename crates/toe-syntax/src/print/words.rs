//! Words, byte for byte: only a `\` newline between unquoted pieces goes, what stands in `$( )` is laid out like any
//! list, arithmetic has its blanks, and backquotes become `$( )` where nothing in them is escaped.

use super::here_documents::operands;
use super::layout::Printer;
use super::lists::Block;
use crate::tree::{Command, CommandKind, CommandSubst, List, PartKind, Subscript, Word, WordPart};

impl<'a> Printer<'a> {
    pub(super) fn word(&mut self, word: &'a Word) {
        self.copy(word.span.start as usize, word.span.end as usize, word.parts.iter(), true);
        self.needs_blank = true;
    }

    /// Copies `start..end` of the original, the commands in the substitutions of `parts` laid out.
    /// With `unquoted`, continuations between the pieces are left out.
    pub(super) fn copy(
        &mut self,
        start: usize,
        end: usize,
        parts: impl Iterator<Item = &'a WordPart>,
        unquoted: bool,
    ) {
        let text = self.original.slice(start, end);
        if text.bytes().any(|b| matches!(b, b'\\' | b'(' | b'`' | b'[')) {
            let mut at = start;
            for part in parts {
                let from = part.span.start as usize;
                self.copy_text(at, from, unquoted);
                at = at.max(from);
                at = self.part(part, at, unquoted);
            }
            self.copy_text(at, end, unquoted);
        } else {
            // No continuation, no substitution and no index: nothing to leave out or to lay out.
            self.page.push(text);
        }
        self.copied(end);
    }

    /// What stands before `end` was copied.
    pub(super) fn copied(&mut self, end: usize) {
        self.skip_comments_before(end);
        self.reach(end.saturating_sub(1));
        self.cursor = end;
    }

    pub(super) fn copy_text(&mut self, start: usize, end: usize, unquoted: bool) {
        let text = self.original.slice(start, end);
        if unquoted && text.contains("\\\n") {
            self.page.push(&text.replace("\\\n", ""));
        } else {
            self.page.push(text);
        }
    }

    /// Copies one piece from `at`, and returns where its copy ends.
    pub(super) fn part(&mut self, part: &'a WordPart, at: usize, unquoted: bool) -> usize {
        let (mut at, end) = (at, part.span.end as usize);
        let inner: Vec<&'a WordPart> = match &part.kind {
            PartKind::CommandSubst(substitution) if self.can_have_parentheses(substitution, at, end) => {
                self.substitution(substitution, at, end);
                return end;
            }
            PartKind::Arith(parts) => {
                let (inner, closing) = (at + "$((".len(), end.saturating_sub("))".len()));
                self.copy_text(at, inner, false);
                self.arithmetic_text(parts, inner, closing);
                self.copy_text(closing, end, false);
                return end;
            }
            PartKind::Literal(_) => {
                self.copy_text(at, end, unquoted);
                return end;
            }
            PartKind::DoubleQuoted(parts) => parts.iter().collect(),
            PartKind::Param(param) => {
                if let Some(Subscript::Index(index)) = &param.index {
                    let (from, to) = (index.span.start as usize, index.span.end as usize);
                    self.copy_text(at, from, false);
                    self.arithmetic_text(&index.parts, from, to);
                    at = to;
                }
                operands(&param.op).into_iter().flat_map(|word| &word.parts).collect()
            }
            PartKind::Escaped(_)
            | PartKind::SingleQuoted(_)
            | PartKind::AnsiC(_)
            | PartKind::CommandSubst(_) => Vec::new(),
        };
        for piece in inner {
            let from = piece.span.start as usize;
            self.copy_text(at, from, false);
            at = at.max(from);
            at = self.part(piece, at, false);
        }
        self.copy_text(at, end, false);
        end
    }

    /// True for `$( )`, and for backquotes whose text means the same there: nothing in it is escaped, no
    /// here-document would have to end before the parenthesis, and no `!` would stand before it; nor is there a
    /// dollar before them, which would take the other for its own.
    fn can_have_parentheses(&self, substitution: &CommandSubst, start: usize, end: usize) -> bool {
        let text = self.original.slice(start, end);
        let is_behind_dollar = self.original.slice(0, start).ends_with('$');
        !substitution.backquoted
            || !(text.contains('\\')
                || text.contains("<<")
                || is_behind_dollar
                || substitution.body.ends_in_bang())
    }

    fn substitution(&mut self, substitution: &'a CommandSubst, start: usize, end: usize) {
        self.skip_comments_before(start);
        self.reach(start);
        self.word_at("$(", start);
        if substitution.backquoted {
            self.cursor = start + "`".len();
        }
        self.needs_blank = begins_with_parenthesis(&substitution.body);
        let closing = end.saturating_sub(1);
        self.block(&substitution.body, closing, Block::Body);
        self.break_before(closing);
        self.page.push(")");
        self.reach(closing);
    }
}

/// `$( ((` must not become `$(((`.
fn begins_with_parenthesis(list: &List) -> bool {
    list.statements
        .first()
        .is_some_and(|s| matches!(s.first.command, Command { kind: CommandKind::Arith(_), .. }))
}
