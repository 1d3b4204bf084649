//! yum's and dnf's configuration: `yum.conf` and `.repo` files (yum.conf(5), dnf.conf(5)).

mod error;
mod ini;
mod load;
mod policy;
mod variables;

use toe_source::{SourceMap, Span};

pub use error::YumConfError;
pub use policy::GpgPolicy;
pub use variables::YumVariables;

/// The sections of a configuration with all its files.
#[derive(Debug, Clone, Default)]
pub struct YumConf {
    /// The files that were read, for reports; the spans of settings point into them.
    pub sources: SourceMap,
    /// `[main]`, when there is one.
    pub main: Option<RepoSection>,
    /// The repositories in the order of reading, each id once.
    pub repositories: Vec<RepoSection>,
}

/// One section: `[id]` and its settings, variables replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepoSection {
    /// What stands between the brackets.
    pub id: String,
    /// The place of the id.
    pub span: Span,
    settings: Vec<Setting>,
}

/// One setting of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The word before `=`.
    pub key: String,
    /// What stands after `=`, lines joined by newlines, variables replaced.
    pub value: String,
    /// The place of the value's first line; of the key when the value is empty.
    pub span: Span,
}

impl RepoSection {
    fn new(id: String, span: Span) -> Self {
        RepoSection { id, span, settings: Vec::new() }
    }

    /// The last setting of this key.
    pub fn setting(&self, key: &str) -> Option<&Setting> {
        self.settings.iter().rev().find(|s| s.key == key)
    }

    /// The value of this key, unless it is empty.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.setting(key).map(|s| s.value.as_str()).filter(|v| !v.is_empty())
    }

    /// The words of this key: lists are parted by blanks, commas and line ends.
    pub fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        let parts = self.value(key).unwrap_or_default().split(|c: char| c.is_whitespace() || c == ',');
        parts.filter(|word| !word.is_empty())
    }

    /// `name`, for people; the id when there is none.
    pub fn name(&self) -> &str {
        self.value("name").unwrap_or(&self.id)
    }

    /// `baseurl`: each is a directory that holds `repodata`.
    pub fn base_urls(&self) -> Vec<&str> {
        self.list("baseurl").collect()
    }

    /// `gpgkey`: where the keys of its packages are.
    pub fn gpg_keys(&self) -> Vec<&str> {
        self.list("gpgkey").collect()
    }

    /// `mirrorlist`: the URL of a list of base URLs.
    pub fn mirrorlist(&self) -> Option<&str> {
        self.value("mirrorlist")
    }

    /// `metalink`: the URL of a list of base URLs with digests.
    pub fn metalink(&self) -> Option<&str> {
        self.value("metalink")
    }

    /// `proxy` of this section; `_none_` and an empty value mean none.
    pub fn proxy(&self) -> Option<&str> {
        self.value("proxy").filter(|v| *v != "_none_")
    }
}

impl YumConf {
    /// The repository of this id.
    pub fn repository(&self, id: &str) -> Option<&RepoSection> {
        self.repositories.iter().find(|r| r.id == id)
    }

    /// `enabled` of a repository; true when it says nothing.
    ///
    /// # Errors
    /// The value is neither true nor false.
    pub fn enabled(&self, repository: &RepoSection) -> Result<bool, YumConfError> {
        self.boolean(repository, "enabled").map(|v| v.unwrap_or(true))
    }

    /// `gpgcheck` of a repository, else of `[main]`, else false, as yum and dnf have it.
    ///
    /// # Errors
    /// The value is neither true nor false.
    pub fn gpgcheck(&self, repository: &RepoSection) -> Result<bool, YumConfError> {
        self.inherited_boolean(repository, "gpgcheck").map(|v| v.unwrap_or(false))
    }

    /// `sslverify` of a repository, else of `[main]`, else true.
    ///
    /// # Errors
    /// The value is neither true nor false.
    pub fn sslverify(&self, repository: &RepoSection) -> Result<bool, YumConfError> {
        self.inherited_boolean(repository, "sslverify").map(|v| v.unwrap_or(true))
    }

    fn inherited_boolean(&self, section: &RepoSection, key: &str) -> Result<Option<bool>, YumConfError> {
        match (self.boolean(section, key)?, &self.main) {
            (None, Some(main)) => self.boolean(main, key),
            (own, _) => Ok(own),
        }
    }

    fn boolean(&self, section: &RepoSection, key: &str) -> Result<Option<bool>, YumConfError> {
        let Some(setting) = section.setting(key) else { return Ok(None) };
        match setting.value.to_ascii_lowercase().as_str() {
            "1" | "yes" | "true" | "on" => Ok(Some(true)),
            "0" | "no" | "false" | "off" => Ok(Some(false)),
            _ => Err(YumConfError::NotBoolean {
                place: error::place(&self.sources, setting.span),
                key: key.to_owned(),
                value: setting.value.escape_debug().to_string(),
            }),
        }
    }
}
