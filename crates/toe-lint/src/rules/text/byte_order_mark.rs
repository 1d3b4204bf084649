//! ## What
//! The bytes EF BB BF at the start of a nail, or behind nothing but blanks there.
//!
//! ## Why
//! They belong to the first word for bash, which then is no command. `toe fmt` removes them.
//!
//! ## Bad
//! ```nail
//! ⟨EF BB BF⟩Dir /srv/web
//! ^^^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /srv/web
//! ```

use toe_source::{Fix, Safety, Severity};
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE003",
    name: "byte-order-mark",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("byte_order_mark.rs"),
    check: Check::MendedSyntax(wants, mend),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::ByteOrderMark { .. })
}

#[allow(clippy::unnecessary_wraps, reason = "the function of a check may have no fix")]
fn mend(error: &SyntaxError, _: &str) -> Option<Fix> {
    Some(Fix::replace(Safety::Safe, "remove the mark", error.span(), ""))
}
