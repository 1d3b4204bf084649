//! ## What
//! A foot (a nail named `foot` or `*.foot`) whose evaluation ends in an error, wherever the includes lead. What a
//! `-D`, an `--env` or a `--nail-path` could mend is not counted: unset variables and nails not found.
//!
//! ## Why
//! No command of toe can do anything with such a foot.
//!
//! ## Bad
//! ```nail
//! Base /var/deploy/web
//! Dir "/srv/$(curl http://host/name)"
//!             ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Base /var/deploy/web
//! Dir /srv/web
//! ```

use toe_eval::{EvalError, EvalErrorKind};
use toe_source::Severity;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE026",
    name: "does-not-evaluate",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("does_not_evaluate.rs"),
    check: Check::Evaluation(wants),
};

fn wants(error: &EvalError) -> bool {
    use EvalErrorKind as Kind;
    match *error.kind {
        Kind::Syntax(_)
        | Kind::NotText { .. }
        | Kind::UnknownCommand { .. }
        | Kind::NotInSubset { .. }
        | Kind::BadArgument { .. }
        | Kind::BadCall { .. }
        | Kind::Readonly { .. }
        | Kind::Arithmetic { .. }
        | Kind::BadExpansion { .. }
        | Kind::BadRegex { .. }
        | Kind::NotUtf8 { .. }
        | Kind::Limit { .. } => true,
        Kind::IncludeCycle { .. }
        // A rule for each kind of mistake takes it on.
        | Kind::BadStep { .. }
        | Kind::SecondSockDir { .. }
        | Kind::FootUnreadable { .. }
        | Kind::IncludeNotFound { .. }
        | Kind::IncludeUnreadable { .. }
        | Kind::UnsetVariable { .. }
        | Kind::RequiredValue { .. }
        | Kind::RequiredVariable { .. }
        | Kind::Exit { .. }
        | Kind::CommandFailed { .. }
        | Kind::Outside(_)
        | Kind::NoResources { .. } => false,
    }
}
