//! Values by tag.

use super::{Entry, Header};
use crate::error::{Error, HeaderDefect, Result};
use crate::tags::data_type;

/// The texts of an entry, without their terminators; bytes, as nothing says that they are UTF-8.
#[derive(Debug, Clone)]
pub struct Strings<'a> {
    rest: &'a [u8],
    left: usize,
}

impl<'a> Iterator for Strings<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        self.left = self.left.checked_sub(1)?;
        let end = self.rest.iter().position(|b| *b == 0)?;
        let (text, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest.get(1..)?;
        Some(text)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Strings<'_> {}

impl Header {
    /// The entry of `tag`; one after the region wins over one within.
    pub fn entry(&self, tag: u32) -> Option<&Entry> {
        let at = self.by_tag.partition_point(|i| self.tag_at(*i) <= tag).checked_sub(1)?;
        let entry = self.entries.get(*self.by_tag.get(at)? as usize)?;
        (entry.tag == tag).then_some(entry)
    }

    /// Whether there is an entry of `tag`.
    pub fn has(&self, tag: u32) -> bool {
        self.entry(tag).is_some()
    }

    /// The bytes of an entry's values, whatever their type.
    pub fn value_bytes(&self, entry: &Entry) -> &[u8] {
        let start = 8 + self.entries.len() * 16 + entry.offset as usize;
        self.raw.get(start..start + entry.len as usize).unwrap_or_default()
    }

    /// One text: a string, the only one of an array, or the `C` one (the first) of an i18n string.
    pub fn string(&self, tag: u32) -> Result<Option<&[u8]>> {
        let Some(entry) = self.entry(tag) else { return Ok(None) };
        match entry.data_type {
            data_type::STRING | data_type::I18NSTRING => {}
            data_type::STRING_ARRAY if entry.count == 1 => {}
            _ => return Err(self.wrong_type(entry, "a text")),
        }
        Ok(self.texts(entry).next())
    }

    /// One text as UTF-8, wrong bytes replaced: for people, not for names of files.
    pub fn text(&self, tag: u32) -> Result<Option<String>> {
        Ok(self.string(tag)?.map(|s| String::from_utf8_lossy(s).into_owned()))
    }

    /// The texts of an array; a single string is an array of one.
    pub fn strings(&self, tag: u32) -> Result<Option<Strings<'_>>> {
        let Some(entry) = self.entry(tag) else { return Ok(None) };
        match entry.data_type {
            data_type::STRING | data_type::STRING_ARRAY | data_type::I18NSTRING => {
                Ok(Some(self.texts(entry)))
            }
            _ => Err(self.wrong_type(entry, "texts")),
        }
    }

    /// 16 bit numbers.
    pub fn u16s(&self, tag: u32) -> Result<Option<Vec<u16>>> {
        self.numbers(tag, data_type::INT16, "16 bit numbers", u16::from_be_bytes)
    }

    /// 32 bit numbers.
    pub fn u32s(&self, tag: u32) -> Result<Option<Vec<u32>>> {
        self.numbers(tag, data_type::INT32, "32 bit numbers", u32::from_be_bytes)
    }

    /// 64 bit numbers.
    pub fn u64s(&self, tag: u32) -> Result<Option<Vec<u64>>> {
        self.numbers(tag, data_type::INT64, "64 bit numbers", u64::from_be_bytes)
    }

    /// The first of the 32 bit numbers.
    pub fn u32(&self, tag: u32) -> Result<Option<u32>> {
        Ok(self.u32s(tag)?.and_then(|v| v.first().copied()))
    }

    /// The first of the 64 bit numbers.
    pub fn u64(&self, tag: u32) -> Result<Option<u64>> {
        Ok(self.u64s(tag)?.and_then(|v| v.first().copied()))
    }

    /// A binary value.
    pub fn bin(&self, tag: u32) -> Result<Option<&[u8]>> {
        self.octets(tag, data_type::BIN, "bytes")
    }

    /// Characters, such as FILESTATES: one byte each.
    pub fn chars(&self, tag: u32) -> Result<Option<&[u8]>> {
        self.octets(tag, data_type::CHAR, "characters")
    }

    /// `value`, or an error that names the missing tag.
    pub(crate) fn need<T>(&self, tag: u32, value: Option<T>) -> Result<T> {
        value.ok_or_else(|| self.defect(HeaderDefect::Missing { tag }))
    }

    pub(crate) fn defect(&self, defect: HeaderDefect) -> Error {
        Error::Header { name: self.name().to_owned(), defect }
    }

    fn tag_at(&self, position: u32) -> u32 {
        self.entries.get(position as usize).map_or(u32::MAX, |e| e.tag)
    }

    fn texts(&self, entry: &Entry) -> Strings<'_> {
        Strings { rest: self.value_bytes(entry), left: entry.count as usize }
    }

    fn octets(&self, tag: u32, data_type: u32, wanted: &'static str) -> Result<Option<&[u8]>> {
        match self.entry(tag) {
            None => Ok(None),
            Some(entry) if entry.data_type == data_type => Ok(Some(self.value_bytes(entry))),
            Some(entry) => Err(self.wrong_type(entry, wanted)),
        }
    }

    fn numbers<const N: usize, T>(
        &self,
        tag: u32,
        data_type: u32,
        wanted: &'static str,
        read: fn([u8; N]) -> T,
    ) -> Result<Option<Vec<T>>> {
        let bytes = self.octets(tag, data_type, wanted)?;
        Ok(bytes.map(|b| b.as_chunks::<N>().0.iter().map(|c| read(*c)).collect()))
    }

    fn wrong_type(&self, entry: &Entry, wanted: &'static str) -> Error {
        self.defect(HeaderDefect::Type { tag: entry.tag, found: entry.data_type, wanted })
    }
}
