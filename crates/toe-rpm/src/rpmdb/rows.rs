//! Which rows of the index tables a record gives.

use std::collections::HashSet;

use super::rich;
use super::schema::Table;
use crate::error::{HeaderDefect, Result};
use crate::header::Header;
use crate::tags::{self, sense};

/// A key and the position that goes with it.
pub(super) type Row = (Vec<u8>, u32);

/// Rows of `table` for the record `header`.
pub(super) fn rows(table: &Table, header: &Header) -> Result<Vec<Row>> {
    match table.tag {
        tags::INSTALLTID => {
            // The one number that rpm stores in the machine's own byte order.
            let id = header.u32(tags::INSTALLTID)?;
            Ok(id.map(|id| (id.to_ne_bytes().to_vec(), 0)).into_iter().collect())
        }
        tags::GROUP => {
            let group = header.string(tags::GROUP)?.unwrap_or(b"Unknown");
            Ok(vec![(group.to_vec(), 0)])
        }
        tag if table.blob => Ok(header.bin(tag)?.map(|b| (b.to_vec(), 0)).into_iter().collect()),
        tag if !table.array => Ok(header.string(tag)?.map(|s| (s.to_vec(), 0)).into_iter().collect()),
        tags::FILETRIGGERNAME => numbered(header, table.tag, tags::FILETRIGGERINDEX),
        tags::TRANSFILETRIGGERNAME => numbered(header, table.tag, tags::TRANSFILETRIGGERINDEX),
        tag => listed(header, tag),
    }
}

fn numbered(header: &Header, tag: u32, index: u32) -> Result<Vec<Row>> {
    let Some(names) = header.strings(tag)? else { return Ok(Vec::new()) };
    let numbers = header.need(index, header.u32s(index)?)?;
    if numbers.len() != names.len() {
        let (found, wanted) = (numbers.len(), names.len());
        return Err(header.defect(HeaderDefect::Count { tag: index, found, wanted }));
    }
    Ok(names.map(<[u8]>::to_vec).zip(numbers).collect())
}

fn listed(header: &Header, tag: u32) -> Result<Vec<Row>> {
    let Some(names) = header.strings(tag)? else { return Ok(Vec::new()) };
    let require_flags = if tag == tags::REQUIRENAME { header.u32s(tags::REQUIREFLAGS)? } else { None };
    let may_be_rich = matches!(
        tag,
        tags::REQUIRENAME
            | tags::CONFLICTNAME
            | tags::RECOMMENDNAME
            | tags::SUGGESTNAME
            | tags::SUPPLEMENTNAME
            | tags::ENHANCENAME
    );
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    for (i, name) in (0u32..).zip(names) {
        let flags = require_flags.as_ref().and_then(|f| f.get(i as usize).copied()).unwrap_or(0);
        if is_transient(flags) || (tag == tags::TRIGGERNAME && !seen.insert(name)) {
            continue;
        }
        rows.push((name.to_vec(), i));
        if may_be_rich && name.starts_with(b"(") {
            rows.extend(rich::names(name).into_iter().map(|inner| (inner, i)));
        }
    }
    Ok(rows)
}

/// Whether a requirement matters only while installing, so that the database need not find it.
fn is_transient(flags: u32) -> bool {
    let passing = sense::SCRIPT_PRE
        | sense::SCRIPT_POST
        | sense::RPMLIB
        | sense::KEYRING
        | sense::PRETRANS
        | sense::POSTTRANS;
    let lasting =
        sense::SCRIPT_PREUN | sense::SCRIPT_POSTUN | sense::PREUNTRANS | sense::POSTUNTRANS | sense::META;
    flags & passing != 0 && flags & lasting == 0
}
