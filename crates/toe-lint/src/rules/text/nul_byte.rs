//! ## What
//! A NUL byte.
//!
//! ## Why
//! bash drops it without a word, so the nail would not mean what its bytes say.
//!
//! ## Bad
//! ```nail
//! Dir /srv/w⟨00⟩eb
//!           ^
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
    code: "TOE007",
    name: "nul-byte",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("nul_byte.rs"),
    check: Check::Syntax(wants),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::NulByte { .. })
}
