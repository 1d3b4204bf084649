//! A file of colon-separated entries. Lines that are not changed keep their bytes, understood or not.

use toe_root::{Attributes, Metadata, Root};

use super::AccountError;

const LIMIT: u64 = 64 << 20;

/// passwd(5), group(5), shadow(5) or gshadow(5).
#[derive(Debug)]
pub(super) struct Table {
    path: &'static str,
    lines: Vec<Vec<u8>>,
    /// `None` when there is no such file.
    there: Option<Metadata>,
    /// Fields of an entry, and those that must be numbers.
    fields: usize,
    numbers: &'static [usize],
}

impl Table {
    pub(super) fn passwd(root: &Root) -> Result<Self, AccountError> {
        Self::load(root, super::PASSWD, 7, &[2, 3])
    }

    pub(super) fn group(root: &Root) -> Result<Self, AccountError> {
        Self::load(root, super::GROUP, 4, &[2])
    }

    pub(super) fn shadow(root: &Root) -> Result<Self, AccountError> {
        Self::load(root, super::SHADOW, 9, &[])
    }

    pub(super) fn gshadow(root: &Root) -> Result<Self, AccountError> {
        Self::load(root, super::GSHADOW, 4, &[])
    }

    fn load(
        root: &Root,
        path: &'static str,
        fields: usize,
        numbers: &'static [usize],
    ) -> Result<Self, AccountError> {
        let there = root.find(path)?;
        let mut lines = Vec::new();
        if let Some(metadata) = &there {
            if !metadata.is_file() {
                return Err(AccountError::NotAFile { path, kind: metadata.kind.as_str() });
            }
            let content = root.read_file(path, LIMIT)?;
            lines = content.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
            // The newline ends the last line, it does not begin another.
            if lines.last().is_some_and(Vec::is_empty) {
                lines.pop();
            }
        }
        Ok(Table { path, lines, there, fields, numbers })
    }

    pub(super) fn exists(&self) -> bool {
        self.there.is_some()
    }

    /// The entries that shadow-utils would understand: index of the line and fields.
    fn entries(&self) -> impl Iterator<Item = (usize, Vec<&[u8]>)> {
        self.lines.iter().enumerate().filter_map(|(i, line)| {
            let fields: Vec<&[u8]> = line.split(|b| *b == b':').collect();
            let numbers = self.numbers.iter().all(|n| fields.get(*n).copied().and_then(number).is_some());
            (fields.len() == self.fields && numbers).then_some((i, fields))
        })
    }

    pub(super) fn has_name(&self, name: &str) -> bool {
        self.entries().any(|(_, fields)| fields.first() == Some(&name.as_bytes()))
    }

    /// The name of the first entry whose third field (UID or GID) is this number.
    pub(super) fn name_of(&self, id: u32) -> Option<String> {
        self.entries()
            .find(|(_, fields)| fields.get(2).copied().and_then(number) == Some(id))
            .and_then(|(_, fields)| fields.first().map(|name| String::from_utf8_lossy(name).into_owned()))
    }

    /// The fields of the only entry of that name.
    pub(super) fn entry(&self, name: &str) -> Result<Option<Vec<Vec<u8>>>, AccountError> {
        let mut found = self.entries().filter(|(_, fields)| fields.first() == Some(&name.as_bytes()));
        let first = found.next().map(|(_, fields)| fields.into_iter().map(<[u8]>::to_vec).collect());
        if found.next().is_some() {
            return Err(AccountError::Ambiguous { path: self.path, name: name.to_owned() });
        }
        Ok(first)
    }

    /// Replaces the entry of that name, or adds one: before the first line of NIS, else at the end.
    pub(super) fn put(&mut self, name: &str, line: Vec<u8>) -> Result<(), AccountError> {
        let places: Vec<usize> = self
            .entries()
            .filter(|(_, fields)| fields.first() == Some(&name.as_bytes()))
            .map(|(i, _)| i)
            .collect();
        match places.as_slice() {
            [] => {
                let nis = self.lines.iter().position(|line| matches!(line.first(), Some(b'+' | b'-')));
                let at = nis.unwrap_or(self.lines.len());
                self.lines.insert(at, line);
            }
            [at] => {
                if let Some(old) = self.lines.get_mut(*at) {
                    *old = line;
                }
            }
            _ => return Err(AccountError::Ambiguous { path: self.path, name: name.to_owned() }),
        }
        Ok(())
    }

    /// Writes the file in one step. An existing one keeps its owner and, as with shadow-utils, at most
    /// the bits 0664 of its mode; a new one is root's with `new_mode`.
    pub(super) fn store(&self, root: &Root, new_mode: u32, time: i64) -> Result<(), AccountError> {
        let mut content = Vec::new();
        for line in &self.lines {
            content.extend_from_slice(line);
            content.push(b'\n');
        }
        let attributes = if let Some(there) = &self.there {
            Attributes::new(there.uid, there.gid, there.mode & 0o664)
        } else {
            root.mkdir_all("/etc")?;
            Attributes::new(0, 0, new_mode)
        };
        Ok(root.write_file_atomically(self.path, &content, &attributes.at(time))?)
    }
}

fn number(field: &[u8]) -> Option<u32> {
    std::str::from_utf8(field)
        .ok()
        .filter(|s| s.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|s| s.parse().ok())
}
