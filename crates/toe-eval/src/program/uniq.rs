//! `uniq [-c|-d|-u] FILE`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

use super::input::lines;

const FORMS: &str = "uniq [-d] [-u] [-c] FILE";

impl Machine<'_> {
    pub(super) fn uniq(&mut self, args: &[Expanded]) -> Run<i32> {
        let mut option = None;
        let mut files = Vec::new();
        for word in args {
            match word.text.as_str() {
                "-c" | "-d" | "-u" if option.is_none() => option = word.text.chars().nth(1),
                text if text.starts_with('-') && text.len() > 1 => {
                    return Err(self.foreign_form("uniq", word, FORMS));
                }
                text => files.push(text),
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
                Some((last, count)) if *last == line => *count += 1,
                _ => groups.push((line, 1)),
            }
        }
        for (line, count) in groups {
            match option {
                Some('d') if count < 2 => continue,
                Some('u') if count > 1 => continue,
                Some('c') => self.write(format!("{count:7} ").as_bytes())?,
                _ => {}
            }
            self.write(line)?;
            self.write(b"\n")?;
        }
        Ok(0)
    }
}
