//! ## What
//! A comparison of two fixed words.
//!
//! ## Why
//! It has the same outcome in every evaluation; most often a `$` is missing.
//!
//! ## Bad
//! ```nail
//! if [ RELEASE = el9 ]; then
//!      ^^^^^^^^^^^^^
//!     Dir /srv/el9
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if [ "$RELEASE" = el9 ]; then
//!     Dir /srv/el9
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, fixed, words};
use toe_source::Severity;
use toe_syntax::tree::Word;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE216",
    name: "constant-condition",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("constant_condition.rs"),
    check: Check::Tree(check),
};

const OPERATORS: [&str; 9] = ["=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

fn check(nail: &NailView, found: &mut Findings) {
    let mut tell = |left: &Word, right: &Word| {
        if fixed(left).is_some() && fixed(right).is_some() {
            found.add(
                left.span.to(right.span),
                "both sides are fixed words, so this never changes",
                "write \"$NAME\" where the value of a variable is meant",
            );
        }
    };
    for at in &nail.outline.commands {
        let words: Vec<&Word> = words(at.command).collect();
        let operands = match words.as_slice() {
            [name, operands @ .., _] if bare(name) == Some("[") => operands,
            [name, operands @ ..] if bare(name) == Some("test") => operands,
            _ => continue,
        };
        if let [left, operator, right] = operands
            && bare(operator).is_some_and(|operator| OPERATORS.contains(&operator))
        {
            tell(left, right);
        }
    }
    for comparison in nail.outline.comparisons.iter().filter(|c| OPERATORS[..3].contains(&c.op)) {
        tell(comparison.left, comparison.right);
    }
}
