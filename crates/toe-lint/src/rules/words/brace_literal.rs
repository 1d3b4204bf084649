//! ## What
//! Braces that look as if they were expanded and are not: around one word (`{one}`), around a variable range
//! (`{1..$N}`), or with a blank in them (`{a, b}`).
//!
//! ## Why
//! They stay in the word as they are. Braces are expanded before variables, need a comma or `..`, and end at a blank.
//!
//! ## Bad
//! ```nail
//! COUNT=3
//! for i in {1..$COUNT}; do
//!          ^^^^^^^^^^^
//! 	Dir "/srv/web/$i"
//! done
//! Dir /srv/{static, media}
//!          ^^^^^^^^
//! Dir /srv/{PACKAGE}
//!          ^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! COUNT=3
//! for ((i = 1; i <= COUNT; i++)); do
//! 	Dir "/srv/web/$i"
//! done
//! for part in /srv/{static,media}; do
//! 	Dir "$part"
//! done
//! ```

use crate::nail_view::NailView;
use crate::outline::Role;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::is_variable_name;
use toe_source::Severity;
use toe_syntax::tree::PartKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE112",
    name: "brace-literal",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("brace_literal.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.words.iter().filter(|at| matches!(at.role, Role::Argument | Role::Item)) {
        let mut is_range = false;
        for (i, part) in at.word.parts.iter().enumerate() {
            let PartKind::Literal(_) = part.kind else { continue };
            let (text, start) = (nail.text_of(part.span), part.span.start as usize);
            // `{1..$N}` and `{$A..3}`: the end of one literal, an expansion, the start of another.
            let later = at.word.parts.get(i + 1..).unwrap_or_default();
            let is_expansion = |kind: &PartKind| matches!(kind, PartKind::Param(_) | PartKind::Arith(_));
            if let (Some(opening), Some(next)) = (text.rfind('{'), later.first())
                && !text[opening..].contains('}')
                && is_expansion(&next.kind)
            {
                let tail = later.iter().find(|part| matches!(part.kind, PartKind::Literal(_)));
                let closing = tail.and_then(|tail| Some((tail, nail.text_of(tail.span).find('}')?)));
                if let Some((tail, closing)) = closing {
                    let end = tail.span.start as usize + closing + 1;
                    let span = nail.at(start + opening, end);
                    if nail.text_of(span).contains("..") {
                        is_range = true;
                        found.add(
                            span,
                            "braces are expanded before variables, so this is no range",
                            "write for ((i = 1; i <= N; i++)), or $(seq 1 \"$N\")",
                        );
                    }
                }
            }
            if !is_range {
                look_into(nail, text, start, at.word.parts.len() == 1, found);
            }
        }
    }
}

/// Braces within one literal; `is_all` when it is the whole word.
fn look_into(nail: &NailView, text: &str, start: usize, is_all: bool, found: &mut Findings) {
    let Some(opening) = text.find('{') else { return };
    match text[opening..].find('}') {
        Some(length) => {
            let inner = &text[opening + 1..opening + length];
            if is_variable_name(inner) {
                found.add(
                    nail.at(start + opening, start + opening + length + 1),
                    "braces around one word stay as they are",
                    format!(
                        "write ${{{inner}}} for a variable, {{a,b}} for several words, or quote the braces"
                    ),
                );
            }
        }
        None if is_all && text.len() > opening + 1 && text.ends_with(',') => {
            found.add(
                nail.at(start + opening, start + text.len()),
                "the blank ends the word, so these braces do not expand",
                "write {a,b} without blanks",
            );
        }
        None => {}
    }
}
