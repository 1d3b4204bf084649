//! Questions to the database.

use rusqlite::types::{ToSqlOutput, ValueRef};

use super::{Database, failed, record_name};
use crate::error::{Error, Result};
use crate::header::{Header, Kind};
use crate::package::PackageLabel;
use crate::tags;

/// A record of the database.
#[derive(Debug, Clone)]
pub struct Installed {
    /// Its number.
    pub hnum: u32,
    /// Name, epoch, version, release, architecture.
    pub label: PackageLabel,
    /// The header, with the entries that the installation added.
    pub header: Header,
}

impl Database {
    /// All packages, by record number; `gpg-pubkey` records are left out.
    pub fn packages(&self) -> Result<Vec<Installed>> {
        let mut all = self.records()?;
        all.retain(|i| i.label.name != "gpg-pubkey");
        Ok(all)
    }

    /// All `gpg-pubkey` records, by record number.
    pub fn keys(&self) -> Result<Vec<Installed>> {
        self.by_name("gpg-pubkey")
    }

    /// Records of this name, by record number.
    pub fn by_name(&self, name: &str) -> Result<Vec<Installed>> {
        let found = self.positions("Name", name.as_bytes())?;
        found.into_iter().map(|(hnum, _)| self.record(hnum)).collect()
    }

    /// Record numbers and positions in PROVIDENAME of what provides `capability`, whatever the version.
    pub fn providers(&self, capability: &str) -> Result<Vec<(u32, u32)>> {
        self.positions("Providename", capability.as_bytes())
    }

    /// Record numbers and positions in REQUIRENAME of what requires `capability`, whatever the version.
    pub fn requirers(&self, capability: &str) -> Result<Vec<(u32, u32)>> {
        self.positions("Requirename", capability.as_bytes())
    }

    /// Record numbers and file positions of the packages that own `path`, an absolute path. Links on
    /// the way are not followed.
    pub fn owners(&self, path: &[u8]) -> Result<Vec<(u32, u32)>> {
        let split = path.iter().rposition(|b| *b == b'/').map_or(0, |at| at + 1);
        let (directory, name) = path.split_at(split);
        let mut owners = Vec::new();
        for (hnum, position) in self.positions("Basenames", name)? {
            let header = self.header(hnum)?;
            let indexes = header.need(tags::DIRINDEXES, header.u32s(tags::DIRINDEXES)?)?;
            let index = indexes.get(position as usize).copied();
            let found = match (index, header.strings(tags::DIRNAMES)?) {
                (Some(index), Some(mut names)) => names.nth(index as usize),
                _ => None,
            };
            if found == Some(directory) {
                owners.push((hnum, position));
            }
        }
        Ok(owners)
    }

    /// The record of this number.
    pub fn record(&self, hnum: u32) -> Result<Installed> {
        let header = self.header(hnum)?;
        Ok(Installed { hnum, label: PackageLabel::of(&header)?, header })
    }

    fn records(&self) -> Result<Vec<Installed>> {
        let reading = |e| failed("reading", e);
        let mut select =
            self.connection.prepare("SELECT hnum, blob FROM Packages ORDER BY hnum").map_err(reading)?;
        let mut rows = select.query([]).map_err(reading)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(reading)? {
            let hnum = row.get(0).map_err(reading)?;
            let header = Header::parse(row.get(1).map_err(reading)?, Kind::Database, &record_name(hnum))?;
            all.push(Installed { hnum, label: PackageLabel::of(&header)?, header });
        }
        Ok(all)
    }

    /// Record numbers and positions of `key` in an index table, by record number.
    fn positions(&self, table: &'static str, key: &[u8]) -> Result<Vec<(u32, u32)>> {
        let reading = |e| failed("reading", e);
        let sql = format!("SELECT hnum, idx FROM '{table}' WHERE key = ?1 ORDER BY hnum, idx");
        let mut select = self.connection.prepare_cached(&sql).map_err(reading)?;
        let rows = select
            .query_map([ToSqlOutput::Borrowed(ValueRef::Text(key))], |r| Ok((r.get(0)?, r.get(1)?)))
            .map_err(reading)?;
        rows.collect::<std::result::Result<_, _>>()
            .map_err(|e| Error::Database { doing: "reading", source: e })
    }
}
