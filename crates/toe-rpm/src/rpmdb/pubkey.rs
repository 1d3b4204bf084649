//! `gpg-pubkey` records, as `rpm --import` of rpm 4.18 makes them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::InstallFacts;
use super::record::{Added, with_added};
use crate::digest::DigestAlgorithm;
use crate::error::Result;
use crate::header::{Header, Kind};
use crate::keyring::PublicKey;
use crate::tags::{self, data_type, db, sense, sig};

/// The rpm whose records these are: RPMVERSION (1064) and the armor's version line.
const RPM_VERSION: &str = "4.18.0";

/// The record of a key. Its build time is the key's creation, so nothing but `facts` varies.
pub(super) fn record(key: &PublicKey, facts: &InstallFacts) -> Result<Header> {
    let (user, id) = (key.user(), key.id());
    let short = id.get(8..).unwrap_or_default();
    let release = format!("{:08x}", key.created());
    let text = Added::text;
    let i18n = |tag, value: &str| Added { data_type: data_type::I18NSTRING, ..text(tag, value) };
    let provides = format!("gpg({user})\0gpg({short})\0gpg({id})\0").into_bytes();
    let versions = format!("4:{id}-{release}\0").repeat(3).into_bytes();
    let flags = (sense::KEYRING | sense::EQUAL).to_be_bytes().repeat(3);
    let array = |tag, data_type, value| Added { tag, data_type, count: 3, value };
    let region = [
        Added { data_type: data_type::STRING_ARRAY, ..text(db::PUBKEYS, &base64_lines(key.raw())) },
        text(tags::NAME, "gpg-pubkey"),
        text(tags::VERSION, short),
        text(tags::RELEASE, &release),
        i18n(tags::SUMMARY, &format!("{user} public key")),
        i18n(tags::DESCRIPTION, &armored(key.raw())),
        Added::number(tags::BUILDTIME, key.created()),
        text(tags::BUILDHOST, "localhost"),
        Added::number(tags::SIZE, 0),
        text(tags::LICENSE, "pubkey"),
        text(tags::PACKAGER, &user),
        i18n(tags::GROUP, "Public Keys"),
        text(tags::SOURCERPM, "(none)"),
        array(tags::PROVIDENAME, data_type::STRING_ARRAY, provides),
        text(tags::RPMVERSION, RPM_VERSION),
        array(tags::PROVIDEFLAGS, data_type::INT32, flags),
        array(tags::PROVIDEVERSION, data_type::STRING_ARRAY, versions),
    ];
    let header = with_region(&region, &format!("the key {id}"))?;
    let signed = header.signed_bytes();
    let digest = |algorithm: DigestAlgorithm| hex::encode(algorithm.of(&signed));
    let added = vec![
        text(sig::SHA1, &digest(DigestAlgorithm::Sha1)),
        text(sig::SHA256, &digest(DigestAlgorithm::Sha256)),
        Added::number(tags::INSTALLTIME, facts.time),
        Added::number(tags::INSTALLTID, facts.transaction_id),
    ];
    with_added(&header, added)
}

/// A header whose region holds `entries`, which are sorted by tag.
fn with_region(entries: &[Added], name: &str) -> Result<Header> {
    let mut index = Vec::new();
    let mut data = Vec::new();
    for entry in entries {
        if entry.data_type == data_type::INT32 {
            data.resize(data.len().next_multiple_of(4), 0);
        }
        for word in [entry.tag, entry.data_type, data.len() as u32, entry.count] {
            index.extend_from_slice(&word.to_be_bytes());
        }
        data.extend_from_slice(&entry.value);
    }
    let count = entries.len() as u32 + 1;
    let size = (count * 16).wrapping_neg();
    let words = |w: [u32; 4]| w.map(u32::to_be_bytes).concat();
    let trailer = words([tags::HEADER_IMMUTABLE, data_type::BIN, size, 16]);
    let first = words([tags::HEADER_IMMUTABLE, data_type::BIN, data.len() as u32, 16]);
    data.extend(trailer);
    let sizes = [count.to_be_bytes(), (data.len() as u32).to_be_bytes()].concat();
    Header::parse([sizes, first, index, data].concat(), Kind::Main, name)
}

/// ASCII armor (RFC 9580, 6.2) with the lines that rpm writes.
fn armored(raw: &[u8]) -> String {
    let mut out = format!("-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: rpm-{RPM_VERSION}\n\n");
    out.push_str(&base64_lines(raw));
    let sum = crc24(raw).to_be_bytes();
    out.push('=');
    out.push_str(&STANDARD.encode(sum.get(1..).unwrap_or_default()));
    out.push_str("\n-----END PGP PUBLIC KEY BLOCK-----\n");
    out
}

/// Base64 in lines of 64 characters, each with its newline.
fn base64_lines(raw: &[u8]) -> String {
    let mut out = String::new();
    for line in STANDARD.encode(raw).as_bytes().chunks(64) {
        out.push_str(&String::from_utf8_lossy(line));
        out.push('\n');
    }
    out
}

/// The checksum of armor (RFC 9580, 6.1.1).
fn crc24(bytes: &[u8]) -> u32 {
    let mut crc = 0x00b7_04ce_u32;
    for byte in bytes {
        crc ^= u32::from(*byte) << 16;
        for _ in 0..8 {
            crc <<= 1;
            if crc & 0x0100_0000 != 0 {
                crc ^= 0x0186_4cfb;
            }
        }
    }
    crc & 0x00ff_ffff
}
