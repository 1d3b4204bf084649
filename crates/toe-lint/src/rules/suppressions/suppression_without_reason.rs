//! ## What
//! A comment `# toe: ignore CODE` that gives no reason.
//!
//! ## Why
//! Whoever reads the nail next cannot tell whether the finding was looked at or only made quiet.
//!
//! ## Bad
//! ```nail
//! Rpm "$MREPO_URL/web-1.2-1.`arch`.rpm" # toe: ignore TOE108
//!                                       ^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm "$MREPO_URL/web-1.2-1.`arch`.rpm" # toe: ignore TOE108 the old tool wants backquotes
//! ```

use crate::rule::{Check, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE904",
    name: "suppression-without-reason",
    severity: Severity::Style,
    fix: None,
    by_default: false,
    source: include_str!("suppression_without_reason.rs"),
    check: Check::Suppression,
};
