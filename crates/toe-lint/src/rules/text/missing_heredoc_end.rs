//! ## What
//! A here-document whose end never comes: the delimiter must be alone on its line, without blanks before (but
//! tabs after `<<-`) and after it.
//!
//! ## Why
//! All the rest of the nail would be content of the file.
//!
//! ## Bad
//! ```nail
//! Write /etc/motd <<EOF
//!                 ^^^^^
//! Welcome
//!  EOF
//! ```
//!
//! ## Good
//! ```nail
//! Write /etc/motd <<EOF
//! Welcome
//! EOF
//! ```

use toe_source::Severity;
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE011",
    name: "missing-heredoc-end",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("missing_heredoc_end.rs"),
    check: Check::Syntax(wants),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::UnclosedHereDocument { .. })
}
