//! What a run without root could not make and only noted; the package will have it.

use std::path::Path;

use toe_install::{LedgerLine, Record};
use toe_root::Root;

use crate::failure::Failure;

/// One text for each object that is not in the SOCK as the foot wants it.
pub fn noted(sock_dir: &Path) -> Result<Vec<String>, Failure> {
    let root = Root::open(sock_dir).map_err(|e| Failure::of(&e))?;
    let record = Record::read(&root).map_err(|e| Failure::of(&e))?;
    Ok(record.iter().flat_map(|r| &r.ledger).filter_map(describe).collect())
}

fn describe(line: &LedgerLine) -> Option<String> {
    let path = &line.path;
    if let Some((kind, major, minor)) = line.device {
        return Some(format!("{path}: device {kind} {major}:{minor}"));
    }
    if line.capability.is_some() {
        return Some(format!("{path}: capabilities"));
    }
    (line.uid != 0 || line.gid != 0).then(|| format!("{path}: owner {}:{}", line.uid, line.gid))
}
