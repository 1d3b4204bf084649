//! ## What
//! A URL with an unquoted `;` in it.
//!
//! ## Why
//! The URL ends there, and what follows is a command of its own.
//!
//! ## Bad
//! ```nail
//! GpgImport https://mirror.test/key;v=1
//!                                  ^
//! ```
//!
//! ## Good
//! ```nail
//! GpgImport "https://mirror.test/key;v=1"
//! ```

use crate::nail_view::NailView;
use crate::outline::Role;
use crate::quoting::quoted;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE021",
    name: "semicolon-in-url",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("semicolon_in_url.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.words.iter().filter(|at| at.role == Role::Argument) {
        let text = nail.text_of(at.word.span);
        let end = at.word.span.end as usize;
        let rest = nail.text.get(end..).and_then(|rest| rest.strip_prefix(';')).unwrap_or_default();
        let rest = rest
            .split(|c: char| c.is_whitespace() || ";&|()<>\"'\\$`".contains(c))
            .next()
            .unwrap_or_default();
        let is_url =
            text.contains("://") || text.starts_with("$MREPO_URL") || text.starts_with("${MREPO_URL}");
        // `;done` and `;fi` end something, parameters have a value.
        if !is_url || !rest.contains('=') {
            continue;
        }
        let finding = found.add(nail.at(end, end + 1), "the URL ends at this", "quote the URL");
        if let Some(text) = quoted(nail, at.word) {
            let whole = nail.at(at.word.span.start as usize, end + 1 + rest.len());
            let written = format!("{};{rest}\"", text.trim_end_matches('"'));
            finding.fix(Fix::replace(Safety::Safe, "quote the URL", whole, written));
        }
    }
}
