//! ## What
//! An expansion without quotes after `-n` or `-z`, or beside `=` or `!=`, in `[ ]` or `test`.
//!
//! ## Why
//! When it is empty there is no word at all: `[ -n ]` is true, and `[ = el9 ]` is an error.
//!
//! ## Bad
//! ```nail
//! if [ -n $EXTRA ]; then
//!         ^^^^^^
//!     Dir /srv/extra
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if [ -n "$EXTRA" ]; then
//!     Dir /srv/extra
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, words};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{ParamName, ParamOp, PartKind, Word, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE217",
    name: "unquoted-test-operand",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("unquoted_test_operand.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let words: Vec<&Word> = words(at.command).collect();
        if !words.first().and_then(|word| bare(word)).is_some_and(|name| name == "[" || name == "test") {
            continue;
        }
        for (i, word) in words.iter().enumerate() {
            let operator = |j: Option<usize>| j.and_then(|j| words.get(j)).and_then(|word| bare(word));
            let is_tested = matches!(operator(i.checked_sub(1)), Some("-n" | "-z" | "=" | "==" | "!="))
                || matches!(operator(i.checked_add(1)), Some("=" | "==" | "!="));
            if is_tested && is_expansion(word) {
                let quoted = format!("\"{}\"", nail.text_of(word.span));
                found
                    .add(word.span, "there is no word here when this is empty", format!("write {quoted}"))
                    .fix(Fix::replace(Safety::Safe, "quote it", word.span, quoted));
            }
        }
    }
}

/// One expansion that may be empty, and nothing else.
fn is_expansion(word: &Word) -> bool {
    match word.parts.as_slice() {
        [WordPart { kind: PartKind::CommandSubst(_), .. }] => true,
        [WordPart { kind: PartKind::Param(param), .. }] => {
            !matches!(param.op, ParamOp::Length) && !matches!(param.name, ParamName::Special('#' | '?'))
        }
        _ => false,
    }
}
