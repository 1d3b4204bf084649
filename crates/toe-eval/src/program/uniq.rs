//! `uniq [-c] [-d] [-u] [-i] FILE`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

use super::input::lines;

const FORMS: &str = "uniq [-c] [-d] [-u] [-i] FILE";

impl Machine<'_> {
    pub(super) fn uniq(&mut self, args: &[Expanded]) -> Run<i32> {
        let (mut count, mut repeated, mut single, mut fold) = (false, false, false, false);
        let mut files = Vec::new();
        for word in args {
            let letters = match word.text.strip_prefix('-') {
                Some(letters) if !letters.is_empty() => letters,
                _ => {
                    files.push(word.text.as_str());
                    continue;
                }
            };
            for letter in letters.chars() {
                match letter {
                    'c' => count = true,
                    'd' => repeated = true,
                    'u' => single = true,
                    'i' => fold = true,
                    _ => return Err(self.foreign_form("uniq", word, FORMS)),
                }
            }
        }
        if files.len() > 1 {
            return Err(self.bad_call("uniq", "a second file would be written", FORMS));
        }
        let bytes = match self.read_inputs("uniq", &files)? {
            Ok(bytes) => bytes,
            Err(status) => return Ok(status),
        };
        let mut groups: Vec<(&[u8], usize)> = Vec::new();
        for line in lines(&bytes) {
            match groups.last_mut() {
                Some((last, n)) if *last == line || fold && last.eq_ignore_ascii_case(line) => *n += 1,
                _ => groups.push((line, 1)),
            }
        }
        for (line, n) in groups {
            if repeated && n < 2 || single && n > 1 {
                continue;
            }
            if count {
                self.write(format!("{n:7} ").as_bytes())?;
            }
            self.write(line)?;
            self.write(b"\n")?;
        }
        Ok(0)
    }
}
