//! Lists, `&&` and `||`, pipelines.

use pest::iterators::Pair;
use toe_source::Span;

use super::builder::Builder;
use super::grammar::Rule;
use crate::tree::{AndOr, AndOrOp, Command, CommandKind, List, Pipeline, Simple};

impl Builder<'_, '_> {
    /// Statements in order.
    pub(super) fn list(&mut self, pair: Pair<'_, Rule>) -> List {
        // The match ends behind the blanks and empty lines after the last statement.
        let start = pair.as_span().start();
        let span = self.positions.span(start, start + pair.as_str().trim_end().len());
        let statements = self.deeper(span, |builder| {
            let mut statements = Vec::new();
            for piece in pair.into_inner() {
                match piece.as_rule() {
                    Rule::plain_command => statements.push(builder.plain_command(piece)),
                    Rule::plain_assignment => statements.extend(builder.plain_assignment(piece)),
                    Rule::and_or => statements.extend(builder.and_or(piece)),
                    Rule::outside_background => {
                        let span = builder.span(&piece);
                        let instead = "end the command with `;`; quote a `&` that belongs to a word";
                        builder.outside(span, "running a command in the background with `&`", instead);
                    }
                    _ => {}
                }
            }
            statements
        });
        List { statements: statements.unwrap_or_default() }
    }

    fn and_or(&mut self, pair: Pair<'_, Rule>) -> Option<AndOr> {
        let span = self.span(&pair);
        let mut first = None;
        let mut rest = Vec::new();
        let mut op = AndOrOp::And;
        for piece in pair.into_inner() {
            match piece.as_rule() {
                Rule::and_or_operator => op = if piece.as_str() == "&&" { AndOrOp::And } else { AndOrOp::Or },
                Rule::pipeline => {
                    let pipeline = self.pipeline(piece);
                    match first {
                        None => first = Some(pipeline),
                        Some(_) => rest.push((op, pipeline)),
                    }
                }
                _ => {}
            }
        }
        Some(AndOr { first: first?, rest, span })
    }

    fn pipeline(&mut self, pair: Pair<'_, Rule>) -> Pipeline {
        let span = self.span(&pair);
        let mut negated = false;
        let mut end = span.end;
        let mut command = None;
        for piece in pair.into_inner() {
            let at = self.span(&piece);
            match piece.as_rule() {
                Rule::bang => {
                    negated = !negated;
                    end = at.end;
                }
                Rule::outside_time => {
                    self.outside(at, "`time`", "leave it out: nothing of a nail takes time");
                }
                Rule::outside_pipe => {
                    self.outside(
                        at,
                        "a pipeline",
                        "put the output of the first command into a variable with `$(..)`",
                    );
                }
                Rule::command => command = Some(self.command(piece)),
                _ => {}
            }
        }
        Pipeline {
            negated,
            command: command.unwrap_or_else(|| nothing(Span { start: end, end, ..span })),
            span,
        }
    }
}

/// In the place of a command that was refused, or of the one that a `!` alone lacks.
pub(super) fn nothing(span: Span) -> Command {
    let simple = Simple { assignments: Vec::new(), args: Vec::new(), redirects: Vec::new(), span };
    Command { kind: CommandKind::Simple(simple), redirects: Vec::new(), span }
}
