//! `cat FILE..`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn cat(&mut self, args: &[Expanded]) -> Run<i32> {
        if let Some(option) = args.iter().find(|a| a.text.starts_with('-') && a.text.len() > 1) {
            return Err(self.foreign_form("cat", option, "cat FILE.."));
        }
        let files: Vec<&str> = args.iter().map(|a| a.text.as_str()).collect();
        match self.read_inputs("cat", &files)? {
            Ok(bytes) => {
                self.write(&bytes)?;
                Ok(0)
            }
            Err(status) => Ok(status),
        }
    }
}
