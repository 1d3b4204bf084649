//! The environment of a program in the sandbox: built from nothing.

use std::collections::BTreeMap;

/// rpm's `%_install_script_path`.
const PATH: &str = "/sbin:/bin:/usr/sbin:/usr/bin:/usr/X11R6/bin";

/// Variables by name. Nothing of the caller's environment gets in by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment(BTreeMap<String, String>);

impl Default for Environment {
    /// PATH as rpm sets it, HOME=/root, LANG=C (a SOCK need not have any other locale, and perl
    /// complains about those it lacks), TERM=dumb, and SYSTEMD_OFFLINE=1, by which systemd's
    /// tools know that no manager runs.
    fn default() -> Self {
        let fixed =
            [("PATH", PATH), ("HOME", "/root"), ("LANG", "C"), ("TERM", "dumb"), ("SYSTEMD_OFFLINE", "1")];
        Environment(fixed.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}

impl Environment {
    /// Adds or replaces a variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Sets SOURCE_DATE_EPOCH, in seconds, for programs that write times.
    #[must_use]
    pub fn with_source_date(self, seconds: i64) -> Self {
        self.with("SOURCE_DATE_EPOCH", seconds.to_string())
    }

    /// Names and values, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}
