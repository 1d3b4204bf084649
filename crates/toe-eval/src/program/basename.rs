//! `basename NAME [SUFFIX]` (POSIX).

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn basename(&mut self, args: &[Expanded]) -> Run<i32> {
        let args = args.strip_prefix_word("--");
        if let Some(option) = args.iter().find(|a| a.text.starts_with('-') && a.text.len() > 1) {
            return Err(self.foreign_form("basename", option, "basename NAME [SUFFIX]"));
        }
        let (name, suffix) = match args {
            [name] => (&name.text, ""),
            [name, suffix] => (&name.text, suffix.text.as_str()),
            _ => {
                return Err(self.bad_call(
                    "basename",
                    "one or two words are needed",
                    "write basename NAME [SUFFIX]",
                ));
            }
        };
        let trimmed = name.trim_end_matches('/');
        let base = if trimmed.is_empty() && !name.is_empty() {
            "/"
        } else {
            trimmed.rsplit('/').next().unwrap_or("")
        };
        let base = match base.strip_suffix(suffix) {
            Some(stem) if !stem.is_empty() => stem,
            _ => base,
        };
        self.write(base.as_bytes())?;
        self.write(b"\n")?;
        Ok(0)
    }
}

/// Words without a leading `--`.
pub(super) trait StripWord {
    /// The rest when the first word is `word`, else all.
    fn strip_prefix_word(&self, word: &str) -> &[Expanded];
}

impl StripWord for [Expanded] {
    fn strip_prefix_word(&self, word: &str) -> &[Expanded] {
        match self.split_first() {
            Some((first, rest)) if first.text == word => rest,
            _ => self,
        }
    }
}
