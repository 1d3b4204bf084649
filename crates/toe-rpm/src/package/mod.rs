//! Package files: lead, signature header, header. The payload stays where it is.

mod feature;
mod label;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

pub use label::PackageLabel;

use crate::dependency::{Dependency, Relation, dependencies};
use crate::error::{Error, Result, shown};
use crate::files::FileTable;
use crate::header::{Header, Kind, read_exact};
use crate::scriptlet::Scriptlets;
use crate::tags;

/// Bytes of the lead.
const LEAD: u64 = 96;

/// A package as its headers tell it. Nothing is verified yet but the shape: see
/// [`crate::verify`].
#[derive(Debug, Clone)]
pub struct Package {
    label: PackageLabel,
    signature: Header,
    header: Header,
    payload_offset: u64,
}

impl Package {
    /// Reads the headers of the package file at `path`.
    pub fn open(path: &Path) -> Result<Self> {
        let name = shown(path.as_os_str().as_encoded_bytes());
        let file = File::open(path).map_err(|source| Error::Read { name: name.clone(), source })?;
        Package::read(&mut BufReader::new(file), &name)
    }

    /// Reads the headers of a package from its beginning; `from` is then at the payload when it does not
    /// buffer. `name` is what errors call the package. Refused with an error of their own: files that are
    /// no packages, source packages, delta packages, packages of rpm 3, unknown `rpmlib()` features.
    pub fn read(from: &mut impl Read, name: &str) -> Result<Self> {
        read_lead(from, name)?;
        let signature = Header::read(from, Kind::Signature, name)?;
        let signature_len = signature.raw().len() as u64 + 8;
        let mut padding = [0; 7];
        let pad = (8 - (signature.raw().len() % 8)) % 8;
        if let Some(padding) = padding.get_mut(..pad) {
            read_exact(from, padding, "signature header", name)?;
        }
        let header = Header::read(from, Kind::Main, name)?;
        let header_len = header.raw().len() as u64 + 8;
        refuse_other_kinds(&header, name)?;
        feature::check(&header, name)?;
        let label = PackageLabel::of(&header)?;
        let payload_offset = LEAD + signature_len + pad as u64 + header_len;
        Ok(Package { label, signature, header, payload_offset })
    }

    /// What errors call this package.
    pub fn name(&self) -> &str {
        self.header.name()
    }

    /// Name, epoch, version, release, architecture.
    pub fn label(&self) -> &PackageLabel {
        &self.label
    }

    /// The main header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The signature header.
    pub fn signature(&self) -> &Header {
        &self.signature
    }

    /// Where the payload begins in the file, in bytes.
    pub fn payload_offset(&self) -> u64 {
        self.payload_offset
    }

    /// Where the main header begins in the file, in bytes: what MD5 (1004), SIZE (1000) and version 3
    /// signatures cover goes from here to the end of the file.
    pub fn header_offset(&self) -> u64 {
        self.payload_offset - self.header.raw().len() as u64 - 8
    }

    /// The files, checked.
    pub fn files(&self) -> Result<FileTable> {
        FileTable::read(&self.header)
    }

    /// Scriptlets and triggers.
    pub fn scriptlets(&self) -> Result<Scriptlets> {
        Scriptlets::read(&self.header)
    }

    /// Dependencies of one kind, in header order.
    pub fn dependencies(&self, relation: Relation) -> Result<Vec<Dependency>> {
        dependencies(&self.header, relation)
    }

    /// Installed size in bytes, SIZE (1009) or LONGSIZE (5009).
    pub fn installed_size(&self) -> Result<u64> {
        match self.header.u64(tags::LONGSIZE)? {
            Some(size) => Ok(size),
            None => Ok(self.header.u32(tags::SIZE)?.map_or(0, u64::from)),
        }
    }

    /// BUILDTIME (1006), seconds since 1970.
    pub fn build_time(&self) -> Result<Option<u32>> {
        self.header.u32(tags::BUILDTIME)
    }
}

fn read_lead(from: &mut impl Read, name: &str) -> Result<()> {
    let mut lead = Vec::new();
    from.take(LEAD).read_to_end(&mut lead).map_err(|source| Error::Read { name: name.to_owned(), source })?;
    let not = |reason: &str| Error::NotAPackage { name: name.to_owned(), reason: reason.to_owned() };
    let magic = [0xed, 0xab, 0xee, 0xdb];
    if lead.is_empty() {
        return Err(not("it is empty"));
    }
    if lead.starts_with(b"drpm") {
        return Err(Error::Unsupported { name: name.to_owned(), what: "a delta package".into() });
    }
    if lead.get(..4.min(lead.len())) != magic.get(..4.min(lead.len())) {
        let text = lead.trim_ascii_start();
        return Err(not(if text.starts_with(b"<") {
            "it begins like a page of HTML or XML"
        } else {
            "the magic bytes are not there"
        }));
    }
    if lead.len() as u64 != LEAD {
        return Err(Error::Truncated { name: name.to_owned(), part: "lead" });
    }
    if lead.get(78..80) != Some(&[0, 5]) {
        return Err(Error::Unsupported { name: name.to_owned(), what: "a package of rpm 3 or older".into() });
    }
    Ok(())
}

fn refuse_other_kinds(header: &Header, name: &str) -> Result<()> {
    let refuse = |what: String| Err(Error::Unsupported { name: name.to_owned(), what });
    if header.has(tags::SOURCEPACKAGE) || !header.has(tags::SOURCERPM) {
        return refuse("a source package".into());
    }
    match header.string(tags::PAYLOADFORMAT)? {
        None | Some(b"cpio") => {}
        Some(b"drpm") => return refuse("a delta package".into()),
        Some(other) => return refuse(format!("a package with a payload of format {}", shown(other))),
    }
    if header.has(tags::OLDFILENAMES) && !header.has(tags::BASENAMES) {
        return refuse("a package of rpm 3 or older (whole paths in its file list)".into());
    }
    if let Some(format) = header.u32(tags::RPMFORMAT)?
        && format > 6
    {
        return refuse(format!("a package of format {format}, which is newer than this program"));
    }
    Ok(())
}
