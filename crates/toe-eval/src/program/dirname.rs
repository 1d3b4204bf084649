//! `dirname NAME..` (POSIX).

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

use super::basename::StripWord;

impl Machine<'_> {
    pub(super) fn dirname(&mut self, args: &[Expanded]) -> Run<i32> {
        let args = args.strip_prefix_word("--");
        if args.is_empty() {
            return Err(self.bad_call("dirname", "a word is needed", "write dirname NAME"));
        }
        for word in args {
            if word.text.starts_with('-') && word.text.len() > 1 {
                return Err(self.foreign_form("dirname", word, "dirname NAME.."));
            }
            let name = word.text.trim_end_matches('/');
            let parent = match name.rfind('/') {
                Some(slash) => match name[..slash].trim_end_matches('/') {
                    "" => "/",
                    parent => parent,
                },
                None if name.is_empty() && !word.text.is_empty() => "/",
                None => ".",
            };
            self.write(parent.as_bytes())?;
            self.write(b"\n")?;
        }
        Ok(0)
    }
}
