//! ## What
//! An expansion within `${ }` where the name of a variable belongs, as in `${${NAME}%.rpm}`.
//!
//! ## Why
//! bash calls it a bad substitution. Each step needs a variable of its own.
//!
//! ## Bad
//! ```nail
//! FILE=web-1.2.rpm
//! log "${${FILE%.rpm}#web-}"
//!      ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! FILE=web-1.2.rpm
//! NAME=${FILE%.rpm}
//! log "${NAME#web-}"
//! ```

use toe_source::Severity;
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE117",
    name: "nested-expansion-invalid",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("nested_expansion_invalid.rs"),
    check: Check::Syntax(wants),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::NestedExpansion { .. })
}
