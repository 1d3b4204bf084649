//! ## What
//! `else if` whose own `fi` is missing, and `elseif`.
//!
//! ## Why
//! `else if` begins an `if` within the `else`, which needs a `fi` of its own. What other languages write so is
//! `elif`.
//!
//! ## Bad
//! ```nail
//! if PkgCheck openssl; then
//! 	Dir /etc/ssl
//! else if PkgCheck gnutls; then
//! ^^^^^^^
//! 	Dir /etc/gnutls
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if PkgCheck openssl; then
//! 	Dir /etc/ssl
//! elif PkgCheck gnutls; then
//! 	Dir /etc/gnutls
//! fi
//! ```

use toe_source::{Fix, Safety, Severity};
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE016",
    name: "else-if",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("else_if.rs"),
    check: Check::MendedSyntax(wants, mend),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::ElseIf { .. })
}

#[allow(clippy::unnecessary_wraps, reason = "the function of a check may have no fix")]
fn mend(error: &SyntaxError, _: &str) -> Option<Fix> {
    Some(Fix::replace(Safety::Safe, "write `elif`", error.span(), "elif"))
}
