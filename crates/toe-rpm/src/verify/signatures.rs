//! OpenPGP signatures of packages.

use std::io::Read;

use base64::Engine as _;
use pgp::composed::{Deserializable, DetachedSignature};
use pgp::packet::Signature;

use super::{SignatureState, SignatureStatus};
use crate::error::{Error, Result};
use crate::keyring::{Keyring, Signer, Unusable};
use crate::package::Package;
use crate::tags::{self, sig};

/// Checks every signature: of the header, and of header and payload, whose bytes `whole` gives. One that is
/// bad, or by a key that may not sign, is an error; one by an unknown key is not.
pub(super) fn check<R: Read>(
    package: &Package,
    keyring: &Keyring,
    allow_weak: bool,
    whole: impl Fn() -> R,
) -> Result<Vec<SignatureStatus>> {
    let signature = package.signature();
    let mut found: Vec<(bool, Vec<u8>)> = Vec::new();
    for tag in [sig::RSA, sig::DSA] {
        found.extend(signature.bin(tag)?.map(|s| (false, s.to_vec())));
    }
    for text in signature.strings(sig::OPENPGP)?.into_iter().flatten() {
        let raw = base64::engine::general_purpose::STANDARD.decode(text);
        found.push((false, raw.map_err(|e| unreadable(package, &e))?));
    }
    // Format 6 has no signatures over the payload; what stands under these tags then is something else.
    if package.header().u32(tags::RPMFORMAT)?.is_none_or(|f| f < 6) {
        for tag in [sig::PGP, sig::GPG] {
            found.extend(signature.bin(tag)?.map(|s| (true, s.to_vec())));
        }
    }
    let signed = package.header().signed_bytes();
    let mut statuses = Vec::new();
    for (covers_payload, raw) in found {
        let parsed = DetachedSignature::from_bytes(&raw[..]).map_err(|e| unreadable(package, &e))?.signature;
        let verifies = |signer: &Signer<'_>| {
            if covers_payload {
                signer.verifies(&parsed, whole())
            } else {
                signer.verifies(&parsed, &signed[..])
            }
        };
        let (key, state) = check_one(package, keyring, allow_weak, &parsed, verifies)?;
        statuses.push(SignatureStatus { key, covers_payload, state });
    }
    Ok(statuses)
}

fn check_one(
    package: &Package,
    keyring: &Keyring,
    allow_weak: bool,
    signature: &Signature,
    verifies: impl Fn(&Signer<'_>) -> bool,
) -> Result<(String, SignatureState)> {
    let name = || package.name().to_owned();
    let key = key_id(signature);
    let mut failure = None;
    // The same key may have been imported twice, once older: any copy that says yes will do.
    for candidate in keyring.keys() {
        let Some(signer) = Signer::find(candidate, signature) else { continue };
        if !verifies(&signer) {
            failure = failure.or_else(|| Some(Error::BadSignature { name: name(), key: key.clone() }));
            continue;
        }
        match signer.check(signature, allow_weak) {
            Ok(()) => {
                let (user, fingerprint) = (candidate.user(), candidate.fingerprint());
                return Ok((key, SignatureState::Good { user, fingerprint }));
            }
            Err(unusable) => {
                let reason = match unusable {
                    Unusable::Weak(hash) => format!("it is made over {hash}, which is too weak"),
                    Unusable::Key(reason) => reason.to_owned(),
                };
                failure = Some(Error::UnusableSignature { name: name(), key: key.clone(), reason });
            }
        }
    }
    failure.map_or(Ok((key, SignatureState::NoKey)), Err)
}

/// The id of the key that a signature names.
fn key_id(signature: &Signature) -> String {
    if let Some(id) = signature.issuer_key_id().first() {
        return hex::encode(id);
    }
    let fingerprint = signature.issuer_fingerprint().first().map(|f| hex::encode(f.as_bytes()));
    fingerprint.unwrap_or_else(|| "of no name".into())
}

fn unreadable(package: &Package, reason: &dyn std::error::Error) -> Error {
    Error::UnreadableSignature { name: package.name().to_owned(), reason: reason.to_string() }
}
