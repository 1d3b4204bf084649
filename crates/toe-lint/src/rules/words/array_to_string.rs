//! ## What
//! `${NAME[@]}` or `$@` as the value of a plain variable.
//!
//! ## Why
//! The elements are joined to one text, and where one ended and the next began is lost. `[*]` and `$*` say that
//! this is meant; an array keeps the elements.
//!
//! ## Bad
//! ```nail
//! OPTIONS=(--noscripts --notriggers)
//! ALL="${OPTIONS[@]}"
//!      ^^^^^^^^^^^^^
//! log "$ALL"
//! ```
//!
//! ## Good
//! ```nail
//! OPTIONS=(--noscripts --notriggers)
//! ALL="${OPTIONS[*]}"
//! log "$ALL"
//! ```

use crate::nail_view::NailView;
use crate::outline::Role;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{ParamName, ParamOp, PartKind, Subscript};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE125",
    name: "array-to-string",
    severity: Severity::Warning,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("array_to_string.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.parts.iter().filter(|at| at.role == Some(Role::Value)) {
        let PartKind::Param(param) = &at.part.kind else { continue };
        let is_all = matches!(param.index, Some(Subscript::At)) || param.name == ParamName::Special('@');
        if !is_all || param.indirect || !matches!(param.op, ParamOp::None) {
            continue;
        }
        let text = nail.text_of(at.part.span);
        let joined =
            if param.index.is_some() { text.replacen("[@]", "[*]", 1) } else { text.replace('@', "*") };
        let finding = found.add(
            at.part.span,
            "the elements become one text here",
            format!("write {joined} if that is meant, or NAME=(\"{text}\") to keep them apart"),
        );
        // With another IFS than the usual one `[*]` joins otherwise.
        if !nail.sets("IFS") {
            finding.fix(Fix::replace(Safety::Safe, "say that they are joined", at.part.span, joined));
        }
    }
}
