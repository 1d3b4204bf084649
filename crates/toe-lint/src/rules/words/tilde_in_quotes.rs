//! ## What
//! `~/` at the start of a quoted word of a directive.
//!
//! ## Why
//! A tilde in quotes is not expanded, and no directive knows what it means. A path inside the SOCK starts
//! with `/`.
//!
//! ## Bad
//! ```nail
//! Copy server.py "~/web/server.py"
//!                ^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Copy server.py /srv/web/server.py
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, directive};
use toe_source::Severity;
use toe_syntax::tree::PartKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE105",
    name: "tilde-in-quotes",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("tilde_in_quotes.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.commands.iter().filter(|at| directive(at.command).is_some()) {
        for word in arguments(at.command) {
            let Some(first) = word.parts.first() else { continue };
            let text = match &first.kind {
                PartKind::SingleQuoted(text) => text,
                PartKind::DoubleQuoted(inner) => match inner.first().map(|part| &part.kind) {
                    Some(PartKind::Literal(text)) => text,
                    _ => continue,
                },
                _ => continue,
            };
            if text.starts_with("~/") {
                found.add(
                    first.span,
                    "a tilde in quotes stays a tilde",
                    "write the path in full, as it is inside the SOCK",
                );
            }
        }
    }
}
