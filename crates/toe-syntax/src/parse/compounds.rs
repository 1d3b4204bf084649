//! Compound commands and functions.

use pest::iterators::{Pair, Pairs};

use super::builder::Builder;
use super::grammar::Rule;
use super::lists::nothing;
use crate::tree::{
    ArithFor, Case, CaseItem, CaseTerminator, Command, CommandKind, For, Function, If, List, While, Word,
};

impl Builder<'_, '_> {
    /// A command with its redirections.
    pub(super) fn command(&mut self, pair: Pair<'_, Rule>) -> Command {
        let span = self.span(&pair);
        let mut command = nothing(span);
        for piece in pair.into_inner() {
            match piece.as_rule() {
                Rule::redirection => command.redirects.extend(self.redirect(piece)),
                Rule::comment => {}
                _ => {
                    if let Some(kind) = self.kind(piece) {
                        command.kind = kind;
                    }
                }
            }
        }
        command
    }

    fn kind(&mut self, pair: Pair<'_, Rule>) -> Option<CommandKind> {
        let span = self.span(&pair);
        let rule = pair.as_rule();
        if rule == Rule::simple_command {
            return Some(CommandKind::Simple(self.simple_command(pair)));
        }
        let mut inner = pair.into_inner();
        Some(match rule {
            Rule::group => CommandKind::Group(self.next_list(&mut inner)),
            Rule::if_command => CommandKind::If(self.if_command(inner)),
            Rule::for_command => CommandKind::For(self.for_command(inner)?),
            Rule::arithmetic_for => CommandKind::ArithFor(Box::new(self.arithmetic_for(inner)?)),
            Rule::while_command => {
                let until = inner.next()?.as_str().starts_with("until");
                let condition = self.next_list(&mut inner);
                CommandKind::While(While { until, condition, body: self.next_list(&mut inner) })
            }
            Rule::case_command => CommandKind::Case(self.case_command(inner)?),
            Rule::function => CommandKind::Function(self.function(inner)?),
            Rule::conditional => {
                let condition = inner.find(|p| p.as_rule() == Rule::condition)?;
                CommandKind::Cond(Box::new(self.condition(condition)?))
            }
            Rule::arithmetic_command => {
                let text = inner.find(|p| p.as_rule() == Rule::arithmetic_text)?;
                CommandKind::Arith(self.arith(text))
            }
            Rule::outside_subshell => {
                let instead = "group commands with `{ ..; }`; quote parentheses that belong to a word";
                self.outside(span, "a subshell `( )`", instead);
                CommandKind::Group(self.next_list(&mut inner))
            }
            Rule::outside_select => {
                self.outside(span, "`select`", "a nail asks nobody: use `for`");
                return None;
            }
            _ => {
                self.outside(span, "`coproc`", "call the command");
                return None;
            }
        })
    }

    fn next_list(&mut self, inner: &mut Pairs<'_, Rule>) -> List {
        inner.find(|p| p.as_rule() == Rule::list).map(|p| self.list(p)).unwrap_or_default()
    }

    fn if_command(&mut self, inner: Pairs<'_, Rule>) -> If {
        let mut branches: Vec<(List, List)> = Vec::new();
        let mut condition: Option<List> = None;
        let (mut otherwise, mut in_else) = (None, false);
        for piece in inner {
            match piece.as_rule() {
                Rule::else_word => in_else = true,
                Rule::list if in_else => otherwise = Some(self.list(piece)),
                Rule::list => match condition.take() {
                    None => condition = Some(self.list(piece)),
                    Some(tested) => branches.push((tested, self.list(piece))),
                },
                _ => {}
            }
        }
        If { branches, otherwise }
    }

    fn for_command(&mut self, inner: Pairs<'_, Rule>) -> Option<For> {
        let (mut name, mut words, mut body) = (None, None, List::default());
        for piece in inner {
            match piece.as_rule() {
                Rule::loop_name => {
                    let identifier = piece.into_inner().next()?;
                    name = Some((identifier.as_str().to_owned(), self.span(&identifier)));
                }
                Rule::in_words => words = Some(self.words(piece)),
                Rule::list => body = self.list(piece),
                _ => {}
            }
        }
        let (name, name_span) = name?;
        Some(For { name, name_span, words, body })
    }

    fn words(&mut self, pair: Pair<'_, Rule>) -> Vec<Word> {
        pair.into_inner().filter(|p| p.as_rule() == Rule::word).map(|p| self.word(p)).collect()
    }

    fn arithmetic_for(&mut self, mut inner: Pairs<'_, Rule>) -> Option<ArithFor> {
        let mut expression = |builder: &mut Self| {
            let pair = inner.find(|p| p.as_rule() == Rule::for_expression)?;
            let blank = pair.as_str().replace("\\\n", "").trim().is_empty();
            Some(Some(builder.arith(pair)).filter(|_| !blank))
        };
        let (init, condition, step) = (expression(self)?, expression(self)?, expression(self)?);
        Some(ArithFor { init, condition, step, body: self.next_list(&mut inner) })
    }

    fn case_command(&mut self, inner: Pairs<'_, Rule>) -> Option<Case> {
        let mut subject = None;
        let mut items = Vec::new();
        for piece in inner {
            match piece.as_rule() {
                Rule::word => subject = Some(self.word(piece)),
                Rule::case_item => items.push(self.case_item(piece)),
                _ => {}
            }
        }
        Some(Case { subject: subject?, items })
    }

    fn case_item(&mut self, pair: Pair<'_, Rule>) -> CaseItem {
        let span = self.span(&pair);
        let mut item =
            CaseItem { patterns: Vec::new(), body: List::default(), terminator: CaseTerminator::Break, span };
        for piece in pair.into_inner() {
            match (piece.as_rule(), piece.as_str()) {
                (Rule::word, _) => item.patterns.push(self.word(piece)),
                (Rule::list, _) => item.body = self.list(piece),
                (Rule::case_terminator, ";&") => item.terminator = CaseTerminator::FallThrough,
                (Rule::case_terminator, ";;&") => item.terminator = CaseTerminator::Continue,
                _ => {}
            }
        }
        item
    }

    fn function(&mut self, inner: Pairs<'_, Rule>) -> Option<Function> {
        let (mut name, mut keyword) = (None, false);
        for piece in inner {
            match piece.as_rule() {
                Rule::function_word => keyword = true,
                Rule::function_name => name = Some((piece.as_str().to_owned(), self.span(&piece))),
                Rule::function_body => {
                    let (name, name_span) = name?;
                    return Some(Function { name, name_span, keyword, body: Box::new(self.command(piece)) });
                }
                _ => {}
            }
        }
        None
    }
}
