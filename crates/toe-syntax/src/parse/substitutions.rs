//! Command substitution, in both spellings.

use pest::iterators::Pair;

use super::builder::Builder;
use super::grammar::Rule;
use super::positions::Excerpt;
use crate::tree::{CommandSubst, List, PartKind};

impl Builder<'_, '_> {
    /// `$( )`.
    pub(super) fn command_substitution(&mut self, pair: Pair<'_, Rule>) -> PartKind {
        let span = self.span(&pair);
        let known = self.findings.errors.len();
        let list = pair.into_inner().find(|p| p.as_rule() == Rule::list);
        let in_quoted = self.in_quoted_substitution;
        self.in_quoted_substitution |= self.in_quotes;
        let in_quotes = std::mem::replace(&mut self.in_quotes, false);
        let body = list.map(|pair| self.substituted_list(pair)).unwrap_or_default();
        (self.in_quotes, self.in_quoted_substitution) = (in_quotes, in_quoted);
        // Bash prints the commands and reads them again, now with the parenthesis right behind the `!`.
        // A command is empty, too, where what it consists of was refused.
        if body.ends_in_bang() && self.findings.errors.len() == known {
            self.outside(span, "a `!` alone at the end of `$( )`", "write `false`, which is the same");
        }
        PartKind::CommandSubst(CommandSubst { body, backquoted: false })
    }

    /// Backquotes: `\$`, `` \` `` and `\\` lose their backslash, and so does `\"` between double
    /// quotes. A continued line is joined before anything in it is read, in single quotes too. What is left is read
    /// as commands.
    pub(super) fn backquoted(&mut self, pair: Pair<'_, Rule>, in_quotes: bool) -> Option<PartKind> {
        let span = self.span(&pair);
        let inner = pair.into_inner().find(|p| p.as_rule() == Rule::backquoted_text)?;
        let (start, raw) = (inner.as_span().start(), inner.as_str());
        let positions = self.positions.clone();
        let mut excerpt = Excerpt::new(&positions);
        let (mut from, mut at) = (0, 0);
        let bytes = raw.as_bytes();
        while let Some(byte) = bytes.get(at) {
            if *byte != b'\\' {
                at += 1;
                continue;
            }
            let next = bytes.get(at + 1).copied();
            let taken = match next {
                Some(b'$' | b'`' | b'\\') => 1,
                Some(b'"') if in_quotes => 1,
                Some(b'\n') => 2,
                _ => 0,
            };
            if taken > 0 {
                excerpt.take(raw.get(from..at).unwrap_or_default(), start + from);
                from = at + taken;
            }
            at += 2;
        }
        excerpt.take(raw.get(from..).unwrap_or_default(), start + from);
        let (text, positions) = excerpt.finish(start);
        let body = self.deeper(span, |builder| {
            builder.within(&text, positions).parse_commands(Rule::backquoted_commands)
        });
        Some(PartKind::CommandSubst(CommandSubst { body: body?, backquoted: true }))
    }

    /// The commands of a substitution. Reading a file is allowed if that is all they do: `$(<file)`.
    pub(super) fn substituted_list(&mut self, pair: Pair<'_, Rule>) -> List {
        // The word of the redirection may hold another substitution.
        let outer = std::mem::replace(&mut self.file_read, only_redirection(&pair));
        let list = self.list(pair);
        self.file_read = outer;
        list
    }
}

/// The offset of the redirection that is the whole of `list`.
fn only_redirection(list: &Pair<'_, Rule>) -> Option<usize> {
    let mut pair = list.clone();
    for rule in [Rule::and_or, Rule::pipeline, Rule::command, Rule::simple_command, Rule::redirection] {
        let mut inner = pair.into_inner();
        pair = inner.next().filter(|p| p.as_rule() == rule)?;
        // Comments are not commands.
        if inner.any(|p| p.as_rule() != Rule::comment) {
            return None;
        }
    }
    Some(pair.as_span().start())
}
