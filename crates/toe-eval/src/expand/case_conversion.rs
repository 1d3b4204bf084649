//! `${x^p} ${x^^p} ${x,p} ${x,,p}`.

use crate::machine::Machine;
use crate::stop::Run;

use super::pattern::Pattern;

impl Machine<'_> {
    /// Converts the first character, or all, that the pattern matches.
    pub(crate) fn convert_case(
        &mut self,
        text: &str,
        pattern: &Pattern,
        upper: bool,
        all: bool,
    ) -> Run<String> {
        let chars: Vec<char> = text.chars().collect();
        self.charge(chars.len() as u64 / 8)?;
        pattern.check_text(&chars).map_err(|e| self.pattern_error(&e))?;
        let mut out = String::with_capacity(text.len());
        for (i, c) in chars.into_iter().enumerate() {
            if (all || i == 0) && pattern.matches(&[c]) {
                out.push(self.simple_case(c, upper)?);
            } else {
                out.push(c);
            }
        }
        Ok(out)
    }

    /// towupper(3) and towlower(3): one character for one. Letters without a one-to-one partner
    /// differ between C libraries and are refused.
    fn simple_case(&self, c: char, upper: bool) -> Run<char> {
        if c.is_ascii() {
            return Ok(if upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() });
        }
        let mut other: Vec<char> =
            if upper { c.to_uppercase().collect() } else { c.to_lowercase().collect() };
        match (other.pop(), other.is_empty()) {
            (Some(one), true) if one == c => Ok(c),
            (Some(one), true) if one.to_lowercase().eq([c]) || one.to_uppercase().eq([c]) => Ok(one),
            _ => {
                Err(self
                    .not_in_subset(format!("changing the case of `{c}`"), "write the converted text itself"))
            }
        }
    }
}
