//! `[[ ]]`.

use super::layout::Printer;
use crate::tree::Cond;

impl<'a> Printer<'a> {
    pub(super) fn conditional(&mut self, condition: &'a Cond) {
        let at = self.next();
        self.word_at("[[", at);
        self.page.open_block();
        self.condition_apart(condition);
        let closing = self.next();
        self.page.close_block();
        self.apart_after_comments(closing);
        self.blank();
        self.reach(closing);
        self.word_at("]]", closing);
    }

    /// An expression that may begin a line.
    fn condition_apart(&mut self, condition: &'a Cond) {
        let start = self.next();
        self.comments_before(start);
        if self.has_pending_comments() || self.original.line(start) > self.line {
            self.wants_newline |= self.has_pending_comments();
            self.break_before(start);
        }
        self.expression(condition);
    }

    fn expression(&mut self, condition: &'a Cond) {
        self.blank();
        match condition {
            Cond::Not(inner) => {
                self.operator("!");
                self.comments_before(self.next());
                if self.has_pending_comments() {
                    self.condition_apart(inner);
                } else {
                    self.expression(inner);
                }
            }
            Cond::And(left, right) => self.joined(left, "&&", right),
            Cond::Or(left, right) => self.joined(left, "||", right),
            Cond::Paren(inner) => {
                self.operator("(");
                self.needs_blank = false;
                self.condition_apart(inner);
                let closing = self.next();
                self.apart_after_comments(closing);
                self.reach(closing);
                self.word_at(")", closing);
            }
            Cond::Unary { op, word, .. } => {
                self.operator(op);
                self.blank();
                self.reach(word.span.start as usize);
                self.word(word);
            }
            Cond::Binary { op, left, right, .. } => {
                self.reach(left.span.start as usize);
                self.word(left);
                self.operator(op);
                self.blank();
                self.reach(right.span.start as usize);
                self.word(right);
            }
            Cond::Word(word) => {
                self.reach(word.span.start as usize);
                self.word(word);
            }
        }
    }

    fn joined(&mut self, left: &'a Cond, operator: &str, right: &'a Cond) {
        self.expression(left);
        // The line is not reached: an operator that begins one ends one after.
        let at = self.next();
        self.apart_after_comments(at);
        self.blank();
        self.word_at(operator, at);
        self.condition_apart(right);
    }

    /// A line end before `offset` if there are comments.
    fn apart_after_comments(&mut self, offset: usize) {
        self.comments_before(offset);
        if self.has_pending_comments() {
            self.wants_newline = true;
            self.break_before(offset);
        }
    }

    fn operator(&mut self, operator: &str) {
        let at = self.next();
        self.apart_after_comments(at);
        self.blank();
        self.reach(at);
        self.word_at(operator, at);
    }
}
