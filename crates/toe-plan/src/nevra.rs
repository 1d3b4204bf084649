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
        let labels = [
            self.name.clone(),
            format!("{}-{}", self.name, self.version),
            format!("{}-{}-{}", self.name, self.version, self.release),
        ];
        labels.iter().any(|label| {
            pattern == label
                || self.arch.as_deref().is_some_and(|arch| {
                    pattern.strip_suffix(arch).and_then(|p| p.strip_suffix('.')) == Some(label)
                })
        })
    }

    /// The package that a file name of the form `NAME-VERSION-RELEASE.ARCH.rpm` stands for; what a
    /// plan knows of a package before it is fetched. The epoch is not in file names.
    pub fn from_file_name(file_name: &str) -> Option<Self> {
        let stem = file_name.strip_suffix(".rpm")?;
        let (rest, arch) = stem.rsplit_once('.')?;
        let (rest, release) = rest.rsplit_once('-')?;
        let (name, version) = rest.rsplit_once('-')?;
        let whole = !name.is_empty() && !version.is_empty() && !release.is_empty() && !arch.is_empty();
        whole.then(|| Nevra {
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
        assert_eq!(Nevra::from_file_name("x.rpm"), None);
    }
}
