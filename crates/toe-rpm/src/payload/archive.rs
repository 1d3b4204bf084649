//! cpio archives: `newc` (070701), `crc` (070702) and rpm's stripped form (07070X).

use std::collections::HashMap;
use std::io::{self, Read};

use crate::error::shown;
use crate::files::{FileEntry, FileTable, MAX_PATH};

/// How a record names its file.
pub(super) enum Member {
    /// A path, as it stands in the archive.
    Path(Vec<u8>),
    /// A number in the header's list.
    Number(u32),
}

/// The head of a record.
pub(super) struct Record {
    pub member: Member,
    /// Bytes of data; `None` in the stripped form, where the header tells.
    pub size: Option<u64>,
    /// Type bits of the mode; `None` in the stripped form.
    pub file_type: Option<u32>,
}

/// The records of an archive.
pub(super) struct Archive<R> {
    pub stream: R,
    /// Zero bytes that pad the data of the last record.
    padding: usize,
}

impl<R: Read> Archive<R> {
    pub fn new(stream: R) -> Self {
        Archive { stream, padding: 0 }
    }

    /// Says how many bytes of data the current record has; they are read from `stream` by the caller.
    pub fn set_data(&mut self, size: u64) {
        self.padding = ((4 - size % 4) % 4) as usize;
    }

    /// Reads the head of the next record; `None` at the trailer.
    pub fn next_record(&mut self) -> io::Result<Option<Record>> {
        self.skip(self.padding)?;
        self.padding = 0;
        let mut magic = [0; 6];
        self.stream.read_exact(&mut magic)?;
        match &magic {
            b"07070X" => {
                let number = self.hex()?;
                self.skip(2)?;
                Ok(Some(Record { member: Member::Number(number), size: None, file_type: None }))
            }
            b"070701" | b"070702" => self.newc(),
            _ => Err(damaged("a record does not begin with the magic bytes of cpio")),
        }
    }

    fn newc(&mut self) -> io::Result<Option<Record>> {
        let mut fields = [0; 13];
        for field in &mut fields {
            *field = self.hex()?;
        }
        let [_, mode, _, _, _, _, size, _, _, _, _, name_size, _] = fields;
        let name_size = name_size as usize;
        if name_size == 0 || name_size > MAX_PATH + 3 {
            return Err(damaged("the name of a record is empty or too long"));
        }
        let mut name = vec![0; name_size];
        self.stream.read_exact(&mut name)?;
        self.skip((4 - (110 + name_size) % 4) % 4)?;
        if name.pop() != Some(0) || name.contains(&0) {
            return Err(damaged("the name of a record does not end with its NUL"));
        }
        if name == b"TRAILER!!!" {
            return if size == 0 { Ok(None) } else { Err(damaged("the trailer has data")) };
        }
        let member = Member::Path(name);
        Ok(Some(Record { member, size: Some(size.into()), file_type: Some(mode & 0o170000) }))
    }

    fn hex(&mut self) -> io::Result<u32> {
        let mut digits = [0; 8];
        self.stream.read_exact(&mut digits)?;
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(damaged("a number is not hexadecimal"));
        }
        let text = std::str::from_utf8(&digits).unwrap_or_default();
        u32::from_str_radix(text, 16).map_err(|_| damaged("a number is not hexadecimal"))
    }

    fn skip(&mut self, count: usize) -> io::Result<()> {
        let mut buffer = [0; 4];
        self.stream.read_exact(buffer.get_mut(..count).unwrap_or_default())
    }
}

fn damaged(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// Which files of the header have come.
pub(super) struct Matched<'a> {
    by_path: HashMap<&'a [u8], usize>,
    come: Vec<bool>,
    sets: Vec<SetState>,
}

/// Which members of a set of hard links have come.
#[derive(Clone, Default)]
struct SetState {
    come: usize,
    data: bool,
}

impl<'a> Matched<'a> {
    pub fn new(table: &'a FileTable) -> Self {
        Matched {
            by_path: table.by_path(),
            come: vec![false; table.files.len()],
            sets: vec![SetState::default(); table.hardlink_sets.len()],
        }
    }

    /// The number of the file that a record names; with an error when there is none or it came before.
    pub fn find(&mut self, member: &Member) -> Result<usize, String> {
        let (index, called) = match member {
            Member::Number(number) => (Some(*number as usize), format!("file {number}")),
            Member::Path(path) => {
                let inner = path.strip_prefix(b".").filter(|p| p.is_empty() || p.starts_with(b"/"));
                let inner = inner.unwrap_or(path);
                let inner = inner.strip_prefix(b"/").unwrap_or(inner);
                (self.by_path.get(&*[b"/", inner].concat()).copied(), format!("`{}`", shown(path)))
            }
        };
        let come = index.and_then(|i| self.come.get_mut(i).map(|c| (i, c)));
        let Some((index, come)) = come else {
            return Err(format!("{called} is in the payload but not in the header"));
        };
        if std::mem::replace(come, true) {
            return Err(format!("{called} is in the payload twice"));
        }
        Ok(index)
    }

    /// Size of the data that follows for a regular file, and whether it is the file's content.
    pub fn content(
        &mut self,
        table: &FileTable,
        index: usize,
        size: Option<u64>,
    ) -> Result<(u64, bool), String> {
        let Some(file) = table.files.get(index) else { return Ok((0, false)) };
        let differs = |found| {
            let path = shown(&file.path);
            Err(format!("`{path}` has {found} bytes in the payload and {} in the header", file.size))
        };
        let Some(number) = file.hardlink_set else {
            return match size.unwrap_or(file.size) {
                size if size == file.size => Ok((size, true)),
                size => differs(size),
            };
        };
        let members = table.hardlink_sets.get(number).map_or(&[][..], Vec::as_slice);
        let Some(set) = self.sets.get_mut(number) else { return Ok((0, false)) };
        set.come += 1;
        // The stripped form has no sizes: there the last member of the header's list has the data.
        let stripped = if members.last() == Some(&index) { file.size } else { 0 };
        let size = size.unwrap_or(stripped);
        if file.size == 0 && size == 0 {
            return Ok((0, set.come == members.len()));
        }
        if size == 0 {
            return Ok((0, false));
        }
        if size != file.size {
            return differs(size);
        }
        if std::mem::replace(&mut set.data, true) {
            return Err(format!(
                "`{}` is linked to a file that has come already, and has data",
                shown(&file.path)
            ));
        }
        Ok((size, true))
    }

    /// A file that should have come and did not, or whose set of hard links came without data.
    pub fn missing<'t>(&self, table: &'t FileTable) -> Option<&'t [u8]> {
        let absent = |(i, file): (usize, &FileEntry)| {
            let come = self.come.get(i).copied().unwrap_or(false);
            let empty = file.size > 0
                && file.hardlink_set.and_then(|s| self.sets.get(s)).is_some_and(|set| !set.data);
            !file.is_ghost() && (!come || empty)
        };
        let found = table.files.iter().enumerate().find(|(i, f)| absent((*i, f)));
        found.map(|(_, file)| &*file.path)
    }
}
