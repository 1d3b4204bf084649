//! ## What
//! A body, such as the braces of a function, with no command in it.
//!
//! ## Why
//! bash refuses it. Write `:` where nothing is to be done.
//!
//! ## Bad
//! ```nail
//! web() { }
//!         ^
//! ```
//!
//! ## Good
//! ```nail
//! web() { :; }
//! web
//! ```

use toe_source::Severity;
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE017",
    name: "empty-body",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("empty_body.rs"),
    check: Check::Syntax(wants),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::EmptyList { .. })
}
