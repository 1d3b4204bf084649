//! `[[ ]]` (bash manual, 3.2.5.2).

use toe_syntax::tree::Cond;

use crate::expand::pattern::has_extglob;
use crate::expand::piece::into_plain_text;
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn evaluate_cond(&mut self, condition: &Cond) -> Run<bool> {
        self.charge(1)?;
        match condition {
            Cond::Not(inner) => Ok(!self.deeper(|m| m.evaluate_cond(inner))?),
            Cond::And(left, right) => {
                Ok(self.deeper(|m| m.evaluate_cond(left))? && self.deeper(|m| m.evaluate_cond(right))?)
            }
            Cond::Or(left, right) => {
                Ok(self.deeper(|m| m.evaluate_cond(left))? || self.deeper(|m| m.evaluate_cond(right))?)
            }
            Cond::Paren(inner) => self.deeper(|m| m.evaluate_cond(inner)),
            Cond::Word(word) => Ok(!into_plain_text(self.operand(word)?).is_empty()),
            Cond::Unary { op, op_span, word } => {
                let operand = into_plain_text(self.operand(word)?);
                self.here = *op_span;
                self.test_unary(op, &operand)
            }
            Cond::Binary { op, op_span, left, right } => {
                let left_word = left;
                let left = into_plain_text(self.operand(left)?);
                match op.as_str() {
                    "==" | "=" | "!=" => {
                        self.here = right.span;
                        let pieces = self.operand(right)?;
                        let source = self.checked_pattern_text(&pieces)?;
                        if has_extglob(&source) {
                            return Err(self.not_in_subset(
                                "an extended pattern such as `@(a|b)`",
                                "use several patterns in a `case`",
                            ));
                        }
                        let pattern = self.compile(&source)?;
                        Ok(self.matches(&pattern, &left)? == (op != "!="))
                    }
                    "=~" => {
                        self.here = right.span;
                        let pieces = self.operand(right)?;
                        self.regex_match(&pieces, &left)
                    }
                    _ => {
                        let right_word = right;
                        let right = into_plain_text(self.operand(right)?);
                        self.here = *op_span;
                        match op.as_str() {
                            "<" => Ok(left < right),
                            ">" => Ok(left > right),
                            op => {
                                self.refuse_nested_subscript(&left_word.parts, &left, true)?;
                                self.refuse_nested_subscript(&right_word.parts, &right, true)?;
                                // Inside [[ ]] both sides are arithmetic expressions.
                                let left = self.arithmetic(&left)?;
                                let right = self.arithmetic(&right)?;
                                self.compare(op, left, right)
                            }
                        }
                    }
                }
            }
        }
    }
}
