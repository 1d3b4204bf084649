//! The payload as a stream: decompressed, split into files, each matched with the header's list.

mod archive;
mod decompress;

use std::io::{self, Read};

pub use decompress::Compressor;

use crate::error::{Error, Result, shown};
use crate::files::{FileKind, FileTable};
use crate::header::Header;
use archive::{Archive, Record};

/// Most zero bytes that may follow the last record.
const MAX_PADDING: u64 = 64 << 10;

/// A file's turn in the payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayloadEntry {
    /// Position in [`FileTable::files`].
    pub file_index: usize,
    /// Bytes of data that follow, to be read from the [`PayloadReader`].
    pub size: u64,
    /// Whether the data that follows is the content of a regular file, which may be empty. Of a set of
    /// hard links exactly one member has it, usually the last; false for everything but regular files.
    pub has_data: bool,
}

/// Reads a payload from its compressed bytes, in constant memory.
///
/// [`PayloadReader::next_entry`] goes to the next file, [`Read`] gives the content of the current one.
/// Every entry must be a file of the header, once, with the header's type and size; all files but
/// ghosts must come; nothing but zeros may follow. As sizes must agree, no more comes out than the
/// header promises.
pub struct PayloadReader<'a> {
    name: String,
    table: &'a FileTable,
    matched: archive::Matched<'a>,
    archive: Archive<Box<dyn Read + Send + 'a>>,
    /// Bytes of the current file that were not read yet.
    left: u64,
    done: bool,
}

impl<'a> PayloadReader<'a> {
    /// A reader over `compressed`, which begins at the payload's first byte and ends with its last.
    pub fn new(compressed: impl Read + Send + 'a, header: &Header, table: &'a FileTable) -> Result<Self> {
        let name = header.name().to_owned();
        let stream = decompress::open(compressed, header)?;
        Ok(PayloadReader {
            name,
            table,
            matched: archive::Matched::new(table),
            archive: Archive::new(stream),
            left: 0,
            done: false,
        })
    }

    /// Goes to the next file, past what was not read of the current one; `None` when all have come.
    /// Records of ghosts, which very old packages have, are passed over.
    pub fn next_entry(&mut self) -> Result<Option<PayloadEntry>> {
        while !self.done {
            self.skip_data()?;
            let record = self.archive.next_record().map_err(|e| self.failed(e))?;
            let Some(Record { member, size, file_type }) = record else {
                self.finish()?;
                break;
            };
            let index = self.matched.find(&member).map_err(|reason| self.wrong(reason))?;
            let Some(file) = self.table.files.get(index) else { continue };
            let path = || shown(&file.path);
            if file_type.is_some_and(|t| t != file.full_mode() & 0o170000) {
                return Err(
                    self.wrong(format!("`{}` has another type in the payload than in the header", path()))
                );
            }
            let ghost = file.is_ghost();
            let regular = file.kind == FileKind::Regular;
            let (size, has_data) = match (size, file.kind) {
                (size, FileKind::Regular) => self.matched.content(self.table, index, size),
                (size, FileKind::Symlink) => Ok((size.unwrap_or(file.size), false)),
                (size, _) => Ok((size.unwrap_or(0), false)),
            }
            .map_err(|reason| self.wrong(reason))?;
            if (!regular && file.kind != FileKind::Symlink && size != 0)
                || (file.kind == FileKind::Symlink && size > 4096)
            {
                return Err(self.wrong(format!("`{}` has content, which its type cannot have", path())));
            }
            self.left = size;
            self.archive.set_data(size);
            if ghost {
                continue;
            }
            if !regular {
                self.skip_data()?;
                return Ok(Some(PayloadEntry { file_index: index, size: 0, has_data: false }));
            }
            return Ok(Some(PayloadEntry { file_index: index, size, has_data }));
        }
        Ok(None)
    }

    /// Bytes of the current file that were not read yet.
    pub fn remaining(&self) -> u64 {
        self.left
    }

    fn skip_data(&mut self) -> Result<()> {
        let skipped = io::copy(&mut (&mut self.archive.stream).take(self.left), &mut io::sink());
        let skipped = skipped.map_err(|e| self.failed(e))?;
        if skipped != self.left {
            return Err(self.failed(io::ErrorKind::UnexpectedEof.into()));
        }
        self.left = 0;
        Ok(())
    }

    /// After the last record: everything has come, and nothing follows.
    fn finish(&mut self) -> Result<()> {
        self.done = true;
        let mut buffer = [0; 4096];
        let mut padding = 0;
        loop {
            let n = match self.archive.stream.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(self.failed(e)),
            };
            padding += n as u64;
            if padding > MAX_PADDING || buffer.iter().take(n).any(|b| *b != 0) {
                return Err(self.wrong("something follows the end of the archive".into()));
            }
        }
        match self.matched.missing(self.table) {
            None => Ok(()),
            Some(path) => {
                Err(self.wrong(format!("`{}` is in the header but not in the payload", shown(path))))
            }
        }
    }

    fn wrong(&self, reason: String) -> Error {
        Error::Payload { name: self.name.clone(), reason }
    }

    fn failed(&self, source: io::Error) -> Error {
        match source.kind() {
            io::ErrorKind::UnexpectedEof => self.wrong("it ends too early".into()),
            // A number means that the system said no; the rest comes from decompressors.
            _ if source.raw_os_error().is_some() => Error::Read { name: self.name.clone(), source },
            _ => self.wrong(source.to_string()),
        }
    }
}

impl Read for PayloadReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = (&mut self.archive.stream).take(self.left).read(buffer)?;
        if n == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= n as u64;
        Ok(n)
    }
}

#[cfg(test)]
mod tests;
