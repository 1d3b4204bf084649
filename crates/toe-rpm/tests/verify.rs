//! Digests and signatures of real and of spoilt packages.
#![allow(clippy::unwrap_used)]

mod oracle;

use std::path::{Path, PathBuf};
use std::process::Command;

use toe_rpm::verify::SignatureState;
use toe_rpm::{Error, Keyring, Policy, Verified, verify};

const REQUIRED: Policy = Policy { require_signature: true, ignore_signatures: false, allow_weak: false };

fn keyring(key: &Path) -> Keyring {
    let mut keyring = Keyring::new();
    keyring.add(&std::fs::read(key).unwrap(), "key").unwrap();
    keyring
}

#[test]
fn every_package_of_the_repository_is_verified() {
    let Some(repository) = oracle::packages_with("rpm") else { return };
    let key = repository.join("RPM-GPG-KEY-test");
    let keyring = keyring(&key);
    let root = tempfile::tempdir().unwrap();
    let root = root.path().to_str().unwrap();
    oracle::rpm(&["--root", root, "--dbpath", "/var/lib/rpm", "--import", key.to_str().unwrap()]);
    for path in oracle::all(&repository) {
        let checked = verify(&path, &keyring, REQUIRED).unwrap();
        let [signature] = &checked.verification().signatures[..] else { panic!("{path:?}") };
        assert_eq!(signature.key, key_id(&key));
        assert!(
            matches!(&signature.state, SignatureState::Good { user, .. } if user.contains("test@example.invalid"))
        );
        // rpm fails, and so does this test, when it does not say that all is well.
        oracle::rpm(&["--root", root, "--dbpath", "/var/lib/rpm", "-K", path.to_str().unwrap()]);
        let table = checked.package().files().unwrap();
        assert!(checked.payload(&table).unwrap().next_entry().is_ok());
    }
}

/// The id of the only key of a file, as gpg shows it.
fn key_id(file: &Path) -> String {
    let out =
        Command::new("gpg").args(["--batch", "--with-colons", "--show-keys"]).arg(file).output().unwrap();
    let colons = String::from_utf8(out.stdout).unwrap();
    let public = colons.lines().find(|l| l.starts_with("pub:")).unwrap();
    public.split(':').nth(4).unwrap().to_lowercase()
}

fn bad(repository: &Path, name: &str, policy: Policy) -> Result<Verified, Error> {
    let keyring = keyring(&repository.join("RPM-GPG-KEY-test"));
    verify(&repository.join("bad").join(name), &keyring, policy)
}

#[test]
fn every_spoilt_package_has_its_own_error() {
    let Some(repository) = oracle::packages_with("rpm") else { return };
    let error = |name| bad(&repository, name, REQUIRED).unwrap_err();
    assert!(matches!(error("unsigned.rpm"), Error::Unsigned { .. }));
    let other = error("other-key.rpm");
    let id = key_id(&repository.join("bad/RPM-GPG-KEY-other"));
    assert!(matches!(&other, Error::UnknownKey { keys, .. } if keys.to_lowercase() == id), "{other}");
    let payload = error("payload-changed.rpm");
    assert!(matches!(&payload, Error::Digest { part: "payload", .. }), "{payload}");
    let header = error("header-changed.rpm");
    assert!(matches!(&header, Error::Digest { part: "header", .. }), "{header}");
    assert!(matches!(error("truncated.rpm"), Error::Size { .. }));
    assert!(matches!(error("empty.rpm"), Error::NotAPackage { .. }));
    assert!(matches!(error("not-an-rpm.rpm"), Error::NotAPackage { .. }));
    assert!(matches!(error("absent.rpm"), Error::Read { .. }));
}

#[test]
fn the_policy_decides_what_unsigned_packages_may() {
    let Some(repository) = oracle::packages_with("rpm") else { return };
    let lax = Policy::default();
    assert!(!bad(&repository, "unsigned.rpm", lax).unwrap().verification().is_signed());
    let other = bad(&repository, "other-key.rpm", lax).unwrap();
    assert_eq!(other.verification().signatures[0].state, SignatureState::NoKey);
    let ignoring = Policy { ignore_signatures: true, ..REQUIRED };
    assert!(bad(&repository, "unsigned.rpm", ignoring).is_ok());
    assert!(bad(&repository, "header-changed.rpm", ignoring).is_err());
    let both = [
        std::fs::read(repository.join("RPM-GPG-KEY-test")).unwrap(),
        std::fs::read(repository.join("bad/RPM-GPG-KEY-other")).unwrap(),
    ];
    let mut keyring = Keyring::new();
    assert_eq!(keyring.add(&both.concat(), "both").unwrap().len(), 2);
    assert!(verify(&repository.join("bad/other-key.rpm"), &keyring, REQUIRED).is_ok());
}

/// Runs a shell script with a key ring of its own in `$GNUPGHOME`.
fn gpg(home: &Path, script: &str) {
    let all =
        format!("set -e; export GNUPGHOME={}; chmod 700 $GNUPGHOME; cd $GNUPGHOME; {script}", home.display());
    let output = Command::new("bash").args(["-c", &all]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A copy of an unsigned package, signed by a new key; then the key is changed by `after`.
fn signed_by(home: &Path, repository: &Path, generate: &str, after: &str) -> (PathBuf, Keyring) {
    let package = repository.join("bad/unsigned.rpm");
    gpg(
        home,
        &format!(
            "cp {} p.rpm; {generate}
         FPR=$(gpg --list-keys --with-colons | awk -F: '$1==\"fpr\"{{print $10; exit}}')
         rpmsign --define \"__gpg $(command -v gpg)\" --define '_gpg_name t@example.invalid' --define '_gpg_digest_algo sha256' --addsign p.rpm
         {after}
         gpg --export -a > key.asc; gpgconf --kill all",
            package.display()
        ),
    );
    (home.join("p.rpm"), keyring(&home.join("key.asc")))
}

const GENERATE: &str =
    "gpg --batch --passphrase '' --quick-generate-key t@example.invalid rsa2048 sign,cert never";

#[test]
fn revoked_and_expired_keys_do_not_count() {
    let Some(repository) = oracle::packages_with("rpmsign") else { return };
    let home = tempfile::tempdir().unwrap();
    let (package, keyring) = signed_by(home.path(), &repository, GENERATE, "");
    verify(&package, &keyring, REQUIRED).unwrap();

    let home = tempfile::tempdir().unwrap();
    let revoke = "sed 's/^:-----/-----/' openpgp-revocs.d/$FPR.rev | gpg --import";
    let (package, keyring) = signed_by(home.path(), &repository, GENERATE, revoke);
    let error = verify(&package, &keyring, REQUIRED).unwrap_err();
    assert!(
        matches!(&error, Error::UnusableSignature { reason, .. } if reason == "the key was revoked"),
        "{error}"
    );

    // The package is signed after the time that an early copy of the key allows.
    let home = tempfile::tempdir().unwrap();
    let generate = GENERATE
        .replace("gpg --batch", "gpg --batch --faked-system-time 20200101T000000")
        .replace("never", "1d");
    let prolong = "gpg --export -a > early.asc; gpg --batch --quick-set-expire \
                   $(gpg --list-keys --with-colons | awk -F: '$1==\"fpr\"{print $10; exit}') 0";
    let (package, late) = signed_by(home.path(), &repository, &format!("{generate}; {prolong}"), "");
    verify(&package, &late, REQUIRED).unwrap();
    let early = self::keyring(&home.path().join("early.asc"));
    let error = verify(&package, &early, REQUIRED).unwrap_err();
    assert!(
        matches!(&error, Error::UnusableSignature { reason, .. } if reason.contains("had expired")),
        "{error}"
    );
}
