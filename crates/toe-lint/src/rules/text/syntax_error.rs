//! ## What
//! A text that bash could not read either: a quote or bracket without its partner, a word where none
//! can stand. Both places are shown, the opening and where its partner was missed.
//!
//! ## Why
//! Nothing of such a nail is evaluated. Where the reader notices is often far from the mistake, so look at
//! the opening first.
//!
//! ## Bad
//! ```nail
//! Gecos web "The web service
//!           ^
//! UserAdd 300 353 /srv/web /sbin/nologin web
//! ```
//!
//! ## Good
//! ```nail
//! Gecos web "The web service"
//! ```

use toe_source::Severity;
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE001",
    name: "syntax-error",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("syntax_error.rs"),
    check: Check::Syntax(wants),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(
        error,
        SyntaxError::Unclosed { .. }
            | SyntaxError::Unexpected { .. }
            | SyntaxError::TooLong { .. }
            | SyntaxError::TooManyTokens { .. }
    )
}
