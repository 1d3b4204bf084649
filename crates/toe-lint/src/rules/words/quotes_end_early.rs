//! ## What
//! Text between two pairs of double quotes in one word, as in `"a"b"c"`.
//!
//! ## Why
//! The inner quotes do not appear in the word: the first of them ends the quotes, and what stands between is not
//! quoted. (`"$A"/"$B"` is not meant: there each pair holds one expansion.)
//!
//! ## Bad
//! ```nail
//! Gecos web "The "web" service"
//!                 ^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 300 web
//! UserAdd 300 300 /srv/web /sbin/nologin web
//! Gecos web "The \"web\" service"
//! ```

use crate::nail_view::NailView;
use crate::outline::Role;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;
use toe_syntax::tree::{PartKind, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE104",
    name: "quotes-end-early",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("quotes_end_early.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.words {
        if !matches!(at.role, Role::Argument | Role::Item | Role::Value) {
            continue;
        }
        for three in at.word.parts.windows(3) {
            let [before, between, after] = three else { continue };
            let (PartKind::DoubleQuoted(left), PartKind::DoubleQuoted(right)) = (&before.kind, &after.kind)
            else {
                continue;
            };
            if !(is_one_expansion(left) && is_one_expansion(right)) && is_trapped(&between.kind) {
                found.add(
                    between.span,
                    "the quotes end before this and begin again after it",
                    "use one pair of quotes for all of it, with a backslash before quotes that are meant",
                );
            }
        }
    }
}

fn is_one_expansion(quoted: &[WordPart]) -> bool {
    matches!(
        quoted,
        [WordPart { kind: PartKind::Param(_) | PartKind::CommandSubst(_) | PartKind::Arith(_), .. }]
    )
}

/// What hardly stands outside of quotes on purpose: a pattern does, and what joins words.
fn is_trapped(kind: &PartKind) -> bool {
    match kind {
        PartKind::Literal(text) => {
            !matches!(text.as_str(), "=" | ":" | "/" | "," | "-") && !text.contains(['*', '?', '[', '{', '}'])
        }
        PartKind::Param(_) | PartKind::CommandSubst(_) => true,
        _ => false,
    }
}
