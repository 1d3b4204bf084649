//! `shift [N]`.

use std::rc::Rc;

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn shift(&mut self, args: &[Expanded]) -> Run<i32> {
        let count = match args {
            [] => 1,
            [count] => count.text.parse::<usize>().map_err(|_| {
                self.bad_call(
                    "shift",
                    format!("`{}` is no count", count.text.escape_debug()),
                    "write shift N",
                )
            })?,
            _ => return Err(self.bad_call("shift", "too many words", "write shift N")),
        };
        let have = self.scope.positional.len();
        if count > have {
            return Ok(1);
        }
        self.charge(have as u64 / 16)?;
        Rc::make_mut(&mut self.scope.positional).drain(..count);
        Ok(0)
    }
}
