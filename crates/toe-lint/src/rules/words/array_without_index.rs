//! ## What
//! An array of this nail that is expanded without an index.
//!
//! ## Why
//! `$PKGS` is the first element alone.
//!
//! ## Bad
//! ```nail
//! PKGS=(setup filesystem)
//! for pkg in $PKGS; do
//!            ^^^^^
//!     Rpm "$MREPO_URL/$pkg-1-1.noarch.rpm"
//! done
//! ```
//!
//! ## Good
//! ```nail
//! PKGS=(setup filesystem)
//! for pkg in "${PKGS[@]}"; do
//!     Rpm "$MREPO_URL/$pkg-1-1.noarch.rpm"
//! done
//! ```

use crate::nail_view::NailView;
use crate::outline::Role;
use crate::rule::{Check, Findings, Rule};
use std::collections::BTreeSet;
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{AssignValue, Param, ParamName, ParamOp, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE113",
    name: "array-without-index",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("array_without_index.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let mut arrays = BTreeSet::new();
    let mut scalars: BTreeSet<&str> = nail.outline.fors.iter().map(|f| f.name.as_str()).collect();
    for at in &nail.outline.assignments {
        let is_array = matches!(at.assignment.value, AssignValue::Array(_));
        let into = if is_array { &mut arrays } else { &mut scalars };
        into.insert(at.assignment.name.as_str());
    }
    for at in &nail.outline.parts {
        let PartKind::Param(Param {
            name: ParamName::Variable(name), index: None, indirect: false, op, ..
        }) = &at.part.kind
        else {
            continue;
        };
        let asks_only = matches!(op, ParamOp::Default { .. } | ParamOp::Alternative { .. });
        if arrays.contains(name.as_str()) && !scalars.contains(name.as_str()) && !asks_only {
            let all = format!("\"${{{name}[@]}}\"");
            let finding = found.add(
                at.part.span,
                format!("`{name}` is an array, and this is its first element"),
                format!("write {all} for all elements, or ${{{name}[0]}} for the first"),
            );
            let is_list = matches!(at.role, Some(Role::Argument | Role::Item)) && !at.quoted;
            if is_list && matches!(op, ParamOp::None) {
                finding.fix(Fix::replace(Safety::Unsafe, "take all elements", at.part.span, all));
            }
        }
    }
}
