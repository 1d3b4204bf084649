//! A part of a file as a stream, independent of the file's own position.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

/// Reads from one offset to another.
#[derive(Debug, Clone)]
pub(super) struct Section {
    file: Arc<File>,
    at: u64,
    end: u64,
}

impl Section {
    pub fn new(file: Arc<File>, at: u64, end: u64) -> Self {
        Section { file, at, end }
    }
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let len = left.min(buffer.len());
        let n = self.file.read_at(buffer.get_mut(..len).unwrap_or_default(), self.at)?;
        self.at += n as u64;
        Ok(n)
    }
}
