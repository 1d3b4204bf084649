//! ## What
//! Valid bash that no nail may use, such as pipes, `&`, subshells and redirections to files.
//!
//! ## Why
//! A nail is evaluated, not run: its plan must be the same on every machine, and nothing may happen while it
//! is made. The help line names what to write instead; docs/language.md has the whole subset.
//!
//! ## Bad
//! ```nail
//! echo ready > /tmp/state
//!            ^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! log ready
//! ```

use toe_source::Severity;
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE025",
    name: "outside-subset",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("outside_subset.rs"),
    check: Check::Syntax(wants),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::NotInSubset { .. })
}
