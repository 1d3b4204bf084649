//! Lists of commands, `&&`, `||` and `!`.

use toe_source::Span;

use super::layout::Printer;
use crate::tree::{AndOr, AndOrOp, Command, CommandKind, List, Pipeline};

/// What kind of list stands inside of a command.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// One like a condition: the word that ends it does not decide whether it needs a line of its own.
    Open,
    /// A body.
    Body,
    /// A body of `if`: comments in the column of the word that ends it belong to that word.
    Branch,
}

impl Block {
    fn is_closed(self) -> bool {
        self != Block::Open
    }
}

/// The last byte of a statement.
pub(super) fn last_byte(statement: &AndOr) -> usize {
    (statement.span.end as usize).saturating_sub(1)
}

impl<'a> Printer<'a> {
    /// Where the word stands that ends `list`, which begins at the cursor.
    pub(super) fn after(&self, list: &List) -> usize {
        let end = list.statements.last().map_or(self.cursor, |s| s.span.end as usize);
        self.original.next_token(end)
    }

    /// A list inside of a compound command, up to the word at `closing` that ends it.
    pub(super) fn block(&mut self, list: &'a List, closing: usize, kind: Block) {
        self.page.open_block();
        if let [first, more @ ..] = list.statements.as_slice() {
            let closing_line = self.original.line(closing);
            let end_line = self.original.line(last_byte(first));
            let apart = kind.is_closed() && closing_line > self.line && end_line < closing_line;
            if !more.is_empty() || apart || self.has_pending_comments() {
                self.wants_newline = true;
            }
        }
        self.list(list);
        if kind == Block::Branch {
            let column = self.original.column(closing);
            self.comments_inside(closing, [column, column]);
        } else {
            self.comments_before(closing);
        }
        if kind.is_closed() {
            self.flush_comments();
        }
        self.page.close_block();
    }

    /// The commands of `list` and the comments before them.
    pub(super) fn list(&mut self, list: &'a List) {
        let mut apart = self.wants_newline;
        for (number, statement) in list.statements.iter().enumerate() {
            let start = statement.span.start as usize;
            apart |= number == 0 && self.original.line(start) > self.line;
            self.comments_before(start);
            self.wants_newline |= self.needs_own_line(statement.span);
            self.break_before(start);
            self.line = self.original.line(start);
            self.cursor = start;
            self.and_or(statement);
            self.cursor = statement.span.end as usize;
            self.wants_newline = true;
        }
        if list.statements.len() == 1 && !apart {
            self.wants_newline = false;
        }
    }

    fn and_or(&mut self, statement: &'a AndOr) {
        self.pipeline(&statement.first);
        for (operator, pipeline) in &statement.rest {
            let text = match operator {
                AndOrOp::And => "&&",
                AndOrOp::Or => "||",
            };
            let at = self.original.next_token(self.cursor);
            let next = pipeline.span.start as usize;
            if self.original.line(next) <= self.line && !self.needs_own_line(pipeline.span) {
                self.blank();
                self.word_at(text, at);
                self.pipeline(pipeline);
                continue;
            }
            self.page.open_block();
            if self.options.binary_next_line {
                self.operator_begins_line(text, at, next);
            } else {
                self.blank();
                self.word_at(text, at);
                self.line = self.original.line(at);
                self.comments_before(next);
                self.break_line(next);
            }
            self.line = self.original.line(next);
            self.pipeline(pipeline);
            self.page.close_block();
        }
    }

    /// True when a here-document must be written before what is at `span`: a line end within
    /// parentheses would be taken for the end of the line that announced the document.
    fn needs_own_line(&self, span: Span) -> bool {
        !self.pending_documents.is_empty() && may_end_lines_in_parentheses(self.original.of(span))
    }

    fn operator_begins_line(&mut self, operator: &str, at: usize, next: usize) {
        if self.pending_documents.is_empty() {
            self.continue_line();
        }
        self.blank();
        self.word_at(operator, at);
        let announced = !self.pending_documents.is_empty();
        if self.has_comments_before(next) {
            self.break_line(next);
            self.comments_before(next);
            self.break_line(next);
        } else if announced {
            self.break_line(next);
        }
    }

    fn pipeline(&mut self, pipeline: &'a Pipeline) {
        self.ended = false;
        let start = pipeline.command.span.start as usize;
        let mut at = pipeline.span.start as usize;
        // Each `!` is kept, though two are none.
        while at < start && self.original.slice(at, at + 1) == "!" {
            self.blank();
            self.word_at("!", at);
            at = self.original.next_token(at + 1);
        }
        self.reach(start);
        self.blank();
        self.command(&pipeline.command);
    }

    /// A command with its redirections.
    pub(super) fn command(&mut self, command: &'a Command) {
        self.cursor = command.span.start as usize;
        match &command.kind {
            CommandKind::Simple(simple) => self.simple(simple),
            CommandKind::Group(list) => self.group(list),
            CommandKind::If(clause) => self.if_command(clause),
            CommandKind::For(clause) => self.for_command(clause),
            CommandKind::ArithFor(clause) => self.arith_for(clause),
            CommandKind::While(clause) => self.while_command(clause),
            CommandKind::Case(clause) => self.case_command(clause),
            CommandKind::Function(function) => self.function(function),
            CommandKind::Cond(condition) => self.conditional(condition),
            CommandKind::Arith(arith) => self.arithmetic(arith),
        }
        self.redirects(&command.redirects);
        self.cursor = command.span.end as usize;
        self.needs_blank = true;
    }
}

/// True when what stands in parentheses or backquotes in `text` may be printed on several lines. Where quotes make
/// that hard to say, it is so.
fn may_end_lines_in_parentheses(text: &str) -> bool {
    const ENDS: [char; 3] = ['\n', ';', '#'];
    let (mut depth, mut in_backquotes) = (0_usize, false);
    // The parentheses of its patterns have no partners.
    let has_case = text.contains("case");
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if !has_case => depth = depth.saturating_sub(1),
            '`' => in_backquotes = !in_backquotes,
            '\'' | '"' | '\\' if depth > 0 || in_backquotes => {
                return text.get(at..).is_some_and(|rest| rest.contains(ENDS));
            }
            _ if ENDS.contains(&c) && (depth > 0 || in_backquotes) => return true,
            _ => {}
        }
    }
    false
}
