//! ## What
//! A foot (a nail named `foot` or `*.foot`) with packages in which REPO_FILE or MREPO_URL is not set, or empty.
//!
//! ## Why
//! Both are asked for before anything is processed: `toe run` refuses the foot. What a `-D` gives is seen here when
//! it is given here too.
//!
//! ## Bad
//! ```nail
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! ^^^^^^^^^^^^^^^^^^^^
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm"
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm"
//! ```

use crate::rule::{Check, Rule};
use toe_eval::{EvalError, EvalErrorKind};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE415",
    name: "repository-not-set",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("repository_not_set.rs"),
    check: Check::Evaluation(check),
};

fn check(error: &EvalError) -> bool {
    matches!(*error.kind, EvalErrorKind::RequiredVariable { .. })
}
