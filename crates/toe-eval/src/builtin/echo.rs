//! `echo` (bash manual, 4.2, without xpg_echo).

use crate::expand::Expanded;
use crate::expand::ansi_c::{Dialect, decode};
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn echo(&mut self, args: &[Expanded]) -> Run<i32> {
        let (mut newline, mut escapes) = (true, false);
        let mut words = args;
        while let Some((first, rest)) = words.split_first() {
            let options = match first.text.strip_prefix('-') {
                Some(options) if !options.is_empty() && options.bytes().all(|b| b"neE".contains(&b)) => {
                    options
                }
                _ => break,
            };
            for option in options.bytes() {
                match option {
                    b'n' => newline = false,
                    b'e' => escapes = true,
                    _ => escapes = false,
                }
            }
            words = rest;
        }
        for (i, word) in words.iter().enumerate() {
            if i > 0 {
                self.write(b" ")?;
            }
            if escapes {
                let decoded = decode(&word.text, Dialect::Echo);
                self.write(&decoded.bytes)?;
                if decoded.stop {
                    return Ok(0);
                }
            } else {
                self.write(word.text.as_bytes())?;
            }
        }
        if newline {
            self.write(b"\n")?;
        }
        Ok(0)
    }
}
