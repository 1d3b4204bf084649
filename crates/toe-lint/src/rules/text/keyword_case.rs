//! ## What
//! A reserved word in other letters than its own, in the middle of a command that is therefore none.
//!
//! ## Why
//! Reserved words are written in lower case; `Then` is a command of that name.
//!
//! ## Bad
//! ```nail
//! if PkgCheck web; Then
//!                  ^^^^
//! 	Dir /srv/web
//! fi
//! ```
//! ```nail
//! for site in news mail; do
//! 	Dir "/srv/$site"
//! Done
//! ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! if PkgCheck web; then
//! 	Dir /srv/web
//! fi
//! ```

use toe_source::{Fix, Safety, Severity};
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE018",
    name: "keyword-case",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("keyword_case.rs"),
    check: Check::MendedSyntax(wants, mend),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::KeywordCase { .. })
}

fn mend(error: &SyntaxError, _: &str) -> Option<Fix> {
    let SyntaxError::KeywordCase { keyword, span, .. } = error else { return None };
    Some(Fix::replace(Safety::Safe, "write it in lower case", *span, *keyword))
}
