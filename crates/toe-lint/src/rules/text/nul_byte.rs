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

use toe_source::{Edit, Fix, Safety, Severity, Span};
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE007",
    name: "nul-byte",
    severity: Severity::Error,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("nul_byte.rs"),
    check: Check::MendedSyntax(wants, mend),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::NulByte { .. })
}

#[allow(clippy::unnecessary_wraps, reason = "the function of a check may have no fix")]
fn mend(error: &SyntaxError, text: &str) -> Option<Fix> {
    let source = error.span().source;
    let remove = |(at, _)| Edit { span: Span::new(source, at, at + 1), text: String::new() };
    let edits = text.match_indices('\0').map(remove).collect();
    Some(Fix { title: "remove the NUL bytes".into(), safety: Safety::Unsafe, edits })
}
