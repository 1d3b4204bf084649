//! ## What
//! Commands, substitutions or expansions that stand more than 256 deep in each other.
//!
//! ## Why
//! There is a limit, so that no text takes all memory. No nail that was written by hand comes near it.
//!
//! ## Bad
//! ```nail
//! ⟨{ ×256⟩{ :; }⟨; }×256⟩
//!           ^^
//! ```
//!
//! ## Good
//! ```nail
//! { { { :; }; }; }
//! ```

use toe_source::Severity;
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE024",
    name: "nesting-too-deep",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("nesting_too_deep.rs"),
    check: Check::Syntax(wants),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::TooDeep { .. })
}
