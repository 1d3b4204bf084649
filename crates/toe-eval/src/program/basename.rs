//! `basename NAME [SUFFIX]`, `basename [-a] [-s SUFFIX] NAME..`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

const FORMS: &str = "basename NAME [SUFFIX], basename -a NAME.., basename -s SUFFIX NAME..";

impl Machine<'_> {
    pub(super) fn basename(&mut self, args: &[Expanded]) -> Run<i32> {
        let (mut several, mut suffix, mut rest) = (false, "", args);
        while let Some((word, next)) = rest.split_first() {
            match (word.text.as_str(), next.split_first()) {
                ("--", _) => {
                    rest = next;
                    break;
                }
                ("-a", _) => (several, rest) = (true, next),
                ("-s", Some((text, next))) => (several, suffix, rest) = (true, text.text.as_str(), next),
                (text, _) if text.starts_with('-') && text.len() > 1 => {
                    return Err(self.foreign_form("basename", word, FORMS));
                }
                _ => break,
            }
        }
        match rest {
            [name] if !several => self.base_of(&name.text, suffix)?,
            [name, suffix] if !several => self.base_of(&name.text, &suffix.text)?,
            [_, ..] if several => {
                for name in rest {
                    self.base_of(&name.text, suffix)?;
                }
            }
            _ => return Err(self.bad_call("basename", "one or two words are needed", FORMS)),
        }
        Ok(0)
    }

    fn base_of(&mut self, name: &str, suffix: &str) -> Run {
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
        self.write(b"\n")
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
