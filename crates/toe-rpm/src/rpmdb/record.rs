//! Records: a package's header with what the signature header and the installation add.

use super::InstallFacts;
use crate::error::{Error, HeaderDefect, Result};
use crate::header::{Header, Kind};
use crate::tags::{self, data_type, db, sig};

/// An entry to be added after the region.
#[derive(Debug, Clone)]
pub(super) struct Added {
    pub tag: u32,
    pub data_type: u32,
    pub count: u32,
    pub value: Vec<u8>,
}

impl Added {
    pub fn number(tag: u32, value: u32) -> Self {
        Added { tag, data_type: data_type::INT32, count: 1, value: value.to_be_bytes().to_vec() }
    }

    pub fn text(tag: u32, value: &str) -> Self {
        let value = [value.as_bytes(), b"\0"].concat();
        Added { tag, data_type: data_type::STRING, count: 1, value }
    }
}

/// The record of a package.
pub(super) fn of_package(
    header: &Header,
    signature: &Header,
    states: &[u8],
    facts: &InstallFacts,
) -> Result<Header> {
    let mut added = taken_over(header, signature)?;
    added.push(Added::number(tags::INSTALLTIME, facts.time));
    added.push(Added::number(tags::INSTALLCOLOR, facts.color));
    added.push(Added::number(tags::INSTALLTID, facts.transaction_id));
    let files = header.strings(tags::BASENAMES)?.map_or(0, |b| b.len());
    if states.len() != files {
        let count = HeaderDefect::Count { tag: tags::FILESTATES, found: states.len(), wanted: files };
        return Err(header.defect(count));
    }
    if files > 0 {
        added.push(Added {
            tag: tags::FILESTATES,
            data_type: data_type::CHAR,
            count: files as u32,
            value: states.to_vec(),
        });
    }
    if let Some(prefixes) = header.entry(tags::PREFIXES) {
        added.push(Added {
            tag: tags::INSTPREFIXES,
            data_type: data_type::STRING_ARRAY,
            count: prefixes.count,
            value: header.value_bytes(prefixes).to_vec(),
        });
    }
    with_added(header, added)
}

/// `header`'s region, unchanged, followed by `added`, sorted by tag.
pub(super) fn with_added(header: &Header, mut added: Vec<Added>) -> Result<Header> {
    added.sort_by_key(|a| a.tag);
    let (entries, data_size) = header.region_size();
    let signed = header.signed_bytes();
    let (index, data) = signed
        .get(16..)
        .unwrap_or_default()
        .split_at_checked(entries as usize * 16)
        .ok_or_else(|| header.defect(HeaderDefect::Region))?;
    let (mut index, mut data) = (index.to_vec(), data.to_vec());
    debug_assert_eq!(data.len(), data_size as usize);
    for entry in &added {
        let align = match entry.data_type {
            data_type::INT16 => 2,
            data_type::INT32 => 4,
            data_type::INT64 => 8,
            _ => 1,
        };
        data.resize(data.len().next_multiple_of(align), 0);
        for word in [entry.tag, entry.data_type, data.len() as u32, entry.count] {
            index.extend_from_slice(&word.to_be_bytes());
        }
        data.extend_from_slice(&entry.value);
    }
    let count = entries + added.len() as u32;
    let mut raw = Vec::with_capacity(8 + index.len() + data.len());
    raw.extend_from_slice(&count.to_be_bytes());
    raw.extend_from_slice(&(data.len() as u32).to_be_bytes());
    raw.append(&mut index);
    raw.append(&mut data);
    Header::parse(raw, Kind::Database, header.name())
}

/// Signature tag, the number it is stored under, its type, its count (0: any).
const TAKEN_OVER: &[(u32, u32, u32, u32)] = &[
    (sig::SIZE, db::SIGSIZE, data_type::INT32, 1),
    (sig::PGP, db::SIGPGP, data_type::BIN, 0),
    (sig::MD5, db::SIGMD5, data_type::BIN, 16),
    (sig::GPG, db::SIGGPG, data_type::BIN, 0),
    (sig::PAYLOADSIZE, tags::ARCHIVESIZE, data_type::INT32, 1),
    (sig::FILESIGNATURES, tags::FILESIGNATURES, data_type::STRING_ARRAY, 0),
    (sig::FILESIGNATURELENGTH, tags::FILESIGNATURELENGTH, data_type::INT32, 1),
    (sig::VERITYSIGNATURES, sig::VERITYSIGNATURES, data_type::STRING_ARRAY, 0),
    (sig::VERITYSIGNATUREALGO, sig::VERITYSIGNATUREALGO, data_type::INT32, 1),
    (sig::DSA, sig::DSA, data_type::BIN, 0),
    (sig::RSA, sig::RSA, data_type::BIN, 0),
    (sig::SHA1, sig::SHA1, data_type::STRING, 1),
    (sig::LONGSIZE, sig::LONGSIZE, data_type::INT64, 1),
    (sig::LONGARCHIVESIZE, sig::LONGARCHIVESIZE, data_type::INT64, 1),
    (sig::SHA256, sig::SHA256, data_type::STRING, 1),
    (sig::SHA3_256, sig::SHA3_256, data_type::STRING, 1),
    (sig::OPENPGP, sig::OPENPGP, data_type::STRING_ARRAY, 0),
];

/// What the signature header adds. Packages of format 6 have only tags below 1000 there that count; tags
/// that only format 6 defines are left out of older ones, as older rpm does.
fn taken_over(header: &Header, signature: &Header) -> Result<Vec<Added>> {
    let format6 = header.u32(tags::RPMFORMAT)?.is_some_and(|f| f >= 6);
    let mut added = Vec::new();
    for &(from, to, data_type, count) in TAKEN_OVER {
        let Some(entry) = signature.entry(from) else { continue };
        let only6 = matches!(from, sig::SHA3_256 | sig::OPENPGP);
        if (format6 && from >= 1000) || (!format6 && only6) {
            continue;
        }
        if entry.data_type != data_type || (count != 0 && entry.count != count) {
            return Err(signature.defect(HeaderDefect::Type {
                tag: from,
                found: entry.data_type,
                wanted: "the type and count that rpm gives it",
            }));
        }
        if header.has(to) {
            if matches!(to, tags::ARCHIVESIZE | tags::FILESIGNATURES | tags::FILESIGNATURELENGTH) {
                continue;
            }
            let reason = format!("entry {to} is both in the header and in the signature header");
            return Err(Error::value(header.name(), "signature header", reason));
        }
        added.push(Added {
            tag: to,
            data_type,
            count: entry.count,
            value: signature.value_bytes(entry).to_vec(),
        });
    }
    Ok(added)
}
