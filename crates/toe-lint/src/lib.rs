//! Rules about nails.
//!
//! [`lint`] asks rules about one nail: those that a [`Configuration`] names, or all that say so themselves. A
//! rule is a file below `rules/`, whose head is its page ([`Rule::page`]); [`rules`] lists them. What a run
//! requires before anything is processed is in [`required`]. Nothing here prints or reads a file: the outside
//! is a [`toe_eval::Host`].

mod commands;
mod configuration;
mod configuration_text;
mod edits;
mod fixed_values;
mod fixing;
mod flow;
mod foot;
mod graph;
mod linter;
mod nail_view;
mod outline;
mod overlay;
mod packages;
mod page;
mod project;
mod quoting;
mod reads;
mod refused_step;
mod required;
mod rule;
mod rule_set;
mod rules;
mod selector;
mod shellcheck_codes;
mod single_test;
mod status;
mod steps;
mod suppression;
mod suppression_comment;
mod system_directories;
mod word_text;

pub use configuration::{Configuration, FailOn, FileGlob};
pub use configuration_text::ConfigurationError;
pub use fixing::{Mended, mend, own_fix};
pub use linter::{Report, lint, lint_evaluated, lint_with_packages};
pub use packages::{PackageFacts, PackagedFile, Packages};
pub use page::{HEADINGS, fix_name, severity_name};
pub use project::Project;
pub use required::required;
pub use rule::{Check, Finding, Findings, Rule};
pub use rule_set::RuleSet;
pub use selector::{Selector, UnknownRule};
pub use suppression::Suppressed;

/// All rules, by code.
pub fn rules() -> &'static [&'static Rule] {
    rules::ALL
}

/// The rule with that code or name; capitals do not matter.
pub fn rule_of_word(word: &str) -> Option<&'static Rule> {
    let is_meant =
        |rule: &&Rule| rule.code.eq_ignore_ascii_case(word) || rule.name.eq_ignore_ascii_case(word);
    rules::ALL.iter().copied().find(is_meant)
}
