//! The value of an arithmetic expression.

use toe_syntax::tree::WordPart;

use crate::EvalErrorKind;
use crate::machine::Machine;
use crate::stop::{Run, Stop};

use super::parser::parse;
use super::tree::{ArithError, Binary, Expression, Place, Unary};

impl Machine<'_> {
    /// Expands the parts as in double quotes and evaluates them.
    pub(crate) fn arithmetic_parts(&mut self, parts: &[WordPart]) -> Run<i64> {
        let here = self.here;
        let text = self.deeper(|machine| machine.quoted_text(parts))?;
        self.here = here;
        self.refuse_nested_subscript(parts, &text, false)?;
        self.arithmetic(&text)
    }

    /// Evaluates an expression; an empty one is 0.
    pub(crate) fn arithmetic(&mut self, text: &str) -> Run<i64> {
        self.charge(1 + text.len() as u64 / 16)?;
        // The usual case: a plain number.
        if text.len() < 18
            && !text.starts_with('0')
            && text.bytes().all(|b| b.is_ascii_digit())
            && !text.is_empty()
        {
            return text.parse().map_err(|_| self.arith_error(text, &ArithError::new("no number", "")));
        }
        let tree = parse(text).map_err(|e| self.arith_error(text, &e))?;
        match tree {
            None => Ok(0),
            Some(tree) => self.deeper(|machine| machine.evaluate(&tree, text)),
        }
    }

    fn arith_error(&self, text: &str, error: &ArithError) -> Stop {
        self.error(EvalErrorKind::Arithmetic {
            expression: text.trim().chars().take(200).collect(),
            message: error.message.clone(),
            help: error.help.clone(),
        })
    }

    fn evaluate(&mut self, tree: &Expression, text: &str) -> Run<i64> {
        self.charge(1)?;
        match tree {
            Expression::Number(n) => Ok(*n),
            Expression::Read(place) => {
                let index = self.index_of(place, text)?;
                self.read(place, index)
            }
            Expression::Unary(op, inner) => {
                let value = self.evaluate(inner, text)?;
                Ok(match op {
                    Unary::Not => i64::from(value == 0),
                    Unary::Complement => !value,
                    Unary::Minus => value.wrapping_neg(),
                    Unary::Plus => value,
                })
            }
            Expression::Binary(op, left, right) => {
                let left = self.evaluate(left, text)?;
                let right = self.evaluate(right, text)?;
                binary(*op, left, right).map_err(|e| self.arith_error(text, &e))
            }
            Expression::And(left, right) => {
                Ok(i64::from(self.evaluate(left, text)? != 0 && self.evaluate(right, text)? != 0))
            }
            Expression::Or(left, right) => {
                Ok(i64::from(self.evaluate(left, text)? != 0 || self.evaluate(right, text)? != 0))
            }
            Expression::Choice(condition, yes, no) => {
                let taken = if self.evaluate(condition, text)? != 0 { yes } else { no };
                self.evaluate(taken, text)
            }
            Expression::Comma(left, right) => {
                self.evaluate(left, text)?;
                self.evaluate(right, text)
            }
            Expression::Assign(place, op, value) => {
                let Some(op) = op else {
                    let value = self.evaluate(value, text)?;
                    let index = self.index_of(place, text)?;
                    self.store(place, index, value)?;
                    return Ok(value);
                };
                // The old value is read, and the index evaluated, before the right side runs.
                let index = self.index_of(place, text)?;
                let old = self.read(place, index)?;
                let value = self.evaluate(value, text)?;
                let value = binary(*op, old, value).map_err(|e| self.arith_error(text, &e))?;
                self.store(place, index, value)?;
                Ok(value)
            }
            Expression::Step { place, by, after } => {
                let index = self.index_of(place, text)?;
                let old = self.read(place, index)?;
                let new = old.wrapping_add(*by);
                self.store(place, index, new)?;
                Ok(if *after { old } else { new })
            }
        }
    }

    /// The value of a variable is an expression itself.
    fn read(&mut self, place: &Place, index: Option<i64>) -> Run<i64> {
        let value = match index {
            Some(index) => self.element(&place.name, index)?,
            None => self.variable(&place.name)?,
        };
        match value {
            Some(value) => self.deeper(|machine| machine.arithmetic(&value)),
            None if self.scope.options.nounset => Err(self.unset_error(&place.name)),
            None => Ok(0),
        }
    }

    fn index_of(&mut self, place: &Place, text: &str) -> Run<Option<i64>> {
        let Some(index) = &place.index else { return Ok(None) };
        if index.trim().is_empty()
            || matches!(index.as_str(), "@" | "*")
            || index.contains(['$', '`', '\\', '\'', '"'])
        {
            return Err(self.arith_error(
                text,
                &ArithError::new(
                    format!("`{}[{index}]` has no index that is a number", place.name),
                    "write a number or an expression between the brackets",
                ),
            ));
        }
        self.deeper(|machine| machine.arithmetic(index)).map(Some)
    }

    fn store(&mut self, place: &Place, index: Option<i64>, value: i64) -> Run {
        match index {
            Some(index) => self.set_element(&place.name, index, &value.to_string(), false),
            None => self.set_scalar(&place.name, &value.to_string()),
        }
    }
}

fn binary(op: Binary, a: i64, b: i64) -> Result<i64, ArithError> {
    let zero = || ArithError::new("division by zero", "check the divisor first");
    Ok(match op {
        Binary::Power => {
            if b < 0 {
                return Err(ArithError::new("the exponent is less than 0", "use an exponent of 0 or more"));
            }
            power(a, b as u64)
        }
        Binary::Multiply => a.wrapping_mul(b),
        Binary::Divide if b == 0 => return Err(zero()),
        Binary::Remainder if b == 0 => return Err(zero()),
        Binary::Divide => a.wrapping_div(b),
        Binary::Remainder => a.wrapping_rem(b),
        Binary::Add => a.wrapping_add(b),
        Binary::Subtract => a.wrapping_sub(b),
        // The processor takes the lowest six bits of a count, and bash lets it.
        Binary::ShiftLeft => a.wrapping_shl(b as u32),
        Binary::ShiftRight => a.wrapping_shr(b as u32),
        Binary::Less => i64::from(a < b),
        Binary::LessEqual => i64::from(a <= b),
        Binary::Greater => i64::from(a > b),
        Binary::GreaterEqual => i64::from(a >= b),
        Binary::Equal => i64::from(a == b),
        Binary::NotEqual => i64::from(a != b),
        Binary::BitAnd => a & b,
        Binary::BitXor => a ^ b,
        Binary::BitOr => a | b,
    })
}

fn power(mut base: i64, mut exponent: u64) -> i64 {
    let mut out = 1i64;
    while exponent > 0 {
        if exponent & 1 == 1 {
            out = out.wrapping_mul(base);
        }
        base = base.wrapping_mul(base);
        exponent >>= 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_wrap() {
        let value = |op, a, b| binary(op, a, b).unwrap();
        assert_eq!(value(Binary::Add, i64::MAX, 1), i64::MIN);
        assert_eq!(value(Binary::Divide, i64::MIN, -1), i64::MIN);
        assert_eq!(value(Binary::Remainder, i64::MIN, -1), 0);
        assert_eq!(value(Binary::ShiftLeft, 1, 65), 2);
        assert_eq!(value(Binary::Power, 3, 41), 3i64.wrapping_pow(41));
        assert!(binary(Binary::Divide, 1, 0).is_err());
    }
}
