//! What a project wants of the rules.

use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};
use toe_source::Severity;

use crate::linter::Report;
use crate::project::Project;
use crate::rule_set::RuleSet;
use crate::selector::Selector;

/// The choices of a `toe.toml`, of the command line, or of both.
#[derive(Debug, Clone, Default)]
pub struct Configuration {
    /// The rules that are asked; without it those that say so themselves.
    pub select: Option<Vec<Selector>>,
    /// Rules that are not asked though they are selected, unless they are selected more exactly.
    pub ignore: Vec<Selector>,
    /// Rules that are not asked about some files.
    pub per_file_ignores: Vec<(FileGlob, Vec<Selector>)>,
    /// How bad the findings of some rules are, other than the rules say.
    pub severity: Vec<(Selector, Severity)>,
    /// The findings that make a lint fail.
    pub fail_on: Option<FailOn>,
    /// What the project says of itself.
    pub project: Project,
}

impl Configuration {
    /// The rules for `nail`, a path from the directory that the configuration is for.
    pub fn rules_for(&self, nail: &Path) -> RuleSet {
        RuleSet::new(self, nail)
    }
}

/// The findings that make a lint fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// As bad as this, or worse.
    AtLeast(Severity),
    /// None.
    Never,
}

impl FailOn {
    /// What makes a lint fail when nobody says otherwise.
    pub const DEFAULT: FailOn = FailOn::AtLeast(Severity::Warning);

    /// True when `report` has a finding that makes the lint fail.
    pub fn is_met_by(self, report: &Report) -> bool {
        match self {
            FailOn::AtLeast(severity) => report.has(severity),
            FailOn::Never => false,
        }
    }
}

/// A pattern for paths.
#[derive(Debug, Clone)]
pub struct FileGlob {
    pattern: String,
    matcher: GlobMatcher,
}

impl FileGlob {
    /// Reads a pattern: `*` and `?` stop at `/`, `**` does not; one without `/` is for the last name of a path.
    pub fn new(pattern: &str) -> Result<FileGlob, globset::Error> {
        let anywhere = if pattern.contains('/') { String::new() } else { "**/".to_owned() };
        let text = format!("{anywhere}{}", pattern.trim_start_matches("./"));
        let matcher = GlobBuilder::new(&text).literal_separator(true).build()?.compile_matcher();
        Ok(FileGlob { pattern: pattern.to_owned(), matcher })
    }

    /// As it was written.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// True for a path that it stands for.
    pub fn is_match(&self, path: &Path) -> bool {
        self.matcher.is_match(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_paths() {
        let is_match = |pattern: &str, path: &str| FileGlob::new(pattern).unwrap().is_match(Path::new(path));
        assert!(is_match("*.foot", "a/b/web.foot"));
        assert!(is_match("a/*.foot", "a/web.foot"));
        assert!(!is_match("a/*.foot", "a/b/web.foot"));
        assert!(!is_match("a/*.foot", "x/a/web.foot"));
        assert!(is_match("./a/**", "a/b/web.foot"));
        assert!(FileGlob::new("a{").is_err());
    }
}
