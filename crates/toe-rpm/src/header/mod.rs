//! Headers of packages and of the database: an index of typed entries over a store of bytes.
//!
//! Everything is checked once, when the header is read: sizes before anything is allocated, then
//! each entry's type, alignment, place and length, and the region. Accessors cannot fail but by
//! finding another type than they were asked for.

mod access;
mod index;

use std::io::Read;
use std::sync::Arc;

pub use access::Strings;
pub use index::Entry;

use crate::error::{Error, HeaderDefect, Result};

/// First bytes of a header in a package file: magic, version, reserved.
pub const MAGIC: [u8; 8] = [0x8e, 0xad, 0xe8, 0x01, 0, 0, 0, 0];

/// Which limits and which region a header has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Signature header of a package file: at most 32 entries and 64 MiB.
    Signature,
    /// Main header of a package file: at most 65535 entries and 256 MiB, all within the region.
    Main,
    /// Record of a database: as the main header, with entries after the region.
    Database,
}

impl Kind {
    fn limits(self) -> (u32, u32) {
        match self {
            Kind::Signature => (32, 64 << 20),
            Kind::Main | Kind::Database => (0xffff, 0x0fff_ffff),
        }
    }

    fn part(self) -> &'static str {
        match self {
            Kind::Signature => "signature header",
            Kind::Main | Kind::Database => "header",
        }
    }
}

/// A checked header.
#[derive(Debug, Clone)]
pub struct Header {
    name: Arc<str>,
    /// Entry count, data size, index, data; without magic.
    raw: Vec<u8>,
    entries: Vec<Entry>,
    /// Positions in `entries`, by tag.
    by_tag: Vec<u32>,
    region: index::Region,
}

impl Header {
    /// Checks `raw`, which begins with the entry count (no magic), as the database stores it.
    /// `name` is what errors call it.
    pub fn parse(raw: Vec<u8>, kind: Kind, name: &str) -> Result<Self> {
        let defect = |defect| Error::Header { name: name.to_owned(), defect };
        let (entries, by_tag, region) = index::check(&raw, kind).map_err(defect)?;
        Ok(Header { name: name.into(), raw, entries, by_tag, region })
    }

    /// Reads a header with its magic from a package file. Reads not one byte more; memory grows with
    /// the bytes that come, not with the sizes that are claimed.
    pub fn read(from: &mut impl Read, kind: Kind, name: &str) -> Result<Self> {
        let defect = |defect| Error::Header { name: name.to_owned(), defect };
        let mut front = [0; 16];
        read_exact(from, &mut front, kind.part(), name)?;
        let (magic, sizes) = front.split_at(8);
        if magic.get(..4) != MAGIC.get(..4) {
            return Err(defect(HeaderDefect::Magic));
        }
        let body = index::body_size(sizes, kind).map_err(defect)?;
        let mut raw = sizes.to_vec();
        let got = from
            .take(body)
            .read_to_end(&mut raw)
            .map_err(|source| Error::Read { name: name.to_owned(), source })?;
        if (got as u64) < body {
            return Err(Error::Truncated { name: name.to_owned(), part: kind.part() });
        }
        Header::parse(raw, kind, name)
    }

    /// What errors call this header.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The header without its magic, as it was read: entry count, data size, index, data.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// All entries in their order, region entry first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries and data bytes of the region, which digests and signatures cover.
    pub fn region_size(&self) -> (u32, u32) {
        (self.region.entries, self.region.data)
    }

    /// Gives the bytes that header digests and signatures cover, magic included, in pieces.
    pub fn signed_bytes(&self) -> Vec<u8> {
        let (index, data) = (self.region.entries as usize * 16, self.region.data as usize);
        let store = 8 + self.entries.len() * 16;
        let mut out = Vec::with_capacity(16 + index + data);
        out.extend_from_slice(&MAGIC);
        out.extend_from_slice(&self.region.entries.to_be_bytes());
        out.extend_from_slice(&self.region.data.to_be_bytes());
        out.extend_from_slice(self.raw.get(8..8 + index).unwrap_or_default());
        out.extend_from_slice(self.raw.get(store..store + data).unwrap_or_default());
        out
    }
}

/// Fills `buffer`, or says which part of `name` is cut off.
pub(crate) fn read_exact(
    from: &mut impl Read,
    buffer: &mut [u8],
    part: &'static str,
    name: &str,
) -> Result<()> {
    from.read_exact(buffer).map_err(|source| match source.kind() {
        std::io::ErrorKind::UnexpectedEof => Error::Truncated { name: name.to_owned(), part },
        _ => Error::Read { name: name.to_owned(), source },
    })
}

#[cfg(test)]
mod tests;
