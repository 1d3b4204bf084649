//! What a package says of itself: names, texts, dependencies, scriptlets.

use std::path::Path;

use super::dependency::Dependency;
use super::scriptlet::{Scriptlet, Slot};
use super::{BuildError, Built, Entry, PackageWriter};

/// A package without its files.
#[derive(Debug, Clone)]
pub struct PackageSpec {
    pub(super) name: String,
    pub(super) epoch: Option<u32>,
    pub(super) version: String,
    pub(super) release: String,
    pub(super) arch: String,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) license: String,
    pub(super) group: String,
    pub(super) url: Option<String>,
    pub(super) vendor: Option<String>,
    pub(super) packager: Option<String>,
    pub(super) build_time: u32,
    pub(super) provides: Vec<Dependency>,
    pub(super) requires: Vec<Dependency>,
    pub(super) conflicts: Vec<Dependency>,
    pub(super) obsoletes: Vec<Dependency>,
    pub(super) scriptlets: Vec<(Slot, Scriptlet)>,
}

impl PackageSpec {
    /// A package of this name; its time is 0 (1970), its texts are its name.
    pub fn new(
        name: impl Into<String>,
        version: impl Into<String>,
        release: impl Into<String>,
        arch: impl Into<String>,
    ) -> Self {
        let name = name.into();
        PackageSpec {
            summary: name.clone(),
            description: name.clone(),
            name,
            epoch: None,
            version: version.into(),
            release: release.into(),
            arch: arch.into(),
            license: "Unspecified".to_owned(),
            group: "Unspecified".to_owned(),
            url: None,
            vendor: None,
            packager: None,
            build_time: 0,
            provides: Vec::new(),
            requires: Vec::new(),
            conflicts: Vec::new(),
            obsoletes: Vec::new(),
            scriptlets: Vec::new(),
        }
    }

    /// EPOCH (1003).
    pub fn epoch(mut self, epoch: Option<u32>) -> Self {
        self.epoch = epoch;
        self
    }

    /// SUMMARY (1004), one line.
    pub fn summary(mut self, text: impl Into<String>) -> Self {
        self.summary = text.into();
        self
    }

    /// DESCRIPTION (1005).
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = text.into();
        self
    }

    /// LICENSE (1014), an SPDX expression.
    pub fn license(mut self, text: impl Into<String>) -> Self {
        self.license = text.into();
        self
    }

    /// GROUP (1016).
    pub fn group(mut self, text: impl Into<String>) -> Self {
        self.group = text.into();
        self
    }

    /// URL (1020).
    pub fn url(mut self, text: impl Into<String>) -> Self {
        self.url = Some(text.into());
        self
    }

    /// VENDOR (1011).
    pub fn vendor(mut self, text: impl Into<String>) -> Self {
        self.vendor = Some(text.into());
        self
    }

    /// PACKAGER (1015).
    pub fn packager(mut self, text: impl Into<String>) -> Self {
        self.packager = Some(text.into());
        self
    }

    /// BUILDTIME (1006) in seconds since 1970; no file is newer than this.
    pub fn build_time(mut self, seconds: u32) -> Self {
        self.build_time = seconds;
        self
    }

    /// Adds to what it provides; its own name is always there.
    pub fn provides(mut self, dependency: Dependency) -> Self {
        self.provides.push(dependency);
        self
    }

    /// Adds to what it requires; the rpmlib features and the interpreters of its scriptlets are always there.
    pub fn requires(mut self, dependency: Dependency) -> Self {
        self.requires.push(dependency);
        self
    }

    /// Adds to what it conflicts with.
    pub fn conflicts(mut self, dependency: Dependency) -> Self {
        self.conflicts.push(dependency);
        self
    }

    /// Adds to what it obsoletes.
    pub fn obsoletes(mut self, dependency: Dependency) -> Self {
        self.obsoletes.push(dependency);
        self
    }

    /// Adds a scriptlet with its interpreter, such as `/bin/sh` or `<lua>`; a slot holds the last one given.
    pub fn scriptlet(mut self, slot: Slot, body: impl Into<String>, interpreter: impl Into<String>) -> Self {
        self.scriptlets.retain(|(taken, _)| *taken != slot);
        self.scriptlets.push((slot, Scriptlet { body: body.into(), program: vec![interpreter.into()] }));
        self
    }

    /// `[EPOCH:]VERSION-RELEASE`.
    pub fn evr(&self) -> String {
        match self.epoch {
            Some(epoch) => format!("{epoch}:{}-{}", self.version, self.release),
            None => format!("{}-{}", self.version, self.release),
        }
    }

    /// `NAME-VERSION-RELEASE.ARCH.rpm`, the name rpmbuild gives (an epoch is not in it).
    pub fn file_name(&self) -> String {
        format!("{}-{}-{}.{}.rpm", self.name, self.version, self.release, self.arch)
    }

    /// Writes the package into the directory `dir` under its own file name.
    pub fn build_into<'a>(
        self,
        dir: &Path,
        entries: impl IntoIterator<Item = Entry<'a>>,
    ) -> Result<Built, BuildError> {
        let out = dir.join(self.file_name());
        let mut writer = PackageWriter::new(self);
        for entry in entries {
            writer.add(entry);
        }
        writer.finish(&out)
    }

    pub(super) fn check(&self) -> Result<(), BuildError> {
        label("name", &self.name, "-")?;
        label("version", &self.version, "")?;
        label("release", &self.release, "")?;
        label("architecture", &self.arch, "")
    }
}

fn label(what: &'static str, value: &str, also: &str) -> Result<(), BuildError> {
    let wrong = |why| Err(BuildError::Name { what, value: value.to_owned(), why });
    if value.is_empty() {
        return wrong("is empty");
    }
    if !value.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
        return wrong("does not begin with a letter or digit");
    }
    if value.len() > 200 {
        return wrong("is longer than 200 bytes");
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._+~^".contains(c) || also.contains(c);
    if !value.chars().all(allowed) {
        return wrong("has a character that package names cannot have");
    }
    Ok(())
}
