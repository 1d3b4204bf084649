//! Package files, keyrings and the rpm database.
//!
//! Reading goes in steps, each of which trusts only what the one before has checked: [`Package`] reads
//! and bounds the headers; [`FileTable`] and [`Scriptlets`] give their content;
//! [`PayloadReader`] streams the files.

pub mod build;
pub mod capability;
pub mod dependency;
pub mod digest;
mod error;
pub mod evr;
pub mod files;
pub mod header;
pub mod keyring;
mod package;
pub mod payload;
pub mod rpmdb;
pub mod satisfy;
pub mod scriptlet;
mod shared_file;
pub mod tags;
pub mod verify;

pub use dependency::{Dependency, Relation};
pub use digest::{DigestAlgorithm, Hasher};
pub use error::{Error, HeaderDefect, Result};
pub use files::{FileEntry, FileKind, FileTable};
pub use header::Header;
pub use keyring::{Keyring, PublicKey};
pub use package::{Package, PackageLabel};
pub use payload::{PayloadEntry, PayloadReader};
pub use rpmdb::{Database, FileState, InstallFacts, Installed};
pub use scriptlet::{Script, Scriptlet, Scriptlets, Slot, Trigger, TriggerCondition, TriggerKind};
pub use shared_file::same_file;
pub use verify::{Policy, SignatureStatus, Verification, Verified, verify, verify_file};
