//! `rev FILE..`: the characters of each line backwards.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

use super::input::lines;

impl Machine<'_> {
    pub(super) fn rev(&mut self, args: &[Expanded]) -> Run<i32> {
        if let Some(option) = args.iter().find(|a| a.text.starts_with('-') && a.text.len() > 1) {
            return Err(self.foreign_form("rev", option, "rev FILE.."));
        }
        let files: Vec<&str> = args.iter().map(|a| a.text.as_str()).collect();
        for file in if files.is_empty() { vec!["-"] } else { files.clone() } {
            let bytes = match self.read_inputs("rev", &[file])? {
                Ok(bytes) => bytes,
                Err(_) if files.len() > 1 => {
                    return Err(self.bad_call(
                        "rev",
                        "one of its files does not exist",
                        "name existing files",
                    ));
                }
                Err(status) => return Ok(status),
            };
            let text = self.text_of(bytes, "rev")?;
            let reversed: Vec<String> = lines(text.as_bytes())
                .map(|line| String::from_utf8_lossy(line).chars().rev().collect())
                .collect();
            let mut out = reversed.join("\n");
            if text.ends_with('\n') {
                out.push('\n');
            }
            self.write(out.as_bytes())?;
        }
        Ok(0)
    }
}
