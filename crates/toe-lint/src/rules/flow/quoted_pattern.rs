//! ## What
//! A pattern with `*` or `?` in quotes: on the right of `==`, `=` or `!=` in `[[ ]]`, or in a clause of `case`.
//!
//! ## Why
//! What is quoted stands for itself: `"el*"` is equal to a text that ends in a star only.
//!
//! ## Bad
//! ```nail
//! RELEASE=el9
//! if [[ $RELEASE == "el*" ]]; then
//!                   ^^^^^
//! 	Dir /srv/el
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! RELEASE=el9
//! if [[ $RELEASE == el* ]]; then
//! 	Dir /srv/el
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{PartKind, Word, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE235",
    name: "quoted-pattern",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("quoted_pattern.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let comparisons = nail.outline.comparisons.iter().filter(|c| matches!(c.op, "=" | "==" | "!="));
    let patterns = nail.outline.cases.iter().flat_map(|case| &case.items).flat_map(|item| &item.patterns);
    for word in comparisons.map(|c| c.right).chain(patterns) {
        let Some(text) = quoted_pattern(word) else { continue };
        let finding =
            found.add(word.span, "in quotes this is no pattern", "take the quotes away from the `*` and `?`");
        let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"*?._-/:+%@,".contains(&b));
        if is_plain {
            finding.fix(Fix::replace(Safety::Unsafe, "take the quotes away", word.span, text));
        }
    }
}

/// The text of a word all in quotes that would be a pattern without them.
fn quoted_pattern(word: &Word) -> Option<&str> {
    let [WordPart { kind, .. }] = word.parts.as_slice() else { return None };
    let text = match kind {
        PartKind::SingleQuoted(text) => text,
        PartKind::DoubleQuoted(inner) => match inner.as_slice() {
            [WordPart { kind: PartKind::Literal(text), .. }] => text,
            _ => return None,
        },
        _ => return None,
    };
    // A sign alone is compared with, as `"*"` and `"?"` are in a parser of words.
    (text.len() > 1 && text.contains(['*', '?']) && text.starts_with(|c: char| c != '-')).then_some(text)
}
