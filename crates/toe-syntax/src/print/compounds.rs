//! Compound commands: groups, `if`, loops, functions.

use super::layout::Printer;
use super::lists::Block;
use crate::tree::{ArithFor, For, Function, If, List, While};

impl<'a> Printer<'a> {
    /// The position of the next word or operator.
    pub(super) fn next(&self) -> usize {
        self.original.next_token(self.cursor)
    }

    pub(super) fn group(&mut self, list: &'a List) {
        let at = self.next();
        self.word_at("{", at);
        self.wants_newline |= self.options.function_next_line;
        let closing = self.after(list);
        self.block(list, closing, Block::Body);
        self.comments_before(closing);
        self.closing_word("}", closing);
    }

    pub(super) fn if_command(&mut self, clause: &'a If) {
        for (number, (condition, body)) in clause.branches.iter().enumerate() {
            let at = self.next();
            if number == 0 {
                self.word_at("if", at);
            } else {
                self.closing_word("elif", at);
            }
            self.condition(condition, "then");
            let closing = self.after(body);
            self.block(body, closing, Block::Branch);
            self.cursor = closing;
            self.comments_before(closing);
        }
        if let Some(list) = &clause.otherwise {
            let at = self.next();
            self.closing_word("else", at);
            let closing = self.after(list);
            // A comment behind `else` is one of the block's.
            let first = list.statements.first().map_or(closing, |s| s.span.start as usize);
            self.comments_on_line(at, first);
            self.block(list, closing, Block::Branch);
            self.cursor = closing;
            self.comments_before(closing);
        }
        let at = self.next();
        self.closing_word("fi", at);
    }

    /// Makes the comments between `at` and `closing` pending that stand on the line of `at`.
    pub(super) fn comments_on_line(&mut self, at: usize, closing: usize) {
        let rest = self.original.slice(at, closing);
        self.comments_before(at + rest.find('\n').unwrap_or(rest.len()));
    }

    fn condition(&mut self, list: &'a List, word: &str) {
        let after = self.after(list);
        self.block(list, after, Block::Open);
        self.comments_before(after);
        self.opening_word(word, after);
    }

    fn body(&mut self, list: &'a List) {
        let closing = self.after(list);
        self.block(list, closing, Block::Body);
        self.comments_before(closing);
        self.closing_word("done", closing);
    }

    pub(super) fn while_command(&mut self, clause: &'a While) {
        let at = self.next();
        self.word_at(if clause.until { "until" } else { "while" }, at);
        self.condition(&clause.condition, "do");
        self.body(&clause.body);
    }

    pub(super) fn for_command(&mut self, clause: &'a For) {
        let at = self.next();
        self.word_at("for", at);
        self.blank();
        self.page.push(self.original.of(clause.name_span));
        self.needs_blank = true;
        self.reach(clause.name_span.start as usize);
        self.cursor = clause.name_span.end as usize;
        if let Some(words) = &clause.words {
            let at = self.next();
            self.comments_before(at);
            self.blank();
            self.word_at("in", at);
            self.reach(at);
            let mut continued = false;
            for word in words {
                let start = word.span.start as usize;
                if self.original.line(start) > self.line {
                    if !continued {
                        self.page.open_block();
                        continued = true;
                    }
                    self.continue_line();
                }
                self.blank();
                self.word(word);
            }
            if continued {
                self.page.close_block();
            }
        }
        self.opening_do();
        self.body(&clause.body);
    }

    fn opening_do(&mut self) {
        self.ended = false;
        let at = self.next();
        self.comments_before(at);
        self.opening_word("do", at);
    }

    pub(super) fn arith_for(&mut self, clause: &'a ArithFor) {
        let at = self.next();
        self.word_at("for", at);
        self.blank();
        let opening = self.next();
        let expressions = [&clause.init, &clause.condition, &clause.step].into_iter().flatten();
        let last = expressions.last().map_or(opening + 2, |e| e.span.end as usize);
        let end = self.original.rest(last).find("))").map_or(last, |i| last + i + 2);
        self.reach(opening);
        self.arith_for_head(clause, opening, end);
        self.opening_do();
        self.body(&clause.body);
    }

    pub(super) fn function(&mut self, function: &'a Function) {
        if function.keyword {
            let at = self.next();
            self.word_at("function", at);
            self.blank();
        }
        self.page.push(self.original.of(function.name_span));
        self.cursor = function.name_span.end as usize;
        let at = self.next();
        if self.original.slice(at, at + 1) == "(" {
            self.word_at("(", at);
            let closing = self.next();
            self.word_at(")", closing);
        }
        let body = function.body.span.start as usize;
        self.needs_blank = true;
        if self.options.function_next_line {
            self.end_line();
            self.page.indent();
        }
        self.blank();
        self.reach(body);
        self.comments_before(body);
        self.command(&function.body);
    }
}
