//! Dependencies and the rpmlib features that a package asks of rpm.

use super::header_blob::{HeaderBlob, Value};
use crate::tags::sense;

/// One name with an optional version range.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependency {
    name: String,
    evr: String,
    flags: u32,
}

impl Dependency {
    /// Any version of `name`.
    pub fn any(name: impl Into<String>) -> Self {
        Dependency { name: name.into(), evr: String::new(), flags: 0 }
    }

    /// `name = evr`.
    pub fn equal(name: impl Into<String>, evr: impl Into<String>) -> Self {
        Dependency { name: name.into(), evr: evr.into(), flags: sense::EQUAL }
    }

    /// `name >= evr`.
    pub fn at_least(name: impl Into<String>, evr: impl Into<String>) -> Self {
        Dependency { name: name.into(), evr: evr.into(), flags: sense::GREATER | sense::EQUAL }
    }

    /// `name < evr`.
    pub fn less(name: impl Into<String>, evr: impl Into<String>) -> Self {
        Dependency { name: name.into(), evr: evr.into(), flags: sense::LESS }
    }

    /// The interpreter of a scriptlet whose slot has the flag `slot_flag`.
    pub(super) fn interpreter(program: &str, slot_flag: u32) -> Self {
        Dependency { name: program.to_owned(), evr: String::new(), flags: sense::INTERP | slot_flag }
    }

    /// A feature that rpm must have, with the version that brought it.
    pub(super) fn feature(name: &str, since: &str) -> Self {
        Dependency {
            name: format!("rpmlib({name})"),
            evr: since.to_owned(),
            flags: sense::RPMLIB | sense::LESS | sense::EQUAL,
        }
    }
}

/// Puts dependencies sorted and each once under a name, flags and version tag.
pub(super) fn put(header: &mut HeaderBlob, mut all: Vec<Dependency>, [name, flags, version]: [u32; 3]) {
    all.sort();
    all.dedup();
    header.put(name, Value::TextArray(all.iter().map(|d| d.name.clone().into_bytes()).collect()));
    header.put(flags, Value::Int32(all.iter().map(|d| d.flags).collect()));
    header.put(version, Value::TextArray(all.iter().map(|d| d.evr.clone().into_bytes()).collect()));
}
