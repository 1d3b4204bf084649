//! Whether a key may have made a signature: binding, revocation, expiry, purpose, strength.

use pgp::composed::{SignedPublicKey, SignedPublicSubKey};
use pgp::crypto::hash::HashAlgorithm;
use pgp::packet::{RevocationCode, Signature, SignatureType, SubpacketData};
use pgp::types::{KeyDetails, Tag};

use super::PublicKey;

/// Why a signature of a known key does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unusable {
    Weak(String),
    Key(&'static str),
}

/// The key of a keyring entry that a signature names.
pub(crate) enum Signer<'a> {
    Primary(&'a SignedPublicKey),
    Subkey(&'a SignedPublicKey, &'a SignedPublicSubKey),
}

impl<'a> Signer<'a> {
    /// Finds the key that `signature` names, primary or subkey.
    pub fn find(key: &'a PublicKey, signature: &Signature) -> Option<Self> {
        let named = |k: &dyn KeyDetails| {
            let fingerprints = signature.issuer_fingerprint();
            if fingerprints.is_empty() {
                signature.issuer_key_id().iter().any(|id| **id == k.legacy_key_id())
            } else {
                fingerprints.iter().any(|f| **f == k.fingerprint())
            }
        };
        if named(&key.key().primary_key) {
            return Some(Signer::Primary(key.key()));
        }
        let subkey = key.key().public_subkeys.iter().find(|s| named(&s.key))?;
        Some(Signer::Subkey(key.key(), subkey))
    }

    /// Whether the signature over `data` is right.
    pub fn verifies(&self, signature: &Signature, data: impl std::io::Read) -> bool {
        match self {
            Signer::Primary(key) => signature.verify(&key.primary_key, data).is_ok(),
            Signer::Subkey(_, subkey) => signature.verify(&subkey.key, data).is_ok(),
        }
    }

    /// Checks all but the signature itself.
    pub fn check(&self, signature: &Signature, allow_weak: bool) -> Result<(), Unusable> {
        let made = signature.created().ok_or(Unusable::Key("the signature has no date"))?.as_secs();
        if !matches!(signature.typ(), Some(SignatureType::Binary)) {
            return Err(Unusable::Key("it is not a signature of a document"));
        }
        let hash = signature.hash_alg();
        if !allow_weak && !hash.is_some_and(is_strong) {
            let hash = hash.map_or_else(|| "an unknown digest".into(), |h| h.to_string());
            return Err(Unusable::Weak(hash));
        }
        match self {
            Signer::Primary(key) => check_primary(key, made, true),
            Signer::Subkey(key, subkey) => {
                check_primary(key, made, false)?;
                check_subkey(key, subkey, made)
            }
        }
    }
}

fn is_strong(hash: HashAlgorithm) -> bool {
    use HashAlgorithm::{Sha3_256, Sha3_512, Sha224, Sha256, Sha384, Sha512};
    matches!(hash, Sha224 | Sha256 | Sha384 | Sha512 | Sha3_256 | Sha3_512)
}

fn check_primary(key: &SignedPublicKey, made: u32, signs: bool) -> Result<(), Unusable> {
    let primary = &key.primary_key;
    for revocation in &key.details.revocation_signatures {
        if revocation.verify_key(primary).is_ok() && revokes(revocation, made) {
            return Err(Unusable::Key("the key was revoked"));
        }
    }
    let direct = key.details.direct_signatures.iter().filter(|s| s.verify_key(primary).is_ok());
    let users = key.details.users.iter().flat_map(|user| {
        user.signatures.iter().filter(|s| {
            s.is_certification() && s.verify_certification(primary, Tag::UserId, &user.id).is_ok()
        })
    });
    let own =
        newest(direct.chain(users)).ok_or(Unusable::Key("the key has no valid signature of its own"))?;
    check_time(primary, own, made)?;
    if signs && may_sign(own) == Some(false) {
        return Err(Unusable::Key("the key is not meant for signing"));
    }
    Ok(())
}

fn check_subkey(key: &SignedPublicKey, subkey: &SignedPublicSubKey, made: u32) -> Result<(), Unusable> {
    let primary = &key.primary_key;
    let valid = || subkey.signatures.iter().filter(|s| s.verify_subkey_binding(primary, &subkey.key).is_ok());
    let is = |kind| move |s: &&Signature| s.typ() == Some(kind);
    if valid().filter(is(SignatureType::SubkeyRevocation)).any(|r| revokes(r, made)) {
        return Err(Unusable::Key("the subkey was revoked"));
    }
    let binding = newest(valid().filter(is(SignatureType::SubkeyBinding)))
        .ok_or(Unusable::Key("the subkey does not belong to the key"))?;
    check_time(&subkey.key, binding, made)?;
    if may_sign(binding) != Some(true) {
        return Err(Unusable::Key("the subkey is not meant for signing"));
    }
    // Else anybody could take another's signing subkey into a key of theirs.
    let back = binding.embedded_signature();
    if back.is_none_or(|b| b.verify_primary_key_binding(&subkey.key, primary).is_err()) {
        return Err(Unusable::Key("the subkey does not say that it belongs to the key"));
    }
    Ok(())
}

fn newest<'a>(signatures: impl Iterator<Item = &'a Signature>) -> Option<&'a Signature> {
    signatures.max_by_key(|s| s.created().map_or(0, pgp::types::Timestamp::as_secs))
}

fn check_time(key: &dyn KeyDetails, own: &Signature, made: u32) -> Result<(), Unusable> {
    let created = key.created_at().as_secs();
    if made < created {
        return Err(Unusable::Key("the signature is older than the key"));
    }
    let lasts = own.key_expiration_time().map_or(0, pgp::types::Duration::as_secs);
    if lasts != 0 && u64::from(made) >= u64::from(created) + u64::from(lasts) {
        return Err(Unusable::Key("the key had expired when the signature was made"));
    }
    Ok(())
}

/// Superseded and retired keys keep the signatures that they made before; all other reasons, and none,
/// mean that somebody else may have the key.
fn revokes(revocation: &Signature, made: u32) -> bool {
    let soft = matches!(
        revocation.revocation_reason_code(),
        Some(RevocationCode::KeySuperseded | RevocationCode::KeyRetired)
    );
    !soft || revocation.created().is_none_or(|at| made >= at.as_secs())
}

/// The signing bit of the key flags; `None` when there are no flags, as in old keys.
fn may_sign(own: &Signature) -> Option<bool> {
    own.config()?.hashed_subpackets.iter().find_map(|p| match &p.data {
        SubpacketData::KeyFlags(flags) => Some(flags.sign()),
        _ => None,
    })
}
