//! ## What
//! A word with an unquoted `(` in it or before it.
//!
//! ## Why
//! Parentheses are signs of the language; bash refuses them there.
//!
//! ## Bad
//! ```nail
//! Gecos web The web service (old)
//!                           ^
//! ```
//! ```nail
//! Dir /srv/web(old)
//!             ^
//! ```
//!
//! ## Good
//! ```nail
//! Gecos web The web service "(old)"
//! Dir "/srv/web(old)"
//! ```

use toe_source::{Fix, Safety, Severity};
use toe_syntax::SyntaxError;

use crate::quoting::quote_meant_word;
use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE022",
    name: "parenthesis-in-word",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("parenthesis_in_word.rs"),
    check: Check::MendedSyntax(wants, mend),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::SignInWord { sign: '(', .. })
}

fn mend(error: &SyntaxError, text: &str) -> Option<Fix> {
    quote_meant_word(error, text)
}
