//! Public keys, and what they are allowed to sign.

mod packets;
mod validity;

use std::io::{Cursor, Read};

use pgp::armor::Dearmor;
use pgp::composed::{Deserializable, SignedPublicKey};
use pgp::types::KeyDetails;

use crate::error::{Error, Result};
use crate::header::Header;
use crate::tags::db;

pub(crate) use validity::{Signer, Unusable};

/// Most bytes of a key file.
const MAX_KEY_FILE: u64 = 16 << 20;
const BEGIN: &[u8] = b"-----BEGIN PGP PUBLIC KEY BLOCK-----";

/// One public key with its subkeys and user ids.
#[derive(Debug, Clone)]
pub struct PublicKey {
    raw: Vec<u8>,
    key: SignedPublicKey,
}

impl PublicKey {
    /// The key as it was read, without armor.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The key id: 16 hexadecimal digits.
    pub fn id(&self) -> String {
        hex::encode(self.key.legacy_key_id())
    }

    /// The whole fingerprint in hexadecimal.
    pub fn fingerprint(&self) -> String {
        hex::encode(self.key.fingerprint().as_bytes())
    }

    /// The first user id, empty without one; bytes that are not UTF-8 are replaced.
    pub fn user(&self) -> String {
        let user = self.key.details.users.first();
        user.map(|u| String::from_utf8_lossy(u.id.id()).into_owned()).unwrap_or_default()
    }

    /// When the key was made, seconds since 1970.
    pub fn created(&self) -> u32 {
        self.key.created_at().as_secs()
    }

    pub(crate) fn key(&self) -> &SignedPublicKey {
        &self.key
    }
}

/// Keys that packages are checked against.
#[derive(Debug, Clone, Default)]
pub struct Keyring {
    keys: Vec<PublicKey>,
}

impl Keyring {
    /// No keys.
    pub fn new() -> Self {
        Keyring::default()
    }

    /// Reads all keys of a key file, armored (several blocks too) or binary. A file without keys, or with
    /// one that cannot be read, is an error; `name` is what it calls the file.
    pub fn read(bytes: &[u8], name: &str) -> Result<Vec<PublicKey>> {
        let wrong = |reason: String| Error::Key { name: name.to_owned(), reason };
        if bytes.len() as u64 > MAX_KEY_FILE {
            return Err(wrong("it is larger than 16 MiB".into()));
        }
        let mut blocks = Vec::new();
        let mut rest = bytes;
        while let Some(start) = rest.windows(BEGIN.len()).position(|w| w == BEGIN) {
            let (_, block) = rest.split_at(start);
            let mut raw = Vec::new();
            Dearmor::new(Cursor::new(block))
                .read_to_end(&mut raw)
                .map_err(|e| wrong(format!("its armor is damaged ({e})")))?;
            blocks.push(raw);
            rest = block.get(BEGIN.len()..).unwrap_or_default();
        }
        if blocks.is_empty() {
            if bytes.first().is_none_or(|b| b & 0x80 == 0) {
                return Err(wrong("there is no public key in it".into()));
            }
            blocks.push(bytes.to_vec());
        }
        let mut keys = Vec::new();
        for block in blocks {
            for raw in packets::split_keys(&block).map_err(|reason| wrong(reason.into()))? {
                let key = SignedPublicKey::from_bytes(raw).map_err(|e| wrong(e.to_string()))?;
                keys.push(PublicKey { raw: raw.to_vec(), key });
            }
        }
        if keys.is_empty() { Err(wrong("there is no public key in it".into())) } else { Ok(keys) }
    }

    /// Adds all keys of a key file, see [`Keyring::read`]; gives them.
    pub fn add(&mut self, bytes: &[u8], name: &str) -> Result<Vec<PublicKey>> {
        let keys = Keyring::read(bytes, name)?;
        self.keys.extend(keys.iter().cloned());
        Ok(keys)
    }

    /// Adds the keys of a `gpg-pubkey` record of the database.
    pub fn add_record(&mut self, header: &Header) -> Result<()> {
        use base64::Engine as _;
        for text in header.strings(db::PUBKEYS)?.into_iter().flatten() {
            let raw = base64::engine::general_purpose::STANDARD
                .decode(text.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect::<Vec<_>>())
                .map_err(|e| Error::Key { name: header.name().to_owned(), reason: e.to_string() })?;
            self.add(&raw, header.name())?;
        }
        Ok(())
    }

    /// All keys, in the order in which they were added.
    pub fn keys(&self) -> &[PublicKey] {
        &self.keys
    }

    /// Whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

#[cfg(test)]
mod tests;
