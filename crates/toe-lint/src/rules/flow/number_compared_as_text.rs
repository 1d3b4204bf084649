//! ## What
//! A number beside `<` or `>` in `[[ ]]`.
//!
//! ## Why
//! They compare as text, where 10 comes before 9.
//!
//! ## Bad
//! ```nail
//! if [[ $RELEASE < 9 ]]; then
//!                ^
//!     Dir /srv/old
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if [[ $RELEASE -lt 9 ]]; then
//!     Dir /srv/old
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::fixed;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE219",
    name: "number-compared-as-text",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("number_compared_as_text.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for comparison in &nail.outline.comparisons {
        let instead = match comparison.op {
            "<" => "-lt",
            ">" => "-gt",
            _ => continue,
        };
        let is_number =
            |word| fixed(word).is_some_and(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()));
        if is_number(comparison.left) || is_number(comparison.right) {
            found
                .add(
                    comparison.op_span,
                    format!("`{}` compares text, where 10 comes before 9", comparison.op),
                    format!("write {instead}"),
                )
                .fix(Fix::replace(Safety::Unsafe, "compare numbers", comparison.op_span, instead));
        }
    }
}
