//! ## What
//! `${NAME[@]}` or `$@` with more text in the same quotes, in a word of a directive.
//!
//! ## Why
//! It makes several words, the text before it at the first alone and the text behind it at the last alone. (Where
//! the words are only joined again, as by `log` and `Gecos`, it does no harm.)
//!
//! ## Bad
//! ```nail
//! OPTIONS=(--noscripts --notriggers)
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm ${OPTIONS[@]}"
//!                                          ^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! OPTIONS=(--noscripts --notriggers)
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm" "${OPTIONS[@]}"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, directive};
use toe_plan::DirectiveName;
use toe_source::Severity;
use toe_syntax::tree::{ParamName, ParamOp, PartKind, Subscript};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE124",
    name: "array-in-string",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("array_in_string.rs"),
    check: Check::Tree(check),
};

/// Directives that join their words with spaces.
const JOINING: [DirectiveName; 3] = [DirectiveName::Gecos, DirectiveName::Log, DirectiveName::Die];

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        if directive(at.command).is_none_or(|name| JOINING.contains(&name)) {
            continue;
        }
        for word in arguments(at.command) {
            let in_quotes = word.parts.iter().filter_map(|part| match &part.kind {
                PartKind::DoubleQuoted(inner) => Some(inner),
                _ => None,
            });
            for part in in_quotes.filter(|inner| inner.len() > 1).flatten() {
                let PartKind::Param(param) = &part.kind else { continue };
                let is_all =
                    matches!(param.index, Some(Subscript::At)) || param.name == ParamName::Special('@');
                if is_all && matches!(param.op, ParamOp::None) {
                    found.add(
                        part.span,
                        "this makes several words, and the text beside it stays with one of them",
                        "give it a word of its own, or write [*] to join the elements",
                    );
                }
            }
        }
    }
}
