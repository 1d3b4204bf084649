//! ## What
//! An assignment of a plain word to an array of the same nail.
//!
//! ## Why
//! It sets the first element alone, and with `+=` adds to the text of the first element.
//!
//! ## Bad
//! ```nail
//! PKGS=(setup filesystem)
//! PKGS+=" bash"
//! ^^^^^^^^^^^^^
//! for pkg in "${PKGS[@]}"; do
//! 	Rpm "$MREPO_URL/$pkg-1-1.noarch.rpm"
//! done
//! ```
//!
//! ## Good
//! ```nail
//! PKGS=(setup filesystem)
//! PKGS+=(bash)
//! for pkg in "${PKGS[@]}"; do
//! 	Rpm "$MREPO_URL/$pkg-1-1.noarch.rpm"
//! done
//! ```

use crate::nail_view::NailView;
use crate::outline::AssignmentAt;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, command_name, fixed};
use std::collections::{BTreeMap, BTreeSet};
use toe_source::Severity;
use toe_syntax::tree::AssignValue;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE115",
    name: "string-to-array",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("string_to_array.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    // A function may have a variable of the same name of its own.
    let outside = |at: &&AssignmentAt| !at.around.function && !at.before_command;
    let mut arrays = BTreeMap::new();
    let unset =
        nail.outline.commands.iter().filter(|at| command_name(at.command).as_deref() == Some("unset"));
    let unset: BTreeSet<String> = unset.flat_map(|at| arguments(at.command)).filter_map(fixed).collect();
    for at in nail.outline.assignments.iter().filter(outside) {
        let assignment = at.assignment;
        if unset.contains(&assignment.name) {
            continue;
        }
        match &assignment.value {
            AssignValue::Array(_) => {
                arrays.entry(assignment.name.as_str()).or_insert(assignment.name_span);
            }
            AssignValue::Scalar(_) if assignment.index.is_none() => {
                let Some(first) = arrays.get(assignment.name.as_str()) else { continue };
                let (sign, what) = if assignment.append {
                    ("+=", "adds to its first element")
                } else {
                    ("=", "sets its first element")
                };
                found
                    .add(
                        assignment.span,
                        format!("`{}` is an array, and this {what}", assignment.name),
                        format!("write {}{sign}(..) for elements", assignment.name),
                    )
                    .also(*first, "an array here");
            }
            AssignValue::Scalar(_) => {}
        }
    }
}
