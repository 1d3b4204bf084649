//! The full name of a package.

/// Name, epoch, version, release and architecture of a package.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Nevra {
    /// RPMTAG_NAME (1000).
    pub name: String,
    /// RPMTAG_EPOCH (1003); absent means 0 when compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<u32>,
    /// RPMTAG_VERSION (1001).
    pub version: String,
    /// RPMTAG_RELEASE (1002).
    pub release: String,
    /// RPMTAG_ARCH (1022); absent in gpg-pubkey records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arch: Option<String>,
}

impl Nevra {
    /// True when `pattern` names this package as rpm -q takes it: name, name-version,
    /// name-version-release, each with or without `.arch`.
    pub fn is_named(&self, pattern: &str) -> bool {
        let Nevra { name, version, release, arch, .. } = self;
        is_named(name, version, release, arch.as_deref(), pattern)
    }

    /// The package that a file name of the form `NAME-VERSION-RELEASE.ARCH.rpm` stands for; what a
    /// plan knows of a package before it is fetched. The epoch is not in file names.
    pub fn from_file_name(file_name: &str) -> Option<Self> {
        let PackageFile { name, version, release, arch } = PackageFile::parse(file_name)?;
        Some(Nevra {
            name: name.to_owned(),
            epoch: None,
            version: version.to_owned(),
            release: release.to_owned(),
            arch: Some(arch.to_owned()),
        })
    }

    /// `[EPOCH:]VERSION-RELEASE`.
    pub fn evr(&self) -> String {
        match self.epoch {
            Some(epoch) => format!("{epoch}:{}-{}", self.version, self.release),
            None => format!("{}-{}", self.version, self.release),
        }
    }
}

/// A file name of the form `NAME-VERSION-RELEASE.ARCH.rpm`, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PackageFile<'n> {
    /// Name of the package.
    pub name: &'n str,
    /// Its version.
    pub version: &'n str,
    /// Its release.
    pub release: &'n str,
    /// Its architecture.
    pub arch: &'n str,
}

impl<'n> PackageFile<'n> {
    /// Takes `file_name` apart; `None` when it has another form.
    pub fn parse(file_name: &'n str) -> Option<Self> {
        let stem = file_name.strip_suffix(".rpm")?;
        let (rest, arch) = stem.rsplit_once('.')?;
        let (rest, release) = rest.rsplit_once('-')?;
        let (name, version) = rest.rsplit_once('-')?;
        let whole = !name.is_empty() && !version.is_empty() && !release.is_empty() && !arch.is_empty();
        whole.then_some(PackageFile { name, version, release, arch })
    }

    /// `VERSION-RELEASE`.
    pub fn version_release(&self) -> String {
        format!("{}-{}", self.version, self.release)
    }

    /// As [`Nevra::is_named`].
    pub fn is_named(&self, pattern: &str) -> bool {
        is_named(self.name, self.version, self.release, Some(self.arch), pattern)
    }
}

fn is_named(name: &str, version: &str, release: &str, arch: Option<&str>, pattern: &str) -> bool {
    let is_end =
        |rest: &str| rest.is_empty() || rest.strip_prefix('.').is_some_and(|rest| arch == Some(rest));
    let Some(rest) = pattern.strip_prefix(name) else { return false };
    if is_end(rest) {
        return true;
    }
    let Some(rest) = behind_dash(rest, version) else { return false };
    is_end(rest) || behind_dash(rest, release).is_some_and(is_end)
}

/// What comes behind `-` and `part`.
fn behind_dash<'t>(text: &'t str, part: &str) -> Option<&'t str> {
    text.strip_prefix('-')?.strip_prefix(part)
}

impl std::fmt::Display for Nevra {
    /// `NAME-[EPOCH:]VERSION-RELEASE[.ARCH]`, as rpm prints it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.name, self.evr())?;
        match &self.arch {
            Some(arch) => write!(f, ".{arch}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let n = Nevra::from_file_name("gcc-c++-4.4.7-3.el6.x86_64.rpm").unwrap();
        assert_eq!((n.name.as_str(), n.version.as_str(), n.release.as_str()), ("gcc-c++", "4.4.7", "3.el6"));
        assert!(
            n.is_named("gcc-c++") && n.is_named("gcc-c++-4.4.7-3.el6.x86_64") && n.is_named("gcc-c++.x86_64")
        );
        assert!(!n.is_named("gcc") && !n.is_named("gcc-c++.i686"));
        assert!(n.is_named("gcc-c++-4.4.7") && n.is_named("gcc-c++-4.4.7.x86_64"));
        assert!(n.is_named("gcc-c++-4.4.7-3.el6"));
        for other in
            ["gcc-c++-", "gcc-c++-4.4", "gcc-c++-4.4.7-3", "gcc-c++.", "gcc-c++-4.4.7-3.el6.i686", ""]
        {
            assert!(!n.is_named(other), "{other}");
        }
        let source = Nevra { arch: None, ..n };
        assert!(source.is_named("gcc-c++-4.4.7-3.el6") && !source.is_named("gcc-c++."));
        assert_eq!(Nevra::from_file_name("x.rpm"), None);
    }
}
