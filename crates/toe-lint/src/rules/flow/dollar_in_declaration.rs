//! ## What
//! `$NAME` without an operator as a word of `export`, `readonly`, `local`, `declare`, `typeset` or `unset`, or after
//! `-v` in a test.
//!
//! ## Why
//! These take names. With the dollar sign the value is taken for a name.
//!
//! ## Bad
//! ```nail
//! VERSION=1.2
//! export $VERSION
//!        ^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! VERSION=1.2
//! export VERSION
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::single_test::operands;
use crate::word_text::{arguments, bare, words};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{Param, ParamName, ParamOp, PartKind, Word, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE232",
    name: "dollar-in-declaration",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("dollar_in_declaration.rs"),
    check: Check::Tree(check),
};

const OF_NAMES: [&str; 6] = ["export", "readonly", "local", "declare", "typeset", "unset"];

fn check(nail: &NailView, found: &mut Findings) {
    let mut tell = |word: &Word| {
        let Some(name) = plain_variable(word) else { return };
        found
            .add(
                word.span,
                format!("the value of `{name}` is taken for a name here"),
                format!("write {name}"),
            )
            .fix(Fix::replace(Safety::Safe, "take the dollar sign away", word.span, name));
    };
    for at in &nail.outline.commands {
        if let Some(operands) = operands(at.command) {
            for pair in operands.windows(2).filter(|pair| bare(pair[0]) == Some("-v")) {
                tell(pair[1]);
            }
        } else if words(at.command).next().and_then(bare).is_some_and(|name| OF_NAMES.contains(&name)) {
            arguments(at.command).for_each(&mut tell);
        }
    }
}

/// A word that is `$NAME` alone. In braces or quotes it looks meant.
fn plain_variable(word: &Word) -> Option<&str> {
    let [WordPart { kind: PartKind::Param(param), .. }] = word.parts.as_slice() else { return None };
    match param {
        Param { name: ParamName::Variable(name), index: None, op: ParamOp::None, braced: false, .. } => {
            Some(name)
        }
        _ => None,
    }
}
