//! ## What
//! `*`, `?` or `[..]` without quotes beside `=` or `!=` in `[ ]` or `test`.
//!
//! ## Why
//! There it is a pattern for names of files and not for the other side: the test compares with the pattern itself,
//! or with whatever file happens to match.
//!
//! ## Bad
//! ```nail
//! RELEASE=el9
//! if [ "$RELEASE" = el* ]; then
//!                     ^
//! 	Dir /srv/el
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! RELEASE=el9
//! if [[ "$RELEASE" = el* ]]; then
//! 	Dir /srv/el
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::single_test::operands;
use crate::word_text::{bare, first_glob, words};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE218",
    name: "glob-in-single-test",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("glob_in_single_test.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let Some(operands) = operands(at.command) else { continue };
        for three in operands.windows(3) {
            let [left, operator, right] = three else { continue };
            if !matches!(bare(operator), Some("=" | "==" | "!=")) {
                continue;
            }
            let Some(sign) = first_glob(nail, right).or_else(|| first_glob(nail, left)) else { continue };
            let finding = found.add(
                sign,
                "in `[ ]` this matches names of files, not the other side",
                "write [[ .. ]], or quote the sign if it is meant",
            );
            let first = words(at.command).next();
            let last = words(at.command).last();
            if let (Some(first), Some(last)) = (first, last)
                && bare(first) == Some("[")
                && bare(last) == Some("]")
                && operands.len() == 3
            {
                finding
                    .fix(Fix::replace(Safety::Unsafe, "write [[ ]]", first.span, "[[").and(last.span, "]]"));
            }
        }
    }
}
