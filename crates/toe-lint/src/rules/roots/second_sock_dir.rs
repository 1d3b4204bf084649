//! ## What
//! A foot (a nail named `foot` or `*.foot`) that gives SOCK_DIR two values, by two `Base` lines or by an assignment
//! below `Base`.
//!
//! ## Why
//! A run builds one SOCK, in one place.
//!
//! ## Bad
//! ```nail
//! Base /var/deploy/web
//! Base /var/deploy/log
//!      ^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Base /var/deploy/web
//! ```

use crate::rule::{Check, Rule};
use toe_eval::{EvalError, EvalErrorKind};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE619",
    name: "second-sock-dir",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("second_sock_dir.rs"),
    check: Check::Evaluation(check),
};

fn check(error: &EvalError) -> bool {
    matches!(*error.kind, EvalErrorKind::SecondSockDir { .. })
}
