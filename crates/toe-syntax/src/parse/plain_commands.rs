//! Commands and assignments of plain words, a line each.

use pest::iterators::Pair;
use toe_source::Span;

use super::builder::Builder;
use super::grammar::Rule;
use crate::tree::{
    AndOr, Arg, AssignValue, Assignment, Command, CommandKind, Param, ParamName, ParamOp, PartKind, Pipeline,
    Simple, Word, WordPart,
};

impl Builder<'_, '_> {
    /// A command of plain words.
    pub(super) fn plain_command(&mut self, pair: Pair<'_, Rule>) -> AndOr {
        let span = self.span(&pair);
        let args = pair.into_inner().map(|piece| {
            let span = self.span(&piece);
            Arg::Word(match piece.as_rule() {
                Rule::plain_name => {
                    let kind = PartKind::Literal(piece.as_str().to_owned());
                    Word { parts: vec![WordPart { kind, span }], span }
                }
                _ => self.plain_word(piece),
            })
        });
        let args = args.collect();
        statement(Simple { assignments: Vec::new(), args, redirects: Vec::new(), span }, span)
    }

    /// `NAME=WORD`.
    pub(super) fn plain_assignment(&mut self, pair: Pair<'_, Rule>) -> Option<AndOr> {
        let span = self.span(&pair);
        let end = pair.as_span().end();
        let mut inner = pair.into_inner();
        let name = inner.next()?;
        let name_span = self.span(&name);
        let value = match inner.next() {
            Some(word) => self.plain_word(word),
            None => Word { parts: Vec::new(), span: self.positions.span(end, end) },
        };
        let assignment = Assignment {
            name: name.as_str().to_owned(),
            name_span,
            index: None,
            append: false,
            value: AssignValue::Scalar(value),
            span,
        };
        let assignments = vec![assignment];
        Some(statement(Simple { assignments, args: Vec::new(), redirects: Vec::new(), span }, span))
    }

    fn plain_word(&mut self, pair: Pair<'_, Rule>) -> Word {
        let span = self.span(&pair);
        Word { parts: self.plain_parts(pair), span }
    }

    fn plain_parts(&mut self, pair: Pair<'_, Rule>) -> Vec<WordPart> {
        pair.into_inner().map(|piece| self.plain_part(piece)).collect()
    }

    /// The tokens of expansions and quotes are without their signs.
    fn plain_part(&mut self, pair: Pair<'_, Rule>) -> WordPart {
        let text = pair.as_str();
        let at = pair.as_span();
        let (start, end) = (at.start(), at.end());
        let (kind, start, end) = match pair.as_rule() {
            Rule::plain_parameter => {
                let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}'));
                let name = ParamName::Variable(inner.unwrap_or(text).to_owned());
                let braced = inner.is_some();
                let param = Param { name, index: None, indirect: false, op: ParamOp::None, braced };
                (PartKind::Param(param), start - 1, end)
            }
            Rule::plain_quoted => (PartKind::DoubleQuoted(self.plain_parts(pair)), start - 1, end + 1),
            Rule::plain_single => (PartKind::SingleQuoted(text.to_owned()), start - 1, end + 1),
            // Text.
            _ => (PartKind::Literal(text.to_owned()), start, end),
        };
        WordPart { kind, span: self.positions.span(start, end) }
    }
}

fn statement(simple: Simple, span: Span) -> AndOr {
    let command = Command { kind: CommandKind::Simple(simple), redirects: Vec::new(), span };
    AndOr { first: Pipeline { negated: false, command, span }, rest: Vec::new(), span }
}
