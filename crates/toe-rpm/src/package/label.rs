//! What identifies a package.

use std::fmt;

use crate::error::{Error, Result, shown};
use crate::header::Header;
use crate::tags;

/// NAME (1000), EPOCH (1003), VERSION (1001), RELEASE (1002), ARCH (1022).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PackageLabel {
    /// Name.
    pub name: String,
    /// Epoch, when there is one.
    pub epoch: Option<u32>,
    /// Version.
    pub version: String,
    /// Release.
    pub release: String,
    /// Architecture; `None` for gpg-pubkey records.
    pub arch: Option<String>,
}

impl PackageLabel {
    /// Reads the label. Empty parts, white space, control characters and slashes are refused, as the
    /// parts end up in messages, file names and databases.
    pub fn of(header: &Header) -> Result<Self> {
        let part = |tag, what: &'static str| -> Result<Option<String>> {
            let Some(bytes) = header.string(tag)? else { return Ok(None) };
            let wrong = || Error::value(header.name(), what, format!("`{}`", shown(bytes)));
            let text = std::str::from_utf8(bytes).map_err(|_| wrong())?;
            let odd = |c: char| c.is_control() || c.is_whitespace() || c == '/';
            if text.is_empty() || text.len() > 255 || text.contains(odd) {
                return Err(wrong());
            }
            Ok(Some(text.to_owned()))
        };
        Ok(PackageLabel {
            name: header.need(tags::NAME, part(tags::NAME, "name")?)?,
            epoch: header.u32(tags::EPOCH)?,
            version: header.need(tags::VERSION, part(tags::VERSION, "version")?)?,
            release: header.need(tags::RELEASE, part(tags::RELEASE, "release")?)?,
            arch: part(tags::ARCH, "architecture")?,
        })
    }

    /// `[EPOCH:]VERSION-RELEASE`.
    pub fn evr(&self) -> String {
        let epoch = self.epoch.map(|e| format!("{e}:")).unwrap_or_default();
        format!("{epoch}{}-{}", self.version, self.release)
    }
}

/// `NAME-[EPOCH:]VERSION-RELEASE[.ARCH]`.
impl fmt::Display for PackageLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.name, self.evr())?;
        self.arch.as_ref().map_or(Ok(()), |arch| write!(f, ".{arch}"))
    }
}
