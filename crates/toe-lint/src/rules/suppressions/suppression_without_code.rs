//! ## What
//! A comment `# toe: ignore` without a code.
//!
//! ## Why
//! A comment silences one rule, so that it cannot hide what nobody has seen yet. This one silences nothing.
//!
//! ## Bad
//! ```nail
//! Rpm "$MREPO_URL/web-1.2-1.$(arch).rpm" # toe: ignore
//!                                        ^^^^^^^^^^^^^
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
    code: "TOE903",
    name: "suppression-without-code",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("suppression_without_code.rs"),
    check: Check::Suppression,
};
