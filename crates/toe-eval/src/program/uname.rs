//! `uname -m`, `uname -s`, `arch`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn uname(&mut self, args: &[Expanded]) -> Run<i32> {
        let text = match args {
            [] => "Linux".to_owned(),
            [one] if one.text == "-s" => "Linux".to_owned(),
            [one] if one.text == "-m" => self.host.machine().to_owned(),
            [other, ..] => return Err(self.foreign_form("uname", other, "uname -m, uname -s")),
        };
        self.write(format!("{text}\n").as_bytes())?;
        Ok(0)
    }

    pub(super) fn arch(&mut self, args: &[Expanded]) -> Run<i32> {
        if let Some(word) = args.first() {
            return Err(self.foreign_form("arch", word, "arch"));
        }
        let text = format!("{}\n", self.host.machine());
        self.write(text.as_bytes())?;
        Ok(0)
    }
}
