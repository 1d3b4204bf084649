//! `case`.

use super::layout::Printer;
use super::lists::{Block, last_byte};
use crate::tree::{Case, CaseItem, CaseTerminator, Word};

impl<'a> Printer<'a> {
    pub(super) fn case_command(&mut self, clause: &'a Case) {
        let at = self.next();
        self.word_at("case", at);
        self.blank();
        self.word(&clause.subject);
        let at = self.next();
        self.comments_before(at);
        self.blank();
        self.word_at("in", at);
        self.reach(at);
        if self.options.switch_case_indent {
            self.page.open_block();
        }
        for (number, item) in clause.items.iter().enumerate() {
            let first = number == 0;
            let start = self.next();
            if first && self.has_pending_comments() {
                self.wants_newline = true;
            }
            self.comments_before(start);
            self.break_before(start);
            self.case_item(item, start, number + 1 == clause.items.len());
        }
        let closing = self.next();
        if clause.items.is_empty() {
            self.end_line_next();
        }
        self.comments_before(closing);
        if self.options.switch_case_indent {
            self.flush_comments();
            self.page.close_block();
        }
        self.closing_word("esac", closing);
    }

    fn case_item(&mut self, item: &'a CaseItem, start: usize, last: bool) {
        self.blank();
        self.cursor = start;
        // Without its parenthesis this pattern would be the end of the `case`.
        let text = |pattern: &Word| self.original.of(pattern.span).replace("\\\n", "");
        if item.patterns.first().is_some_and(|pattern| text(pattern) == "esac") {
            self.page.push("(");
        }
        for (number, pattern) in item.patterns.iter().enumerate() {
            if number > 0 {
                self.page.push(" | ");
            }
            self.word(pattern);
        }
        let closing = self.next();
        self.word_at(")", closing);
        self.reach(closing);
        let end = self.after(&item.body);
        let first = item.body.statements.first().map_or(end, |s| s.span.start as usize);
        let body = self.next_comment_start().map_or(first, |comment| comment.min(first));
        let terminator = match item.terminator {
            CaseTerminator::Break => ";;",
            CaseTerminator::FallThrough => ";&",
            CaseTerminator::Continue => ";;&",
        };
        let rest = self.original.rest(end);
        let written = rest.starts_with(";;") || rest.starts_with(";&");
        // The last terminator may be missing: then it goes behind the last command.
        let last_byte = item.body.statements.last().map_or(closing, last_byte);
        let at = if written { end } else { last_byte };
        let apart = item.body.statements.len() > 1
            || (!item.body.statements.is_empty() && self.original.line(body) > self.line)
            || (!item.body.statements.is_empty() && self.original.line(at) > self.original.line(last_byte));
        self.ended = false;
        self.block(&item.body, end, if written { Block::Body } else { Block::Open });
        self.page.raise();
        if apart || self.must_break() {
            self.break_before(at);
            self.wants_newline = true;
        }
        self.blank();
        self.page.push(terminator);
        self.needs_blank = true;
        self.ended = true;
        self.cursor = if written { end + terminator.len() } else { end };
        self.reach(at);
        // A comment behind the terminator belongs to this clause, and so do those after the last
        // clause that do not stand in the column of `esac`.
        let next = self.next();
        if last && written {
            let esac = self.original.column(next);
            let patterns = if self.options.switch_case_indent { self.original.column(start) } else { esac };
            self.comments_inside(next, [esac, patterns]);
        } else {
            self.comments_on_line(end, next);
        }
        self.flush_comments();
        self.page.lower();
    }
}
