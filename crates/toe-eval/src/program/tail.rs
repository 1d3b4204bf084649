//! `tail [-n [+]N | -N | -c [+]N] FILE..`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

use super::head::Units;

impl Machine<'_> {
    pub(super) fn tail(&mut self, args: &[Expanded]) -> Run<i32> {
        self.part_of_files("tail", args, |bytes, count| {
            let units = Units::of(bytes, count.bytes);
            let first = if count.other_end {
                count.number.saturating_sub(1)
            } else {
                units.count().saturating_sub(count.number)
            };
            units.start(first)..bytes.len()
        })
    }
}
