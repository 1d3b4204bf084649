//! `[[ text =~ expression ]]` and BASH_REMATCH.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::EvalErrorKind;
use crate::expand::piece::{Piece, plain_text};
use crate::machine::Machine;
use crate::regex::{self, RegexError};
use crate::scope::{Value, Variable};
use crate::stop::{Run, Stop};

/// Compiled expressions that are kept: a loop has a few.
const MOST_KEPT: usize = 16;

impl Machine<'_> {
    pub(super) fn regex_match(&mut self, pieces: &[Piece], text: &str) -> Run<bool> {
        let refused = |machine: &Self, error| machine.regex_error(pieces, error);
        let expression = regex::translate(pieces, text).map_err(|e| refused(self, e))?;
        let length = expression.source.len() as u64;
        self.charge(1 + length / 16 + text.len() as u64 * (1 + expression.weight / 256))?;
        let compiled = if let Some(compiled) = self.regexes.get(&expression.source) {
            compiled.clone()
        } else {
            self.charge(expression.weight.saturating_mul(32).saturating_add(256))?;
            let compiled = regex::compile(&expression.source).map_err(|e| refused(self, e))?;
            if self.regexes.len() >= MOST_KEPT {
                self.regexes.clear();
            }
            self.regexes.insert(expression.source, compiled.clone());
            compiled
        };
        let Some(captures) = compiled.captures(text) else {
            self.set_rematch(Some(BTreeMap::new()));
            return Ok(false);
        };
        let groups = captures.iter().map(|group| Rc::from(group.map_or("", |g| g.as_str())));
        self.set_rematch(expression.certain.then(|| (0..).zip(groups).collect()));
        self.check_values(0)?;
        Ok(true)
    }

    /// Assigns BASH_REMATCH; without groups that are certain it cannot be read.
    fn set_rematch(&mut self, groups: Option<BTreeMap<i64, Rc<str>>>) {
        match groups {
            Some(groups) => {
                let value = Value::Array(Rc::new(groups));
                self.scope.put(0, "BASH_REMATCH", Variable { value, readonly: None, array: true });
            }
            None => self.scope.remove_global("BASH_REMATCH"),
        }
    }

    fn regex_error(&self, pieces: &[Piece], error: RegexError) -> Stop {
        match error {
            RegexError::Wrong(message) => {
                let pattern = plain_text(pieces);
                self.error(EvalErrorKind::BadRegex { pattern, message })
            }
            RegexError::Foreign(what) => self.not_in_subset(
                format!("{what} in a regular expression"),
                "write a POSIX extended regular expression without extensions",
            ),
        }
    }
}
