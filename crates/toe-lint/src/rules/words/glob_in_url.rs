//! ## What
//! `*`, `?` or `[..]` without quotes in a URL.
//!
//! ## Why
//! They make the word a pattern for names of files. Most often none matches and the URL stays as it is, until the
//! day when one does.
//!
//! ## Bad
//! ```nail
//! Rpm $MREPO_URL/get?name=web-1.2-1.el9.x86_64.rpm
//!                   ^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm "$MREPO_URL/get?name=web-1.2-1.el9.x86_64.rpm"
//! ```

use crate::nail_view::NailView;
use crate::outline::Role;
use crate::quoting::quoted;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::first_glob;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE111",
    name: "glob-in-url",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("glob_in_url.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.words {
        let text = nail.text_of(at.word.span);
        if !matches!(at.role, Role::Argument | Role::Item) || !is_url(text) {
            continue;
        }
        let Some(sign) = first_glob(nail, at.word) else { continue };
        let finding = found.add(
            sign,
            format!("`{}` makes this URL a pattern for names of files", nail.text_of(sign)),
            "quote the URL",
        );
        if let Some(text) = quoted(nail, at.word) {
            finding.fix(Fix::replace(Safety::Safe, "quote the URL", at.word.span, text));
        }
    }
}

fn is_url(text: &str) -> bool {
    let text = text.trim_start_matches('"');
    let schemes = ["http://", "https://", "ftp://", "file://", "$MREPO_URL", "${MREPO_URL}"];
    schemes.iter().any(|scheme| text.starts_with(scheme))
}
