//! Digests and signatures of a package file.
//!
//! [`verify`] is the only way to a [`Verified`] package, and only that gives a payload to unpack.

mod digests;
mod section;
mod signatures;

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use crate::digest::DigestAlgorithm;
use crate::error::{Error, Result, shown};
use crate::files::FileTable;
use crate::keyring::Keyring;
use crate::package::Package;
use crate::payload::PayloadReader;
use section::Section;

/// What is asked of signatures. Digests are always checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// A good signature by a key of the keyring must cover the whole package. Set once a key was
    /// imported.
    pub require_signature: bool,
    /// Signatures are not looked at, even bad ones: `--nosignature`.
    pub ignore_signatures: bool,
    /// Signatures over SHA-1 and MD5 count. Never the default.
    pub allow_weak: bool,
}

/// What a signature was found to be; bad ones are errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureState {
    /// Right, and by a key of the keyring that may make it.
    Good {
        /// The key's user id.
        user: String,
        /// The fingerprint of the primary key, hexadecimal.
        fingerprint: String,
    },
    /// The keyring has no such key.
    NoKey,
}

/// One signature of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureStatus {
    /// Id of the key, 16 hexadecimal digits.
    pub key: String,
    /// It covers header and payload; else the header only, whose digests cover the payload.
    pub covers_payload: bool,
    /// What it was found to be.
    pub state: SignatureState,
}

/// What was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Strongest digest that covers the header.
    pub header_digest: DigestAlgorithm,
    /// Strongest digest that covers the payload; MD5 for packages of rpm before 4.14.
    pub payload_digest: DigestAlgorithm,
    /// The signatures, unless they were not to be looked at.
    pub signatures: Vec<SignatureStatus>,
}

impl Verification {
    /// Whether a good signature was found.
    pub fn is_signed(&self) -> bool {
        self.signatures.iter().any(|s| matches!(s.state, SignatureState::Good { .. }))
    }
}

/// A package whose digests, and signatures as far as asked, were found right. It holds the file open, so
/// that what is unpacked is the file that was checked.
#[derive(Debug, Clone)]
pub struct Verified {
    package: Package,
    file: Arc<File>,
    end: u64,
    verification: Verification,
}

impl Verified {
    /// The package.
    pub fn package(&self) -> &Package {
        &self.package
    }

    /// What was checked.
    pub fn verification(&self) -> &Verification {
        &self.verification
    }

    /// The payload from its beginning; any number of readers may be open at once. `table` is
    /// [`Package::files`] of this package.
    pub fn payload<'a>(&self, table: &'a FileTable) -> Result<PayloadReader<'a>> {
        let section = Section::new(self.file.clone(), self.package.payload_offset(), self.end);
        PayloadReader::new(section, self.package.header(), table)
    }
}

/// Checks the package file at `path`: sizes, header digests, payload digests, signatures. Reads the file
/// once, and once more for each signature that covers the payload.
pub fn verify(path: &Path, keyring: &Keyring, policy: Policy) -> Result<Verified> {
    let name = shown(path.as_os_str().as_encoded_bytes());
    let file = File::open(path).map_err(|source| Error::Read { name: name.clone(), source })?;
    verify_file(file, &name, keyring, policy)
}

/// As [`verify`], of a file that is open already, whatever its position; `name` is what errors call it.
pub fn verify_file(file: File, name: &str, keyring: &Keyring, policy: Policy) -> Result<Verified> {
    let failed = |source| Error::Read { name: name.to_owned(), source };
    let file = Arc::new(file);
    let end = file.metadata().map_err(failed)?.len();
    let package = Package::read(&mut BufReader::new(Section::new(file.clone(), 0, end)), name)?;
    digests::check_size(&package, end)?;
    let header_digest = digests::check_header(&package)?;
    let signatures = if policy.ignore_signatures {
        Vec::new()
    } else {
        signatures::check(&package, keyring, policy.allow_weak, || {
            Section::new(file.clone(), package.header_offset(), end)
        })?
    };
    let payload_digest = digests::check_payload(&package, &file, end)?;
    if policy.require_signature && !policy.ignore_signatures {
        require_cover(name, &signatures, payload_digest)?;
    }
    let verification = Verification { header_digest, payload_digest, signatures };
    Ok(Verified { package, file, end, verification })
}

/// A good signature must cover the payload, itself or through a digest in the header.
fn require_cover(name: &str, signatures: &[SignatureStatus], payload: DigestAlgorithm) -> Result<()> {
    let name = name.to_owned();
    if signatures.is_empty() {
        return Err(Error::Unsigned { name });
    }
    let mut good = signatures.iter().filter(|s| matches!(s.state, SignatureState::Good { .. })).peekable();
    if good.peek().is_none() {
        let mut keys: Vec<_> = signatures.iter().map(|s| s.key.as_str()).collect();
        keys.dedup();
        return Err(Error::UnknownKey { name, keys: keys.join(", ") });
    }
    // MD5 stands in the signature header, which no signature covers.
    if good.any(|s| s.covers_payload || payload != DigestAlgorithm::Md5) {
        Ok(())
    } else {
        Err(Error::PartlySigned { name })
    }
}
