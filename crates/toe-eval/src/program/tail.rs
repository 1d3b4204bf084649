//! `tail [-n [+]N | -N | -c [+]N] [FILE]`.

use crate::expand::Expanded;
use crate::machine::Machine;
use crate::stop::Run;

impl Machine<'_> {
    pub(super) fn tail(&mut self, args: &[Expanded]) -> Run<i32> {
        let (count, file) = self.head_arguments("tail", args)?;
        let bytes = match self.read_inputs("tail", &file)? {
            Ok(bytes) => bytes,
            Err(status) => return Ok(status),
        };
        // Where each unit starts, the end of the text last.
        let start = if count.bytes {
            if count.from_start {
                count.number.saturating_sub(1).min(bytes.len())
            } else {
                bytes.len().saturating_sub(count.number)
            }
        } else {
            let mut starts: Vec<usize> = if bytes.is_empty() { Vec::new() } else { vec![0] };
            starts.extend(bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(i, _)| i + 1));
            if starts.last() == Some(&bytes.len()) {
                starts.pop();
            }
            let index = if count.from_start {
                count.number.saturating_sub(1)
            } else {
                starts.len().saturating_sub(count.number)
            };
            starts.get(index).copied().unwrap_or(bytes.len())
        };
        self.write(&bytes[start..])?;
        Ok(0)
    }
}
