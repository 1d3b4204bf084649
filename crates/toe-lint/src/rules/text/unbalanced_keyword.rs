//! ## What
//! An `if` without `fi`, a loop without `done`, a `case` without `esac`, a `{` without `}`; and such an end where
//! nothing is open that it ends.
//!
//! ## Why
//! Where the reader notices is often far from the mistake, so both ends are shown. Look for the command between
//! them that was not ended.
//!
//! ## Bad
//! ```nail
//! if PkgCheck web; then
//! ^^
//! 	Dir /srv/web
//! UserAdd 300 353 /srv/web /sbin/nologin web
//! ```
//! ```nail
//! Dir /srv/web
//! fi
//! ^^
//! ```
//!
//! ## Good
//! ```nail
//! if PkgCheck web; then
//! 	Dir /srv/web
//! fi
//! ```

use toe_source::Severity;
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE019",
    name: "unbalanced-keyword",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("unbalanced_keyword.rs"),
    check: Check::Syntax(wants),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(
        error,
        SyntaxError::Unfinished { .. } | SyntaxError::NoPattern { .. } | SyntaxError::StrayKeyword { .. }
    )
}
