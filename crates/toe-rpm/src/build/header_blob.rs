//! Header structures: typed values to rpm's index and data store.

use std::collections::BTreeMap;

use super::BuildError;

/// Magic of a header structure with its four reserved bytes.
const MAGIC: [u8; 8] = [0x8e, 0xad, 0xe8, 0x01, 0, 0, 0, 0];
/// The data store may have 256 MiB less one byte (rpm's HEADER_DATA_MAX).
const DATA_MAX: usize = 0x0fff_ffff;
const TYPE_BINARY: u32 = 7;

/// A value of a header, of one of rpm's types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Type 3, 16 bits each.
    Int16(Vec<u16>),
    /// Type 4, 32 bits each.
    Int32(Vec<u32>),
    /// Type 5, 64 bits each.
    Int64(Vec<u64>),
    /// Type 6.
    Text(Vec<u8>),
    /// Type 7.
    Binary(Vec<u8>),
    /// Type 8.
    TextArray(Vec<Vec<u8>>),
    /// Type 9, one text for the locale `C`.
    I18n(Vec<u8>),
}

impl Value {
    fn type_number(&self) -> u32 {
        match self {
            Value::Int16(_) => 3,
            Value::Int32(_) => 4,
            Value::Int64(_) => 5,
            Value::Text(_) => 6,
            Value::Binary(_) => TYPE_BINARY,
            Value::TextArray(_) => 8,
            Value::I18n(_) => 9,
        }
    }

    fn alignment(&self) -> usize {
        match self {
            Value::Int16(_) => 2,
            Value::Int32(_) => 4,
            Value::Int64(_) => 8,
            _ => 1,
        }
    }

    fn count(&self) -> usize {
        match self {
            Value::Int16(v) => v.len(),
            Value::Int32(v) => v.len(),
            Value::Int64(v) => v.len(),
            Value::Binary(v) => v.len(),
            Value::TextArray(v) => v.len(),
            Value::Text(_) | Value::I18n(_) => 1,
        }
    }

    fn has_nul(&self) -> bool {
        match self {
            Value::Text(v) | Value::I18n(v) => v.contains(&0),
            Value::TextArray(v) => v.iter().any(|t| t.contains(&0)),
            _ => false,
        }
    }

    fn append_to(&self, data: &mut Vec<u8>) {
        match self {
            Value::Int16(v) => v.iter().for_each(|n| data.extend(n.to_be_bytes())),
            Value::Int32(v) => v.iter().for_each(|n| data.extend(n.to_be_bytes())),
            Value::Int64(v) => v.iter().for_each(|n| data.extend(n.to_be_bytes())),
            Value::Binary(v) => data.extend(v),
            Value::Text(v) | Value::I18n(v) => {
                data.extend(v);
                data.push(0);
            }
            Value::TextArray(v) => {
                for text in v {
                    data.extend(text);
                    data.push(0);
                }
            }
        }
    }
}

/// A header under construction; entries leave it sorted by tag.
#[derive(Debug, Default)]
pub(super) struct HeaderBlob(BTreeMap<u32, Value>);

impl HeaderBlob {
    /// Puts an entry; arrays without elements are left out, as a header cannot hold them.
    pub(super) fn put(&mut self, tag: u32, value: Value) {
        if value.count() > 0 {
            self.0.insert(tag, value);
        }
    }

    /// Puts one text.
    pub(super) fn put_text(&mut self, tag: u32, text: &str) {
        self.put(tag, Value::Text(text.as_bytes().to_vec()));
    }

    /// The structure with its magic, all of it inside the region `region`.
    pub(super) fn encode(&self, region: u32) -> Result<Vec<u8>, BuildError> {
        let mut index = Vec::with_capacity(16 * (self.0.len() + 1));
        let mut data = Vec::new();
        for (tag, value) in &self.0 {
            if value.has_nul() {
                return Err(BuildError::Text { what: format!("header entry {tag}") });
            }
            data.resize(data.len().next_multiple_of(value.alignment()), 0);
            push_index(&mut index, *tag, value.type_number(), data.len(), value.count());
            value.append_to(&mut data);
            if data.len() > DATA_MAX - 16 {
                return Err(BuildError::HeaderTooLarge { limit: "256 MiB of header data" });
            }
        }
        let entries = self.0.len() + 1;
        let mut blob = Vec::with_capacity(MAGIC.len() + 8 + index.len() + 16 + data.len() + 16);
        blob.extend(MAGIC);
        blob.extend((entries as u32).to_be_bytes());
        blob.extend((data.len() as u32 + 16).to_be_bytes());
        push_index(&mut blob, region, TYPE_BINARY, data.len(), 16);
        blob.extend(index);
        // The region's trailer points back over the whole index, itself included.
        let back = (entries as i32 * -16) as u32;
        push_index(&mut data, region, TYPE_BINARY, back as usize, 16);
        blob.extend(data);
        Ok(blob)
    }
}

fn push_index(into: &mut Vec<u8>, tag: u32, type_number: u32, offset: usize, count: usize) {
    for number in [tag, type_number, offset as u32, count as u32] {
        into.extend(number.to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_sorted_and_aligned() {
        let mut header = HeaderBlob::default();
        header.put(1009, Value::Int32(vec![7]));
        header.put_text(1000, "ab");
        header.put(1001, Value::TextArray(vec![]));
        let blob = header.encode(63).unwrap();
        let number = |at: usize| u32::from_be_bytes(blob[at..at + 4].try_into().unwrap());
        assert_eq!(&blob[..8], &MAGIC);
        assert_eq!((number(8), number(12)), (3, 3 + 1 + 4 + 16), "index length, data length");
        assert_eq!((number(16), number(24)), (63, 8), "region entry, its trailer after the data");
        assert_eq!((number(32), number(40)), (1000, 0));
        assert_eq!((number(48), number(56)), (1009, 4), "aligned to 4");
        assert_eq!(&blob[64..72], b"ab\0\0\0\0\0\x07");
        assert_eq!(number(72 + 8) as i32, -48);
    }

    #[test]
    fn nul_is_refused() {
        let mut header = HeaderBlob::default();
        header.put_text(1000, "a\0b");
        assert!(matches!(header.encode(63), Err(BuildError::Text { .. })));
    }
}
