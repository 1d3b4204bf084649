//! ## What
//! A regular expression in quotes on the right of `=~`.
//!
//! ## Why
//! What is quoted there stands for itself: `"^el"` is found only in a text with a `^`.
//!
//! ## Bad
//! ```nail
//! if [[ $RELEASE =~ "^el[89]" ]]; then
//!                   ^^^^^^^^^
//!     Dir /srv/el
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if [[ $RELEASE =~ ^el[89] ]]; then
//!     Dir /srv/el
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::fixed;
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{PartKind, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE220",
    name: "quoted-regex",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("quoted_regex.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for comparison in nail.outline.comparisons.iter().filter(|c| c.op == "=~") {
        let [WordPart { kind: PartKind::SingleQuoted(_) | PartKind::DoubleQuoted(_), .. }] =
            comparison.right.parts.as_slice()
        else {
            continue;
        };
        let Some(text) = fixed(comparison.right) else { continue };
        if text.contains(['^', '*', '+', '[', '(', '|']) || text.ends_with('$') {
            let finding = found.add(
                comparison.right.span,
                "in quotes this is no regular expression but a text to be found",
                "take the quotes away, or put the expression into a variable and write $NAME",
            );
            if text.chars().all(|c| c.is_ascii_alphanumeric() || "^$.*+?[]()|-_/:=,@%".contains(c)) {
                let place = comparison.right.span;
                finding.fix(Fix::replace(Safety::Safe, "take the quotes away", place, text));
            }
        }
    }
}
