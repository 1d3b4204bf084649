//! ## What
//! A byte that is no part of UTF-8 text.
//!
//! ## Why
//! Words end up in package headers, in /etc/passwd and in the plan, all of which are UTF-8.
//!
//! ## Bad
//! ```nail
//! Gecos web J⟨FC⟩rgen
//!            ^
//! ```
//!
//! ## Good
//! ```nail
//! Gecos web Jürgen
//! ```

use toe_source::Severity;
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE006",
    name: "invalid-utf8",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("invalid_utf8.rs"),
    check: Check::Syntax(wants),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::InvalidUtf8 { .. })
}
