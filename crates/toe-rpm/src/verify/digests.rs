//! Digests and sizes.

use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use super::section::Section;
use crate::digest::{DigestAlgorithm, Hasher};
use crate::error::{Error, Result};
use crate::package::Package;
use crate::tags::{self, sig};

/// Compares the file's length with SIZE (1000), LONGSIZE (270) or PAYLOADSIZE (5112).
pub(super) fn check_size(package: &Package, end: u64) -> Result<()> {
    let found = end.saturating_sub(package.header_offset());
    let header_len = package.payload_offset() - package.header_offset();
    let signature = package.signature();
    let wanted = match (signature.u64(sig::LONGSIZE)?, signature.u32(sig::SIZE)?) {
        (Some(size), _) => Some(size),
        (None, Some(size)) => Some(size.into()),
        (None, None) => package.header().u64(tags::PAYLOADSIZE)?.and_then(|s| s.checked_add(header_len)),
    };
    match wanted {
        Some(wanted) if wanted != found => {
            Err(Error::Size { name: package.name().to_owned(), found, wanted })
        }
        _ => Ok(()),
    }
}

/// Compares all digests of the header; gives the strongest. There must be one.
pub(super) fn check_header(package: &Package) -> Result<DigestAlgorithm> {
    let signed = package.header().signed_bytes();
    let mut strongest = None;
    for (tag, algorithm) in [
        (sig::SHA3_256, DigestAlgorithm::Sha3_256),
        (sig::SHA256, DigestAlgorithm::Sha256),
        (sig::SHA1, DigestAlgorithm::Sha1),
    ] {
        let Some(expected) = package.signature().string(tag)? else { continue };
        if !hex::encode(algorithm.of(&signed)).as_bytes().eq_ignore_ascii_case(expected) {
            return Err(wrong(package, "header", algorithm));
        }
        strongest = strongest.or(Some(algorithm));
    }
    // The oldest packages have the one MD5 for header and payload; it is checked with the payload.
    match strongest {
        Some(algorithm) => Ok(algorithm),
        None if package.signature().has(sig::MD5) => Ok(DigestAlgorithm::Md5),
        None => Err(Error::NoDigest { name: package.name().to_owned(), part: "header" }),
    }
}

/// Compares all digests of the compressed payload in one reading; gives the strongest. MD5 (1004), over
/// header and payload, is looked at only where the header has none.
pub(super) fn check_payload(package: &Package, file: &Arc<File>, end: u64) -> Result<DigestAlgorithm> {
    let header = package.header();
    let name = || package.name().to_owned();
    let mut running: Vec<(DigestAlgorithm, Vec<u8>, Hasher)> = Vec::new();
    let number = header.u32(tags::PAYLOADSHA256ALGO)?.unwrap_or(8);
    let named = DigestAlgorithm::from_number(number).filter(|a| is_strong(*a));
    for (tag, algorithm) in [
        (tags::PAYLOADSHA512, Some(DigestAlgorithm::Sha512)),
        (tags::PAYLOADSHA3_256, Some(DigestAlgorithm::Sha3_256)),
        (tags::PAYLOADSHA256, named),
    ] {
        let Some(text) = header.strings(tag)?.and_then(|mut s| s.next()) else { continue };
        let algorithm = algorithm.ok_or_else(|| {
            Error::value(
                package.name(),
                "payload digest",
                format!("algorithm {number} is unknown or too weak"),
            )
        })?;
        let expected = hex::decode(text)
            .map_err(|_| Error::value(package.name(), "payload digest", "it is not hexadecimal"))?;
        running.push((algorithm, expected, algorithm.hasher()));
    }
    let mut start = package.payload_offset();
    if running.is_empty() {
        let expected = package
            .signature()
            .bin(sig::MD5)?
            .ok_or_else(|| Error::NoDigest { name: name(), part: "payload" })?;
        running.push((DigestAlgorithm::Md5, expected.to_vec(), DigestAlgorithm::Md5.hasher()));
        start = package.header_offset();
    }
    let mut section = Section::new(file.clone(), start, end);
    let mut buffer = vec![0; 128 << 10];
    loop {
        let n = match section.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(source) => return Err(Error::Read { name: name(), source }),
        };
        for (_, _, hasher) in &mut running {
            hasher.update(buffer.get(..n).unwrap_or_default());
        }
    }
    let mut strongest = None;
    for (algorithm, expected, hasher) in running {
        if hasher.finish() != expected {
            return Err(wrong(package, "payload", algorithm));
        }
        strongest = strongest.or(Some(algorithm));
    }
    strongest.ok_or_else(|| Error::NoDigest { name: name(), part: "payload" })
}

fn is_strong(algorithm: DigestAlgorithm) -> bool {
    !matches!(algorithm, DigestAlgorithm::Md5 | DigestAlgorithm::Sha1)
}

fn wrong(package: &Package, part: &'static str, algorithm: DigestAlgorithm) -> Error {
    Error::Digest { name: package.name().to_owned(), part, algorithm: algorithm.name().to_owned() }
}
