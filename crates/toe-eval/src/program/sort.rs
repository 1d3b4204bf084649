//! `sort [-u] [-r] [-n] FILE..` in byte order.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

use super::input::lines;

impl Machine<'_> {
    pub(super) fn sort(&mut self, args: &[Expanded]) -> Run<i32> {
        let (mut unique, mut reverse) = (false, false);
        let mut files = Vec::new();
        for word in args {
            match word.text.strip_prefix('-') {
                Some("") | None => files.push(word.text.as_str()),
                Some(options) if options.bytes().all(|b| b"ur".contains(&b)) => {
                    unique |= options.contains('u');
                    reverse |= options.contains('r');
                }
                Some(_) => return Err(self.foreign_form("sort", word, "sort [-u] [-r] FILE..")),
            }
        }
        let mut all = Vec::new();
        // A file without a final newline still ends its last line.
        let sources = if files.is_empty() { vec!["-"] } else { files };
        for file in sources {
            match self.read_inputs("sort", &[file])? {
                Ok(mut bytes) => {
                    if bytes.last().is_some_and(|b| *b != b'\n') {
                        bytes.push(b'\n');
                    }
                    all.extend(bytes);
                }
                Err(_) => return Ok(2),
            }
            self.check_values(all.len())?;
        }
        let mut sorted: Vec<&[u8]> = lines(&all).collect();
        self.charge(sorted.len() as u64)?;
        sorted.sort_unstable();
        if unique {
            sorted.dedup();
        }
        if reverse {
            sorted.reverse();
        }
        for line in sorted {
            self.write(line)?;
            self.write(b"\n")?;
        }
        Ok(0)
    }
}
