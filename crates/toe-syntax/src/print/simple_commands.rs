//! Simple commands: assignments, words, redirections.

use super::layout::Printer;
use crate::parse::{DECLARATIONS, RESERVED};
use crate::tree::{Arg, ArrayElement, AssignValue, Assignment, Redirect, RedirectKind, Simple};

impl<'a> Printer<'a> {
    pub(super) fn simple(&mut self, simple: &'a Simple) {
        self.page.open_block();
        for assignment in &simple.assignments {
            self.place(assignment.span.start as usize);
            self.assignment(assignment);
        }
        self.page.close_block();
        // As in shfmt, redirections go to the end, but those right after the command's name.
        let mut redirects = simple.redirects.as_slice();
        // At the beginning of a command the name would be a keyword.
        if let (true, Some(name)) = (simple.assignments.is_empty(), simple.args.first())
            && RESERVED.contains(&self.original.slice(start_of(name) as usize, end_of(name) as usize))
        {
            let before = redirects.iter().take_while(|r| r.span.start < start_of(name)).count();
            let (before, rest) = redirects.split_at(before);
            self.redirects(before);
            redirects = rest;
        }
        if let Some((name, operands)) = simple.args.split_first() {
            self.args(std::slice::from_ref(name), false);
            if let Some(first) = operands.first() {
                let early = redirects.iter().take_while(|r| {
                    r.span.start <= start_of(first) && !matches!(r.kind, RedirectKind::HereDoc(_))
                });
                let (early, rest) = redirects.split_at(early.count());
                self.redirects(early);
                let name = self.original.slice(start_of(name) as usize, end_of(name) as usize);
                // As in shfmt, assignments indent once, before a command and after a declaration.
                let declares = DECLARATIONS.contains(&name);
                if declares {
                    self.page.open_block();
                }
                self.args(operands, declares);
                if declares {
                    self.page.close_block();
                }
                redirects = rest;
            }
        }
        self.redirects(redirects);
    }

    /// Words and assignments; `indents` when lines that continue are indented already.
    fn args(&mut self, args: &'a [Arg], indents: bool) {
        let mut continued = false;
        for arg in args {
            let start = start_of(arg) as usize;
            if self.original.line(start) > self.line {
                if !continued && !indents {
                    self.page.open_block();
                    continued = true;
                }
                self.continue_line();
            }
            self.blank();
            match arg {
                Arg::Word(word) => self.word(word),
                Arg::Assign(assignment) => self.assignment(assignment),
            }
        }
        if continued {
            self.page.close_block();
        }
    }

    /// A new line or a blank, before a part of a command at `start`.
    fn place(&mut self, start: usize) {
        if self.original.line(start) > self.line {
            self.continue_line();
        }
        self.blank();
    }

    pub(super) fn redirects(&mut self, redirects: &'a [Redirect]) {
        self.page.open_block();
        for redirect in redirects {
            self.place(redirect.span.start as usize);
            self.redirect(redirect);
        }
        self.page.close_block();
    }

    fn redirect(&mut self, redirect: &'a Redirect) {
        let written = self.original.of(redirect.span);
        let digits = written.len() - written.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (descriptor, rest) = written.split_at_checked(digits).unwrap_or(("", written));
        let mut sign = rest.len() - rest.trim_start_matches(['<', '>', '&', '|']).len();
        if rest.starts_with("<<-") {
            sign = 3;
        }
        let (operator, target) = rest.split_at_checked(sign).unwrap_or((rest, ""));
        self.page.push(descriptor);
        self.page.push(operator);
        self.needs_blank = self.options.space_redirects && !operator.ends_with('&');
        self.blank();
        match &redirect.kind {
            RedirectKind::Out(word) | RedirectKind::OutAndErr(word) | RedirectKind::In(word) => {
                self.word(word);
            }
            RedirectKind::DupOut(_) => self.page.push(without_blanks(target)),
            RedirectKind::HereDoc(document) => {
                self.page.push(without_blanks(target));
                self.pending_documents.push(document);
            }
        }
        self.reach((redirect.span.end as usize).saturating_sub(1));
        self.needs_blank = true;
    }

    pub(super) fn assignment(&mut self, assignment: &'a Assignment) {
        let start = assignment.span.start as usize;
        let end = assignment.span.end as usize;
        match &assignment.value {
            AssignValue::Scalar(value) => {
                let mut at = start;
                if let Some(index) = &assignment.index {
                    let (from, to) = (index.span.start as usize, index.span.end as usize);
                    self.copy_text(start, from, true);
                    self.arithmetic_text(&index.parts, from, to);
                    at = to;
                }
                self.copy(at, end, value.parts.iter(), true);
            }
            AssignValue::Array(elements) => {
                let target = assignment.index.as_ref();
                let after_target = target.map_or(assignment.name_span.end, |index| index.span.end) as usize;
                let opening =
                    self.original.slice(after_target, end).find('(').map_or(end, |i| after_target + i);
                self.copy(start, opening, target.iter().flat_map(|index| &index.parts), true);
                self.word_at("(", opening);
                self.array(elements, end.saturating_sub(1));
            }
        }
        self.needs_blank = true;
    }

    fn array(&mut self, elements: &'a [ArrayElement], closing: usize) {
        self.needs_blank = false;
        self.page.open_block();
        for element in elements {
            let start = self.original.next_token(self.cursor);
            let end = element.value.span.end as usize;
            self.comments_before(start);
            if self.has_pending_comments() || self.breaks_before(start) {
                self.wants_newline |= self.has_pending_comments();
                self.break_before(start);
            }
            self.blank();
            let parts = element.index.iter().flat_map(|index| &index.parts).chain(&element.value.parts);
            self.copy(start, end, parts, true);
            self.cursor = end;
            self.needs_blank = true;
        }
        self.comments_before(closing);
        self.flush_comments();
        self.page.close_block();
        self.break_before(closing);
        self.word_at(")", closing);
    }
}

fn start_of(arg: &Arg) -> u32 {
    match arg {
        Arg::Word(word) => word.span.start,
        Arg::Assign(assignment) => assignment.span.start,
    }
}

fn end_of(arg: &Arg) -> u32 {
    match arg {
        Arg::Word(word) => word.span.end,
        Arg::Assign(assignment) => assignment.span.end,
    }
}

/// Without the blanks and continuations before it.
fn without_blanks(text: &str) -> &str {
    let mut text = text;
    loop {
        let rest = text.trim_start_matches([' ', '\t']);
        match rest.strip_prefix("\\\n") {
            Some(more) => text = more,
            None => return rest,
        }
    }
}
