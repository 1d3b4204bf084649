//! Provides, requires and the other relations between packages.

use crate::error::{HeaderDefect, Result};
use crate::header::Header;
use crate::tags;

/// The kinds of relations that a header has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the words are rpm's own")]
pub enum Relation {
    Provides,
    Requires,
    Conflicts,
    Obsoletes,
    Recommends,
    Suggests,
    Supplements,
    Enhances,
}

impl Relation {
    /// Tags of names, flags and versions.
    pub fn tags(self) -> (u32, u32, u32) {
        match self {
            Relation::Provides => (tags::PROVIDENAME, tags::PROVIDEFLAGS, tags::PROVIDEVERSION),
            Relation::Requires => (tags::REQUIRENAME, tags::REQUIREFLAGS, tags::REQUIREVERSION),
            Relation::Conflicts => (tags::CONFLICTNAME, tags::CONFLICTFLAGS, tags::CONFLICTVERSION),
            Relation::Obsoletes => (tags::OBSOLETENAME, tags::OBSOLETEFLAGS, tags::OBSOLETEVERSION),
            Relation::Recommends => (tags::RECOMMENDNAME, tags::RECOMMENDFLAGS, tags::RECOMMENDVERSION),
            Relation::Suggests => (tags::SUGGESTNAME, tags::SUGGESTFLAGS, tags::SUGGESTVERSION),
            Relation::Supplements => (tags::SUPPLEMENTNAME, tags::SUPPLEMENTFLAGS, tags::SUPPLEMENTVERSION),
            Relation::Enhances => (tags::ENHANCENAME, tags::ENHANCEFLAGS, tags::ENHANCEVERSION),
        }
    }
}

/// One entry of a relation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Dependency {
    /// A package, a capability, a path, or a rich dependency in parentheses. Bytes that are not UTF-8 are
    /// replaced.
    pub name: String,
    /// Bits of [`tags::sense`].
    pub flags: u32,
    /// `[EPOCH:]VERSION[-RELEASE]`, empty without a version.
    pub evr: String,
}

impl std::fmt::Display for Dependency {
    /// `NAME`, or `NAME OPERATOR EVR`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)?;
        let bits = [(tags::sense::LESS, "<"), (tags::sense::GREATER, ">"), (tags::sense::EQUAL, "=")];
        let operator: String =
            bits.iter().filter(|(bit, _)| self.flags & bit != 0).map(|(_, c)| *c).collect();
        if operator.is_empty() || self.evr.is_empty() {
            Ok(())
        } else {
            write!(f, " {operator} {}", self.evr)
        }
    }
}

/// The dependencies of one kind, in header order. Flags and versions may be missing as a whole.
pub fn dependencies(header: &Header, relation: Relation) -> Result<Vec<Dependency>> {
    let (name_tag, flag_tag, version_tag) = relation.tags();
    let Some(names) = header.strings(name_tag)? else { return Ok(Vec::new()) };
    let wanted = names.len();
    let agree = |tag, found| {
        if found == wanted { Ok(()) } else { Err(header.defect(HeaderDefect::Count { tag, found, wanted })) }
    };
    let flags = header.u32s(flag_tag)?;
    if let Some(flags) = &flags {
        agree(flag_tag, flags.len())?;
    }
    let mut versions = header.strings(version_tag)?;
    if let Some(versions) = &versions {
        agree(version_tag, versions.len())?;
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(names
        .enumerate()
        .map(|(i, name)| Dependency {
            name: text(name),
            flags: flags.as_ref().and_then(|f| f.get(i).copied()).unwrap_or(0),
            evr: versions.as_mut().and_then(Iterator::next).map(text).unwrap_or_default(),
        })
        .collect())
}
