//! ## What
//! Lines that end in CR LF, as editors on Windows write them.
//!
//! ## Why
//! bash takes the CR for a letter of the last word: `/srv/web` would become a directory whose name ends in a
//! byte that nobody sees. `toe fmt` mends it.
//!
//! ## Bad
//! ```nail
//! Dir /srv/web⟨0D⟩
//!             ^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /srv/web
//! ```

use toe_source::Severity;
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE002",
    name: "carriage-return",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("carriage_return.rs"),
    check: Check::Syntax(wants),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::CarriageReturn { .. })
}
