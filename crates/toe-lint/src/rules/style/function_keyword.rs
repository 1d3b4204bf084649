//! ## What
//! A function written with `function`. (Off by default.)
//!
//! ## Why
//! `name() {` is the form of all shells, and one form is enough.
//!
//! ## Bad
//! ```nail
//! function web {
//! ^^^^^^^^
//! 	Dir /srv/web
//! }
//! web
//! ```
//!
//! ## Good
//! ```nail
//! web() {
//! 	Dir /srv/web
//! }
//! web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE805",
    name: "function-keyword",
    severity: Severity::Style,
    fix: Some(Safety::Safe),
    by_default: false,
    source: include_str!("function_keyword.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.functions.iter().filter(|at| at.function.keyword) {
        let name = at.function.name_span;
        let before = nail.text.get(..name.start as usize).unwrap_or_default();
        let Some(start) = before.rfind("function") else { continue };
        let body = at.function.body.span.start as usize;
        let finding = found.add(
            nail.at(start, start + "function".len()),
            "this function is written with `function`",
            format!("write {}() {{ .. }}", at.function.name),
        );
        let between = nail.text.get(name.end as usize..body).unwrap_or_default();
        // A comment or a newline there is left to its author.
        if between.chars().all(|c| matches!(c, ' ' | '\t' | '(' | ')')) {
            let written = format!("{}() ", at.function.name);
            finding.fix(Fix::replace(Safety::Safe, "write name()", nail.at(start, body), written));
        }
    }
}
