//! `tr`: it only reads its standard input, which is empty or not there at all.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn tr(&mut self, args: &[Expanded]) -> Run<i32> {
        if self.stdin_null
            && args.len() == 2
            && args.iter().all(|a| !a.text.is_empty() && !a.text.starts_with('-'))
        {
            return Ok(0);
        }
        Err(self.not_in_subset(
            "`tr` reading its standard input",
            "use ${NAME//PATTERN/TEXT}, ${NAME^^} or ${NAME,,} on a variable",
        ))
    }
}
