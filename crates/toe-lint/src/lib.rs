//! Rules about nails.
//!
//! [`lint`] asks every rule about one nail. A rule is a file below `rules/`, whose head is its page
//! ([`Rule::page`]); [`rules`] lists them. What a run requires before anything is processed is in
//! [`required`]. Nothing here prints or reads a file: the outside is a [`toe_eval::Host`].

mod foot;
mod linter;
mod nail_view;
mod outline;
mod page;
mod reads;
mod required;
mod rule;
mod rules;
mod steps;
mod suppression;
mod word_text;

pub use linter::{Report, lint};
pub use page::{HEADINGS, severity_name};
pub use required::required;
pub use rule::{Check, Finding, Findings, Rule};

/// All rules, by code.
pub fn rules() -> &'static [&'static Rule] {
    rules::ALL
}

/// The rule that `code` names.
pub fn rule_of_code(code: &str) -> Option<&'static Rule> {
    rules::ALL.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code))
}
