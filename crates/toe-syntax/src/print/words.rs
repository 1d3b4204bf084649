//! Words, byte for byte: only a `\` newline between unquoted pieces goes, and what stands in `$( )`
//! is laid out like any list.

use super::here_documents::operands;
use super::layout::Printer;
use super::lists::Block;
use crate::tree::{
    Arith, Command, CommandKind, CommandSubst, List, Param, PartKind, Subscript, Word, WordPart,
};

impl<'a> Printer<'a> {
    pub(super) fn word(&mut self, word: &'a Word) {
        self.copy(word.span.start as usize, word.span.end as usize, word.parts.iter(), true);
        self.needs_blank = true;
    }

    pub(super) fn arithmetic(&mut self, arith: &'a Arith) {
        let start = self.cursor;
        let opening = self.original.slice(start, arith.span.start as usize);
        // The span may or may not hold the parentheses.
        let end = arith.span.end as usize;
        let end = if opening.starts_with("((") { end + 2 } else { end };
        self.copy(start, end, arith.parts.iter(), false);
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
        if text.bytes().any(|b| matches!(b, b'\\' | b'(')) {
            let mut at = start;
            for part in parts {
                let from = part.span.start as usize;
                self.copy_text(at, from, unquoted);
                at = at.max(from);
                at = self.part(part, at, unquoted);
            }
            self.copy_text(at, end, unquoted);
        } else {
            // No continuation and no substitution: nothing to leave out or to lay out.
            self.page.push(text);
        }
        self.skip_comments_before(end);
        self.reach(end.saturating_sub(1));
        self.cursor = end;
    }

    fn copy_text(&mut self, start: usize, end: usize, unquoted: bool) {
        let text = self.original.slice(start, end);
        if unquoted && text.contains("\\\n") {
            self.page.push(&text.replace("\\\n", ""));
        } else {
            self.page.push(text);
        }
    }

    /// Copies one piece from `at`, and returns where its copy ends.
    fn part(&mut self, part: &'a WordPart, at: usize, unquoted: bool) -> usize {
        let end = part.span.end as usize;
        let inner: Vec<&'a WordPart> = match &part.kind {
            PartKind::CommandSubst(substitution) if !substitution.backquoted => {
                self.substitution(substitution, at, end);
                return end;
            }
            PartKind::Literal(_) => {
                self.copy_text(at, end, unquoted);
                return end;
            }
            PartKind::DoubleQuoted(parts) | PartKind::Arith(parts) => parts.iter().collect(),
            PartKind::Param(param) => inside(param),
            PartKind::Escaped(_)
            | PartKind::SingleQuoted(_)
            | PartKind::AnsiC(_)
            | PartKind::CommandSubst(_) => Vec::new(),
        };
        let mut at = at;
        for piece in inner {
            let from = piece.span.start as usize;
            self.copy_text(at, from, false);
            at = at.max(from);
            at = self.part(piece, at, false);
        }
        self.copy_text(at, end, false);
        end
    }

    fn substitution(&mut self, substitution: &'a CommandSubst, start: usize, end: usize) {
        self.skip_comments_before(start);
        self.reach(start);
        self.word_at("$(", start);
        self.needs_blank = begins_with_parenthesis(&substitution.body);
        let closing = end.saturating_sub(1);
        self.block(&substitution.body, closing, Block::Body);
        self.break_before(closing);
        self.page.push(")");
        self.reach(closing);
    }
}

/// The pieces of a parameter expansion, in the order of the text.
fn inside(param: &Param) -> Vec<&WordPart> {
    let mut words = Vec::new();
    if let Some(Subscript::Index(word)) = &param.index {
        words.push(word);
    }
    words.extend(operands(&param.op));
    words.into_iter().flat_map(|word| &word.parts).collect()
}

/// `$( ((` must not become `$(((`.
fn begins_with_parenthesis(list: &List) -> bool {
    list.statements.first().is_some_and(|s| {
        matches!(&s.first, p if !p.negated && matches!(p.command, Command { kind: CommandKind::Arith(_), .. }))
    })
}
