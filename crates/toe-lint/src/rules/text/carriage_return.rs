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

use toe_source::{Edit, Fix, Safety, Severity, Span};
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE002",
    name: "carriage-return",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("carriage_return.rs"),
    check: Check::MendedSyntax(wants, mend),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::CarriageReturn { .. })
}

/// One fix for all lines: a nail that has one such line has them all.
#[allow(clippy::unnecessary_wraps, reason = "the function of a check may have no fix")]
fn mend(error: &SyntaxError, text: &str) -> Option<Fix> {
    let mut edits = Vec::new();
    let mut begins = 0;
    for line in text.split_inclusive('\n') {
        let kept = line.strip_suffix('\n').unwrap_or(line);
        let without = kept.trim_end_matches('\r');
        if without.len() < kept.len() {
            let span = Span::new(error.span().source, begins + without.len(), begins + kept.len());
            edits.push(Edit { span, text: String::new() });
        }
        begins += line.len();
    }
    Some(Fix { title: "end the lines in LF alone".into(), safety: Safety::Safe, edits })
}
