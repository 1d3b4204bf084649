//! ## What
//! A comment `# toe: ignore CODE reason` with a code or name that no rule has.
//!
//! ## Why
//! It silences nothing.
//!
//! ## Bad
//! ```nail
//! # toe: ignore[backqoutes] the old tool wants them
//! ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! Rpm "$MREPO_URL/web-1.2-1.`arch`.rpm"
//! ```
//!
//! ## Good
//! ```nail
//! # toe: ignore TOE108 the old tool wants backquotes
//! Rpm "$MREPO_URL/web-1.2-1.`arch`.rpm"
//! ```

use crate::rule::{Check, Rule};
use toe_source::{Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE902",
    name: "unknown-rule-in-comment",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("unknown_rule_in_comment.rs"),
    check: Check::Suppression,
};
