//! ## What
//! `$10` and its like.
//!
//! ## Why
//! Without braces only one digit counts: `$10` is the first argument with a `0` behind it.
//!
//! ## Bad
//! ```nail
//! Dir "/srv/$10"
//!           ^^
//! ```
//!
//! ## Good
//! ```nail
//! Dir "/srv/${1}0"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{Param, ParamName, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE107",
    name: "positional-over-nine",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("positional_over_nine.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.parts {
        let PartKind::Param(Param { name: ParamName::Positional(n), braced: false, .. }) = at.part.kind
        else {
            continue;
        };
        let rest = nail.text.get(at.part.span.end as usize..).unwrap_or("");
        if let Some(digit) = rest.chars().next().filter(char::is_ascii_digit) {
            found
                .add(
                    at.part.span,
                    format!("`${n}{digit}` is `${{{n}}}` with `{digit}` behind it"),
                    format!("write ${{{n}{digit}}}, or ${{{n}}}{digit} if that is meant"),
                )
                .fix(Fix::replace(Safety::Safe, "write what it means", at.part.span, format!("${{{n}}}")));
        }
    }
}
