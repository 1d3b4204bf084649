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
        let bytes = match self.read_inputs("rev", &files)? {
            Ok(bytes) => bytes,
            Err(status) => return Ok(status),
        };
        let text = self.text_of(bytes, "rev")?;
        let ends = text.ends_with('\n');
        let reversed: Vec<String> = lines(text.as_bytes())
            .map(|line| String::from_utf8_lossy(line).chars().rev().collect())
            .collect();
        let mut out = reversed.join("\n");
        if ends {
            out.push('\n');
        }
        self.write(out.as_bytes())?;
        Ok(0)
    }
}
