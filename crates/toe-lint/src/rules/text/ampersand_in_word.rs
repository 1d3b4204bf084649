//! ## What
//! A word with an unquoted `&` in it, as URLs with several parameters have.
//!
//! ## Why
//! The word ends there: what stands before would run in the background, and what follows is a command of its own.
//!
//! ## Bad
//! ```nail
//! GpgImport https://mirror.test/key?id=7&format=text
//!                                       ^
//! ```
//!
//! ## Good
//! ```nail
//! GpgImport "https://mirror.test/key?id=7&format=text"
//! ```

use toe_source::{Fix, Safety, Severity};
use toe_syntax::SyntaxError;

use crate::quoting::quote_meant_word;
use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE020",
    name: "ampersand-in-word",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("ampersand_in_word.rs"),
    check: Check::MendedSyntax(wants, mend),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::SignInWord { sign: '&', .. })
}

fn mend(error: &SyntaxError, text: &str) -> Option<Fix> {
    quote_meant_word(error, text)
}
