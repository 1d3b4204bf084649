//! ## What
//! A comment `# toe: ignore CODE reason` where that rule finds nothing, or an `# toe: ignore-file[CODE] reason` in a nail
//! where it finds nothing or below the first command. (Comments of ShellCheck are left to it.)
//!
//! ## Why
//! It says that something is wrong here which is not, and would hide the next mistake of that kind.
//!
//! ## Bad
//! ```nail
//! # toe: ignore TOE108 the old tool wants backquotes
//! ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! Rpm "$MREPO_URL/web-1.2-1.$(arch).rpm"
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
    code: "TOE901",
    name: "unused-suppression",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("unused_suppression.rs"),
    check: Check::Suppression,
};
