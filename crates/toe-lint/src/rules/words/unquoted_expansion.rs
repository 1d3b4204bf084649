//! ## What
//! Any unquoted expansion that is split into words: of a command, of a `for`, of an array. Numbers (`$#`, `$?`,
//! `${#NAME}`, arithmetic) are not meant, nor the command of a line.
//!
//! ## Why
//! Whoever always quotes need not know what the value is. For values that are known, TOE101 finds those that are
//! split; this rule is for projects that want it everywhere.
//!
//! ## Bad
//! ```nail
//! SITE=web
//! Dir /srv/$SITE
//!          ^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! SITE=web
//! Dir "/srv/$SITE"
//! ```

use crate::nail_view::NailView;
use crate::outline::Role;
use crate::quoting::quoted;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::words;
use std::collections::BTreeSet;
use toe_source::{Fix, Safety, Severity, Span};
use toe_syntax::tree::{Param, ParamName, ParamOp, PartKind, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE102",
    name: "unquoted-expansion",
    severity: Severity::Style,
    fix: Some(Safety::Unsafe),
    by_default: false,
    source: include_str!("unquoted_expansion.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let names: BTreeSet<Span> = nail
        .outline
        .commands
        .iter()
        .filter_map(|at| words(at.command).next())
        .map(|word| word.span)
        .collect();
    for at in nail.outline.words.iter().filter(|at| matches!(at.role, Role::Argument | Role::Item)) {
        let Some(part) = at.word.parts.iter().find(|part| is_split(part)) else { continue };
        if names.contains(&at.word.span) {
            continue;
        }
        let finding = found.add(part.span, "what this expands to is split into words", "quote it");
        // A list of words, or none at all, may have been meant.
        if let Some(text) = quoted(nail, at.word) {
            finding.fix(Fix::replace(Safety::Unsafe, "quote the word", at.word.span, text));
        }
    }
}

/// True for an expansion that may be several words. A list is: TOE114 asks to quote it.
fn is_split(part: &WordPart) -> bool {
    match &part.kind {
        PartKind::CommandSubst(_) => true,
        PartKind::Param(Param { op: ParamOp::Length, .. }) => false,
        PartKind::Param(Param { name: ParamName::Special(name), .. }) => matches!(name, '-' | '0'),
        PartKind::Param(Param { op: ParamOp::Alternative { word, .. }, .. }) => {
            // `${A:+"$A"}` is the way to have a word or none.
            !word.parts.iter().all(|part| matches!(part.kind, PartKind::DoubleQuoted(_)))
        }
        PartKind::Param(Param { index, .. }) => {
            !matches!(index, Some(toe_syntax::tree::Subscript::At | toe_syntax::tree::Subscript::Star))
        }
        _ => false,
    }
}
