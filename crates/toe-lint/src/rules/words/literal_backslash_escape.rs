//! ## What
//! `\n` or `\t` in a word of a directive or of `echo`, and without quotes in any word.
//!
//! ## Why
//! No escape is read there. Between quotes `\n` stays a backslash and an `n`; without quotes the `n` is left
//! alone. (Words of `Exec` and `Service` may be meant for another reader, in quotes.)
//!
//! ## Bad
//! ```nail
//! log "first line\nsecond line"
//!                ^^
//! ```
//!
//! ## Good
//! ```nail
//! log $'first line\nsecond line'
//! ```

use crate::nail_view::NailView;
use crate::outline::Role;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, command_name};
use toe_plan::DirectiveName;
use toe_source::Severity;
use toe_syntax::tree::{PartKind, Simple, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE109",
    name: "literal-backslash-escape",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("literal_backslash_escape.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.parts.iter().filter(|at| !at.quoted) {
        if let (PartKind::Escaped('n' | 't'), Some(Role::Argument | Role::Item | Role::Value)) =
            (&at.part.kind, at.role)
        {
            tell(nail, at.part.span.start as usize, "a plain letter", found);
        }
    }
    for at in nail.outline.commands.iter().filter(|at| reads_no_escapes(nail, at.command)) {
        for part in arguments(at.command).flat_map(|word| &word.parts) {
            match &part.kind {
                PartKind::SingleQuoted(_) => look_into(nail, part, found),
                PartKind::DoubleQuoted(inner) => {
                    let texts = inner.iter().filter(|part| matches!(part.kind, PartKind::Literal(_)));
                    texts.for_each(|part| look_into(nail, part, found));
                }
                _ => {}
            }
        }
    }
}

fn reads_no_escapes(nail: &NailView, command: &Simple) -> bool {
    let Some(name) = command_name(command).filter(|name| !nail.defines(name)) else { return false };
    match DirectiveName::from_word(&name) {
        Some(DirectiveName::Exec | DirectiveName::Service | DirectiveName::Include) => false,
        Some(_) => true,
        None => name == "echo" && !arguments(command).any(|word| nail.text_of(word.span).starts_with('-')),
    }
}

fn look_into(nail: &NailView, part: &WordPart, found: &mut Findings) {
    let text = nail.text_of(part.span);
    let first = text.find("\\n").or_else(|| text.find("\\t"));
    if let Some(at) = first {
        tell(nail, part.span.start as usize + at, "a backslash and a letter", found);
    }
}

fn tell(nail: &NailView, start: usize, what: &str, found: &mut Findings) {
    let span = nail.at(start, start + 2);
    found.add(
        span,
        format!("`{}` is {what} here", nail.text_of(span)),
        "write $'..' around a word with escapes, or the letter itself",
    );
}
