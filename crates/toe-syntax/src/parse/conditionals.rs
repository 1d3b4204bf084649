//! `[[ ]]`.

use pest::iterators::Pair;

use super::builder::Builder;
use super::grammar::Rule;
use super::words::bare_text;
use crate::tree::{Cond, Word};

/// The unary tests of the language.
const UNARY: [&str; 9] = ["-f", "-d", "-e", "-r", "-s", "-L", "-n", "-z", "-v"];

impl Builder<'_, '_> {
    /// Tests joined by `||`.
    pub(super) fn condition(&mut self, pair: Pair<'_, Rule>) -> Option<Cond> {
        let any: Vec<Cond> = pair
            .into_inner()
            .filter(|p| p.as_rule() == Rule::all_of)
            .filter_map(|p| self.all_of(p))
            .collect();
        join(any, Cond::Or)
    }

    fn all_of(&mut self, pair: Pair<'_, Rule>) -> Option<Cond> {
        let all =
            pair.into_inner().filter(|p| p.as_rule() != Rule::comment).filter_map(|p| self.test(p)).collect();
        join(all, Cond::And)
    }

    fn test(&mut self, pair: Pair<'_, Rule>) -> Option<Cond> {
        let span = self.span(&pair);
        self.deeper(span, |builder| builder.test_inside(pair))?
    }

    fn test_inside(&mut self, pair: Pair<'_, Rule>) -> Option<Cond> {
        let rule = pair.as_rule();
        let mut inner = pair.into_inner().filter(|p| p.as_rule() != Rule::comment);
        let first = inner.next()?;
        let at = self.span(&first);
        Some(match rule {
            Rule::negated_test => Cond::Not(Box::new(self.test(first)?)),
            Rule::test_in_parentheses => Cond::Paren(Box::new(self.condition(first)?)),
            Rule::unary_test => {
                let op = first.as_str().to_owned();
                if !UNARY.contains(&op.as_str()) {
                    let instead = format!("a nail can test {}", UNARY.join(" "));
                    self.outside(at, format!("the test `{op}`"), instead);
                }
                Cond::Unary { op, op_span: at, word: self.operand(inner.next()?) }
            }
            _ => {
                let left = self.operand(first);
                let Some(operator) = inner.next() else { return Some(Cond::Word(left)) };
                let (op, op_span) = (operator.as_str().to_owned(), self.span(&operator));
                if matches!(op.as_str(), "-nt" | "-ot" | "-ef") {
                    self.outside(op_span, format!("the test `{op}`"), "a nail does not compare files");
                }
                Cond::Binary { op, op_span, left, right: self.operand(inner.next()?) }
            }
        })
    }

    fn operand(&mut self, pair: Pair<'_, Rule>) -> Word {
        let continued = pair.as_str().contains("\\\n");
        let word = self.word(pair);
        if continued && bare_text(&word).is_some_and(|t| t == "]]" || t == "!" || t.starts_with('-')) {
            self.outside(word.span, "an operator continued on the next line", "write it in one line");
        }
        word
    }
}

/// Joins operands pairwise, so that a long chain does not nest deeply. Both operators are
/// associative: the grouping does not show.
fn join(mut operands: Vec<Cond>, with: fn(Box<Cond>, Box<Cond>) -> Cond) -> Option<Cond> {
    if operands.len() <= 1 {
        return operands.pop();
    }
    let right = operands.split_off(operands.len() / 2);
    Some(with(Box::new(join(operands, with)?), Box::new(join(right, with)?)))
}
