//! Words that name rules: a code, a name, the beginning of codes, `DEFAULT` or `ALL`.

use std::fmt;

use crate::rule::Rule;
use crate::rules::ALL;
use crate::word_text::{nearest, only_nearest};

/// Rules, as `select` and its kin name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// `ALL`: every rule.
    All,
    /// `DEFAULT`: those that are asked when nothing is said.
    Default,
    /// The beginning of at least one code, such as `TOE4`.
    Prefix(String),
    /// One rule, by its code.
    Rule(&'static str),
}

/// A word that names no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule {
    /// The code or name that is nearest to the word, when one is near.
    pub near: Option<&'static str>,
}

impl UnknownRule {
    /// What to write instead.
    pub fn help(&self) -> String {
        match self.near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`toe explain` lists the rules".to_owned(),
        }
    }
}

impl Selector {
    /// Reads a word; capitals do not matter.
    pub fn parse(word: &str) -> Result<Selector, UnknownRule> {
        let upper = word.to_ascii_uppercase();
        if let Some(rule) = crate::rule_of_word(word) {
            return Ok(Selector::Rule(rule.code));
        }
        match upper.as_str() {
            "ALL" => Ok(Selector::All),
            "DEFAULT" => Ok(Selector::Default),
            prefix if prefix.starts_with("TOE") && ALL.iter().any(|rule| rule.code.starts_with(prefix)) => {
                Ok(Selector::Prefix(upper))
            }
            _ => Err(UnknownRule { near: nearest_rule(word) }),
        }
    }

    /// True for a rule that it names.
    pub fn names(&self, rule: &Rule) -> bool {
        match self {
            Selector::All => true,
            Selector::Default => rule.by_default,
            Selector::Prefix(prefix) => rule.code.starts_with(prefix.as_str()),
            Selector::Rule(code) => rule.code == *code,
        }
    }

    /// The rules that it names, by code.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        ALL.iter().copied().filter(|rule| self.names(rule))
    }

    /// How exactly it names a rule: of several that name it, the most exact one counts.
    pub(crate) fn exactness(&self) -> usize {
        match self {
            Selector::All | Selector::Default => 1,
            Selector::Prefix(prefix) => 1 + prefix.len(),
            Selector::Rule(_) => usize::MAX,
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Selector::All => "ALL",
            Selector::Default => "DEFAULT",
            Selector::Prefix(prefix) => prefix,
            Selector::Rule(code) => code,
        })
    }
}

/// The code or name that was probably meant by `word`.
pub(crate) fn nearest_rule(word: &str) -> Option<&'static str> {
    nearest(word, words_like(word))
}

/// The same, when no other one is as near.
pub(crate) fn only_nearest_rule(word: &str) -> Option<&'static str> {
    only_nearest(word, words_like(word))
}

/// The codes for what looks like a code, else the names.
fn words_like(word: &str) -> impl Iterator<Item = &'static str> {
    let is_code = word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("TO"));
    ALL.iter().map(move |rule| if is_code { rule.code } else { rule.name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_names_and_beginnings() {
        assert_eq!(Selector::parse("toe405"), Ok(Selector::Rule("TOE405")));
        assert_eq!(Selector::parse("insecure-url"), Ok(Selector::Rule("TOE405")));
        assert_eq!(Selector::parse("toe4"), Ok(Selector::Prefix("TOE4".into())));
        assert_eq!(Selector::parse("all"), Ok(Selector::All));
        assert_eq!(Selector::parse("default"), Ok(Selector::Default));
        assert_eq!(Selector::parse("insecure-ulr"), Err(UnknownRule { near: Some("insecure-url") }));
        assert_eq!(Selector::parse("TOE4055"), Err(UnknownRule { near: Some("TOE405") }));
        assert_eq!(Selector::parse("TOE77777"), Err(UnknownRule { near: None }));
        assert_eq!(Selector::parse(""), Err(UnknownRule { near: None }));
    }
}
