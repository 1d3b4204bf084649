//! Features of rpm that a package may demand, `Requires: rpmlib(NAME)`.

use crate::dependency::{Relation, dependencies};
use crate::error::{Error, Result};
use crate::header::Header;
use crate::tags::sense;

/// All features up to rpm 6.
const KNOWN: &[&str] = &[
    "BuiltinLuaScripts",
    "CaretInVersions",
    "CompressedFileNames",
    "ConcurrentAccess",
    "DynamicBuildRequires",
    "ExplicitPackageProvide",
    "FileCaps",
    "FileDigests",
    "HeaderLoadSortsTags",
    "LargeFiles",
    "PartialHardlinkSets",
    "PayloadFilesHavePrefix",
    "PayloadIsBzip2",
    "PayloadIsLzma",
    "PayloadIsXz",
    "PayloadIsZstd",
    "RichDependencies",
    "ScriptletExpansion",
    "ScriptletInterpreterArgs",
    "TildeInVersions",
    "VersionedDependencies",
];

/// Refuses features that are not in the list.
pub(super) fn check(header: &Header, name: &str) -> Result<()> {
    for require in dependencies(header, Relation::Requires)? {
        if require.flags & sense::RPMLIB == 0 && !require.name.starts_with("rpmlib(") {
            continue;
        }
        let feature = require.name.strip_prefix("rpmlib(").and_then(|f| f.strip_suffix(')'));
        if !feature.is_some_and(|f| KNOWN.contains(&f)) {
            return Err(Error::UnknownFeature { name: name.to_owned(), feature: require.name });
        }
    }
    Ok(())
}
