//! ## What
//! A body, such as the braces of a function, with no command in it.
//!
//! ## Why
//! bash refuses it. Write `:` where nothing is to be done.
//!
//! ## Bad
//! ```nail
//! web() { }
//!         ^
//! ```
//!
//! ## Good
//! ```nail
//! web() { :; }
//! web
//! ```

use toe_source::{Fix, Safety, Severity, Span};
use toe_syntax::SyntaxError;

use crate::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE017",
    name: "empty-body",
    severity: Severity::Error,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("empty_body.rs"),
    check: Check::MendedSyntax(wants, mend),
};

fn wants(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::EmptyList { .. })
}

/// What may follow an empty body and leaves room for a command before it.
const CLOSERS: [&str; 7] = ["}", "fi", "done", "else", "elif", "then", "do"];

fn mend(error: &SyntaxError, text: &str) -> Option<Fix> {
    let SyntaxError::EmptyList { after, span, .. } = error else { return None };
    if !CLOSERS.contains(&after.as_str()) {
        return None;
    }
    let before = text.get(..span.start as usize)?;
    let indent = &before[before.rfind('\n').map_or(0, |newline| newline + 1)..];
    let nothing = match before.chars().next_back() {
        _ if indent.trim().is_empty() => format!("\t:\n{indent}"),
        Some(' ' | '\t') => ":; ".to_owned(),
        _ => " :; ".to_owned(),
    };
    let here = Span { end: span.start, ..*span };
    Some(Fix::replace(Safety::Unsafe, "do nothing there", here, nothing))
}
