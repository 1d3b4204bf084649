//! ## What
//! `${NAME[@]}` or `$@` without quotes, where words are split.
//!
//! ## Why
//! Without quotes each element is split at blanks again and its `*` and `?` are looked up among the files, and
//! empty elements are lost.
//!
//! ## Bad
//! ```nail
//! OPTIONS=(--noscripts --notriggers)
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm" ${OPTIONS[@]}
//!                                           ^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! OPTIONS=(--noscripts --notriggers)
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm" "${OPTIONS[@]}"
//! ```

use crate::nail_view::NailView;
use crate::outline::Role;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{ParamName, ParamOp, PartKind, Subscript};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE114",
    name: "unquoted-array",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("unquoted_array.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.parts.iter().filter(|at| !at.quoted) {
        let (Some(Role::Argument | Role::Item), PartKind::Param(param)) = (at.role, &at.part.kind) else {
            continue;
        };
        let is_all = matches!(param.index, Some(Subscript::At)) || param.name == ParamName::Special('@');
        if is_all && !matches!(param.op, ParamOp::Length) {
            let text = nail.text_of(at.part.span);
            found
                .add(at.part.span, "without quotes the elements are split again", format!("write \"{text}\""))
                .fix(Fix::replace(Safety::Safe, "quote it", at.part.span, format!("\"{text}\"")));
        }
    }
}
