//! ## What
//! A nail that includes itself, directly or by way of others. The whole chain is shown.
//!
//! ## Why
//! The evaluation would never end.
//!
//! ## Bad
//! ```nail
//! Include foot
//!         ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! ```

use toe_eval::{EvalError, EvalErrorKind};
use toe_source::Severity;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE301",
    name: "include-cycle",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("include_cycle.rs"),
    check: Check::Evaluation(wants),
};

fn wants(error: &EvalError) -> bool {
    matches!(*error.kind, EvalErrorKind::IncludeCycle { .. })
}
