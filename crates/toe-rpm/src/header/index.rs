//! The checks that make a header safe to use.

use super::Kind;
use crate::error::HeaderDefect;
use crate::tags::{self, data_type};

/// One checked entry of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Tag number.
    pub tag: u32,
    /// Type number, see [`crate::tags::data_type`].
    pub data_type: u32,
    /// Number of values.
    pub count: u32,
    /// Offset of the values in the data.
    pub offset: u32,
    /// Bytes of the values.
    pub len: u32,
}

/// How much of the header is covered by digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub entries: u32,
    pub data: u32,
}

const ENTRY: usize = 16;

/// Bytes that follow the two size words in `sizes`.
pub(super) fn body_size(sizes: &[u8], kind: Kind) -> Result<u64, HeaderDefect> {
    let (Some(entries), Some(bytes)) = (word(sizes, 0), word(sizes, 4)) else {
        return Err(HeaderDefect::Short { got: sizes.len() as u64, wanted: 8 });
    };
    let (max_entries, max_bytes) = kind.limits();
    if entries > max_entries || bytes > max_bytes {
        return Err(HeaderDefect::TooLarge { entries, bytes, max_entries, max_bytes });
    }
    if entries == 0 {
        return Err(HeaderDefect::NoRegion);
    }
    Ok(u64::from(entries) * ENTRY as u64 + u64::from(bytes))
}

/// Checks a whole header that begins with its sizes; gives the entries, their order by tag, and the region.
pub(super) fn check(raw: &[u8], kind: Kind) -> Result<(Vec<Entry>, Vec<u32>, Region), HeaderDefect> {
    let body = body_size(raw, kind)?;
    if raw.len() as u64 != body + 8 {
        return Err(HeaderDefect::Short { got: raw.len() as u64, wanted: body + 8 });
    }
    let count = word(raw, 0).unwrap_or(0);
    let (index, data) = raw[8..].split_at(count as usize * ENTRY);
    let region = region(index, data, count, kind)?;

    let mut entries = Vec::with_capacity(count as usize);
    entries.push(Entry {
        tag: word(index, 0).unwrap_or(0),
        data_type: data_type::BIN,
        count: 16,
        offset: word(index, 8).unwrap_or(0),
        len: 16,
    });
    // Values may not overlap: else a small header could claim unbounded work.
    let mut end = 0;
    for at in (ENTRY..index.len()).step_by(ENTRY) {
        if entries.len() == region.entries as usize {
            end = region.data as usize;
        }
        let in_region = entries.len() < region.entries as usize;
        let limit = if in_region { region.data as usize - ENTRY } else { data.len() };
        let entry = entry(index, at, data, limit)?;
        if (entry.offset as usize) < end {
            return Err(HeaderDefect::Entry { tag: entry.tag, reason: "its values overlap others" });
        }
        end = (entry.offset + entry.len) as usize;
        entries.push(entry);
    }
    let by_tag = order(&entries, region)?;
    Ok((entries, by_tag, region))
}

/// Checks entry 0 and the trailer it points at.
fn region(index: &[u8], data: &[u8], count: u32, kind: Kind) -> Result<Region, HeaderDefect> {
    let tag = match kind {
        Kind::Signature => tags::HEADER_SIGNATURES,
        Kind::Main | Kind::Database => tags::HEADER_IMMUTABLE,
    };
    if word(index, 0) != Some(tag) {
        return Err(HeaderDefect::NoRegion);
    }
    if word(index, 4) != Some(data_type::BIN) || word(index, 12) != Some(16) {
        return Err(HeaderDefect::Region);
    }
    let offset = word(index, 8).unwrap_or(u32::MAX) as usize;
    let trailer =
        offset.checked_add(ENTRY).and_then(|end| data.get(offset..end)).ok_or(HeaderDefect::Region)?;
    // Signature headers of rpm before 4.0.2 carry tag 62 in the index and 63 in the trailer.
    let trailer_tag = word(trailer, 0);
    let known =
        trailer_tag == Some(tag) || (kind == Kind::Signature && trailer_tag == Some(tags::HEADER_IMMUTABLE));
    if !known || word(trailer, 4) != Some(data_type::BIN) || word(trailer, 12) != Some(16) {
        return Err(HeaderDefect::Region);
    }
    let size = (word(trailer, 8).unwrap_or(0) as i32).checked_neg().unwrap_or(0);
    let entries = u32::try_from(size).map_err(|_| HeaderDefect::Region)? / ENTRY as u32;
    let data_size = (offset + ENTRY) as u32;
    let whole = entries == count && data_size as usize == data.len();
    if size % ENTRY as i32 != 0 || entries == 0 || entries > count || (kind != Kind::Database && !whole) {
        return Err(HeaderDefect::Region);
    }
    Ok(Region { entries, data: data_size })
}

/// Checks one entry whose values must end at `limit`.
fn entry(index: &[u8], at: usize, data: &[u8], limit: usize) -> Result<Entry, HeaderDefect> {
    let field = |n: usize| word(index, at + n * 4).unwrap_or(0);
    let (tag, data_type, offset, count) = (field(0), field(1), field(2), field(3));
    let wrong = |reason| HeaderDefect::Entry { tag, reason };
    if tag < tags::HEADER_I18NTABLE {
        return Err(wrong("a tag below 100 has no place in a header"));
    }
    if count == 0 || count > 0x0fff_ffff {
        return Err(wrong("it has no values, or too many"));
    }
    let start = offset as usize;
    let values = data
        .get(..limit)
        .and_then(|d| d.get(start..))
        .filter(|v| !v.is_empty())
        .ok_or_else(|| wrong("it lies outside the data"))?;
    let width = match data_type {
        data_type::CHAR | data_type::INT8 | data_type::BIN => 1,
        data_type::INT16 => 2,
        data_type::INT32 => 4,
        data_type::INT64 => 8,
        data_type::STRING | data_type::STRING_ARRAY | data_type::I18NSTRING => 0,
        _ => return Err(wrong("its type is unknown")),
    };
    let len = if width == 0 {
        if data_type == data_type::STRING && count != 1 {
            return Err(wrong("a single text has more than one value"));
        }
        texts_len(values, count).ok_or_else(|| wrong("a text has no end"))?
    } else {
        if !start.is_multiple_of(width) {
            return Err(wrong("its values are not aligned"));
        }
        let len = u64::from(count) * width as u64;
        if len > values.len() as u64 {
            return Err(wrong("its values end outside the data"));
        }
        len as usize
    };
    Ok(Entry { tag, data_type, count, offset, len: len as u32 })
}

/// Bytes of `count` NUL terminated texts.
fn texts_len(values: &[u8], count: u32) -> Option<usize> {
    let mut ends = values.iter().enumerate().filter(|(_, b)| **b == 0);
    Some(ends.nth(count as usize - 1)?.0 + 1)
}

/// Positions by tag. A tag may be twice only when one is after the region, which then counts.
fn order(entries: &[Entry], region: Region) -> Result<Vec<u32>, HeaderDefect> {
    let mut by_tag: Vec<u32> = (0..entries.len() as u32).collect();
    let tag = |i: &u32| entries.get(*i as usize).map_or(0, |e| e.tag);
    by_tag.sort_by_key(tag);
    for pair in by_tag.windows(2) {
        if let [a, b] = pair
            && tag(a) == tag(b)
            && (*b < region.entries || *a >= region.entries)
        {
            return Err(HeaderDefect::Entry { tag: tag(a), reason: "it is there twice" });
        }
    }
    Ok(by_tag)
}

/// The big endian word at `at`.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}
