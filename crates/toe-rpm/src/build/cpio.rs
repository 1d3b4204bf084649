//! The payload's archive: cpio "newc", or rpm's stripped form for files of 4 GiB and more.

use std::io::{self, Write};

/// What a newc record says beside its name; rpm reads only the size of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    pub(super) inode: u32,
    pub(super) mode: u16,
    pub(super) links: u32,
    pub(super) mtime: u32,
    /// Bytes of data that follow in the archive.
    pub(super) data: u64,
    pub(super) rdev: (u32, u32),
}

/// Writes records one after another.
pub(super) struct Archive<W> {
    out: W,
    stripped: bool,
    position: u64,
}

impl<W: Write> Archive<W> {
    /// `stripped`: records hold the file's index in the header in place of name and metadata.
    pub(super) fn new(out: W, stripped: bool) -> Self {
        Archive { out, stripped, position: 0 }
    }

    /// Begins a record; `data` bytes must follow with [`Archive::data`], then [`Archive::pad`].
    pub(super) fn record(&mut self, index: usize, path: &[u8], record: &Record) -> io::Result<()> {
        if self.stripped {
            // Magic 07070X, eight digits of index, padded to 16.
            return self.put(format!("07070X{index:08x}\0\0").as_bytes());
        }
        let size = u32::try_from(record.data).map_err(io::Error::other)?;
        self.newc(&[b".", path].concat(), record, size)
    }

    /// Data of the record begun last.
    pub(super) fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.put(bytes)
    }

    /// Pads to the next record.
    pub(super) fn pad(&mut self) -> io::Result<()> {
        let over = (self.position % 4) as usize;
        if over == 0 { Ok(()) } else { self.put(&[0; 3][..4 - over]) }
    }

    /// Ends the archive and gives the writer back.
    pub(super) fn finish(mut self) -> io::Result<W> {
        let record = Record { inode: 0, mode: 0, links: 1, mtime: 0, data: 0, rdev: (0, 0) };
        self.newc(b"TRAILER!!!", &record, 0)?;
        self.pad()?;
        Ok(self.out)
    }

    fn newc(&mut self, name: &[u8], record: &Record, size: u32) -> io::Result<()> {
        let mut header = Vec::with_capacity(110 + name.len() + 4);
        header.extend(b"070701");
        let fields = [
            record.inode,
            u32::from(record.mode),
            0, // owner: by name in the header
            0,
            record.links,
            record.mtime,
            size,
            0,
            0,
            record.rdev.0,
            record.rdev.1,
            name.len() as u32 + 1,
            0,
        ];
        for field in fields {
            header.extend(format!("{field:08x}").as_bytes());
        }
        header.extend(name);
        header.push(0);
        self.put(&header)?;
        self.pad()
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.position += bytes.len() as u64;
        Ok(())
    }
}
