//! The operators of `${x..}` that make one text from another.

use std::rc::Rc;

use toe_syntax::tree::{ParamOp, Word};

use crate::machine::Machine;
use crate::stop::Run;

use super::pattern::Pattern;
use super::{Context, replace::Substitution, tilde::Tilde};

/// An operator whose words are expanded, ready for each element of a list.
pub(super) enum Operator {
    None,
    Remove { pattern: Pattern, longest: bool, suffix: bool },
    Replace(Box<Substitution>),
    Case { pattern: Pattern, upper: bool, all: bool },
}

impl Machine<'_> {
    /// Applies an operator to one value. `None` for a substring that begins outside of it: bash takes that for no
    /// text at all, as of a variable that is not set.
    pub(super) fn apply(&mut self, value: &Rc<str>, op: &ParamOp) -> Run<Option<String>> {
        if let ParamOp::Substring { offset, length } = op {
            return self.substring(value, offset, length.as_deref());
        }
        // bash does not look at the pattern of `${x#p}` and `${x%p}` when there is nothing to take it from.
        if value.is_empty() && matches!(op, ParamOp::RemovePrefix { .. } | ParamOp::RemoveSuffix { .. }) {
            return Ok(Some(String::new()));
        }
        let here = self.here;
        let operator = self.operator(op)?;
        self.here = here;
        self.operate(value, &operator).map(Some)
    }

    /// Expands the words of an operator.
    pub(super) fn operator(&mut self, op: &ParamOp) -> Run<Operator> {
        self.deeper(|machine| {
            Ok(match op {
                ParamOp::RemovePrefix { longest, pattern } => {
                    Operator::Remove { pattern: machine.pattern(pattern)?, longest: *longest, suffix: false }
                }
                ParamOp::RemoveSuffix { longest, pattern } => {
                    let pattern = machine.pattern(pattern)?.reversed();
                    Operator::Remove { pattern, longest: *longest, suffix: true }
                }
                ParamOp::Replace { kind, pattern, replacement } => Operator::Replace(Box::new(
                    machine.substitution(*kind, pattern, replacement.as_deref())?,
                )),
                ParamOp::Case { upper, all, pattern } => {
                    let pattern = match pattern {
                        Some(word) => machine.pattern(word)?,
                        None => Pattern::any(),
                    };
                    // A pattern that expands to nothing is bash's `?` too.
                    let pattern = if pattern.is_empty() { Pattern::any() } else { pattern };
                    Operator::Case { pattern, upper: *upper, all: *all }
                }
                _ => Operator::None,
            })
        })
    }

    /// Applies a prepared operator.
    pub(super) fn operate(&mut self, value: &str, operator: &Operator) -> Run<String> {
        match operator {
            Operator::None => Ok(value.to_owned()),
            Operator::Remove { pattern, longest, suffix } => {
                let mut chars: Vec<char> = value.chars().collect();
                pattern.check_text(&chars).map_err(|e| self.pattern_error(&e))?;
                self.charge(1 + pattern.cost(chars.len()))?;
                if *suffix {
                    chars.reverse();
                }
                let cut = pattern.prefix(&chars, *longest).unwrap_or(0);
                let rest = &chars[cut..];
                Ok(if *suffix { rest.iter().rev().collect() } else { rest.iter().collect() })
            }
            Operator::Replace(how) => self.replace(value, how),
            Operator::Case { pattern, upper, all } => self.convert_case(value, pattern, *upper, *all),
        }
    }

    fn substring(&mut self, value: &str, offset: &Word, length: Option<&Word>) -> Run<Option<String>> {
        let here = self.here;
        let size = value.chars().count() as i64;
        let offset = self.arithmetic_word(offset)?;
        let start = if offset < 0 { size.saturating_add(offset) } else { offset };
        if start < 0 || start > size {
            // Bash does not look at the length then.
            return Ok(None);
        }
        let end = match length {
            None => size,
            Some(length) => {
                let length = self.arithmetic_word(length)?;
                self.here = here;
                if length < 0 {
                    let end = size.saturating_add(length);
                    if end < start {
                        return Err(self.negative_length(length));
                    }
                    end
                } else {
                    start.saturating_add(length).min(size)
                }
            }
        };
        self.here = here;
        self.charge(size as u64 / 64)?;
        Ok(Some(value.chars().skip(start as usize).take((end - start) as usize).collect()))
    }

    /// The error for a length that ends before the start.
    pub(super) fn negative_length(&self, length: i64) -> crate::stop::Stop {
        self.bad_expansion(
            format!("the length {length} of a substring ends before its start"),
            "a negative length counts from the end of the text; a list takes none",
        )
    }

    /// Expands the offset or length of a substring and evaluates it.
    pub(super) fn arithmetic_word(&mut self, word: &Word) -> Run<i64> {
        let text =
            self.deeper(|machine| machine.single(word, Context { tilde: Tilde::Off, ..Context::SINGLE }))?;
        self.refuse_nested_subscript(&word.parts, &text, false)?;
        self.arithmetic(&text)
    }
}
