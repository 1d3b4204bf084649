//! Which rules are asked about one nail, and how bad what they find is.

use std::path::Path;
use std::sync::Arc;

use toe_source::Severity;

use crate::configuration::Configuration;
use crate::project::Project;
use crate::rule::{Check, Rule};
use crate::rules::ALL;
use crate::selector::Selector;

/// What a configuration means for one nail.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// As `ALL`: the severity of those that are asked.
    severities: Arc<[Option<Severity>]>,
    project: Arc<Project>,
}

impl Default for RuleSet {
    fn default() -> Self {
        Configuration::default().rules_for(Path::new(""))
    }
}

impl RuleSet {
    pub(crate) fn new(configuration: &Configuration, nail: &Path) -> Self {
        let default = [Selector::Default];
        let select = configuration.select.as_deref().unwrap_or(&default);
        let ignored_here: Vec<&Selector> = configuration
            .per_file_ignores
            .iter()
            .filter(|(files, _)| files.is_match(nail))
            .flat_map(|(_, selectors)| selectors)
            .collect();
        let severity = |rule: &Rule| {
            let named = configuration.severity.iter().filter(|(selector, _)| selector.names(rule));
            named.max_by_key(|(selector, _)| selector.exactness()).map_or(rule.severity, |(_, s)| *s)
        };
        let is_asked = |rule: &Rule| {
            let selected = exactness(select, rule);
            selected > exactness(&configuration.ignore, rule)
                && !ignored_here.iter().any(|selector| selector.names(rule))
        };
        let severities =
            ALL.iter().map(|rule| (is_vital(rule) || is_asked(rule)).then(|| severity(rule))).collect();
        RuleSet { severities, project: Arc::new(configuration.project.clone()) }
    }

    /// Those that are asked, in the order of `ALL`.
    pub(crate) fn asked(&self) -> impl Iterator<Item = &'static Rule> {
        ALL.iter().copied().zip(&*self.severities).filter_map(|(rule, severity)| severity.map(|_| rule))
    }

    /// True when `rule` is asked.
    pub fn asks(&self, rule: &Rule) -> bool {
        self.severity(rule).is_some()
    }

    /// How bad what `rule` finds is; `None` when it is not asked.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let at = ALL.binary_search_by_key(&rule.code, |other| other.code).ok()?;
        self.severities[at]
    }

    /// What the project says of itself.
    pub(crate) fn project(&self) -> Arc<Project> {
        self.project.clone()
    }
}

/// Without these nothing can be said of a nail: what they find is that it cannot be read.
fn is_vital(rule: &Rule) -> bool {
    matches!(rule.check, Check::Syntax(_) | Check::MendedSyntax(..))
}

fn exactness(selectors: &[Selector], rule: &Rule) -> usize {
    selectors.iter().filter(|selector| selector.names(rule)).map(Selector::exactness).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::FileGlob;

    fn selectors(words: &[&str]) -> Vec<Selector> {
        words.iter().map(|word| Selector::parse(word).unwrap()).collect()
    }

    fn asks(configuration: &Configuration, nail: &str, code: &str) -> bool {
        configuration.rules_for(Path::new(nail)).asks(crate::rule_of_word(code).unwrap())
    }

    #[test]
    fn the_most_exact_word_counts() {
        let configuration = Configuration {
            select: Some(selectors(&["TOE4", "TOE503"])),
            ignore: selectors(&["TOE40", "TOE5"]),
            ..Configuration::default()
        };
        assert!(asks(&configuration, "x", "TOE413"));
        assert!(!asks(&configuration, "x", "TOE405"));
        assert!(asks(&configuration, "x", "TOE503"));
        assert!(!asks(&configuration, "x", "TOE108"));
        let both = Configuration {
            select: Some(selectors(&["TOE405"])),
            ignore: selectors(&["insecure-url"]),
            ..Configuration::default()
        };
        assert!(!asks(&both, "x", "TOE405"));
    }

    #[test]
    fn what_cannot_be_read_is_always_told() {
        let none = Configuration { ignore: selectors(&["ALL", "TOE001"]), ..Configuration::default() };
        assert!(asks(&none, "x", "TOE001"));
        assert!(!asks(&none, "x", "TOE405"));
    }

    #[test]
    fn rules_that_are_off_are_asked_when_they_are_named() {
        let with = |select: Option<&[&str]>| Configuration {
            select: select.map(selectors),
            ..Configuration::default()
        };
        assert!(!asks(&with(None), "x", "TOE904"));
        assert!(!asks(&with(Some(&["DEFAULT"])), "x", "TOE904"));
        for word in ["TOE904", "suppression-without-reason", "TOE9", "ALL"] {
            assert!(asks(&with(Some(&[word])), "x", "TOE904"), "{word}");
        }
    }

    #[test]
    fn files_may_ignore_rules() {
        let ignores = vec![(FileGlob::new("old/**").unwrap(), selectors(&["TOE405"]))];
        let configuration = Configuration { per_file_ignores: ignores, ..Configuration::default() };
        assert!(!asks(&configuration, "old/deep/x.nail", "TOE405"));
        assert!(asks(&configuration, "new/x.nail", "TOE405"));
    }

    #[test]
    fn severities_are_those_of_the_project() {
        let severity = vec![
            (Selector::parse("TOE405").unwrap(), Severity::Error),
            (Selector::parse("TOE4").unwrap(), Severity::Info),
        ];
        let rules = Configuration { severity, ..Configuration::default() }.rules_for(Path::new("x"));
        let of = |code: &str| rules.severity(crate::rule_of_word(code).unwrap());
        assert_eq!(of("TOE405"), Some(Severity::Error));
        assert_eq!(of("TOE413"), Some(Severity::Info));
        assert_eq!(of("TOE503"), Some(Severity::Error));
    }
}
