//! ## What
//! A variable that is assigned its own value.
//!
//! ## Why
//! It changes nothing: another name was meant, or the line is a leftover.
//!
//! ## Bad
//! ```nail
//! VERSION=${VERSION:-1.2}
//! VERSION=$VERSION
//! ^^^^^^^^^^^^^^^^
//! Dir "/srv/$VERSION"
//! ```
//!
//! ## Good
//! ```nail
//! VERSION=${VERSION:-1.2}
//! Dir "/srv/$VERSION"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;
use toe_syntax::tree::{AssignValue, Param, ParamName, ParamOp, PartKind, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE206",
    name: "self-assignment",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("self_assignment.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let plain = |at: &&crate::outline::AssignmentAt| at.declared_by.is_none() && !at.before_command;
    for at in nail.outline.assignments.iter().filter(plain) {
        let assignment = at.assignment;
        let AssignValue::Scalar(word) = &assignment.value else { continue };
        let parts = match word.parts.as_slice() {
            [WordPart { kind: PartKind::DoubleQuoted(inner), .. }] => inner.as_slice(),
            parts => parts,
        };
        let [WordPart { kind: PartKind::Param(param), .. }] = parts else { continue };
        let Param {
            name: ParamName::Variable(name), index: None, indirect: false, op: ParamOp::None, ..
        } = param
        else {
            continue;
        };
        if *name == assignment.name && assignment.index.is_none() && !assignment.append {
            found.add(
                assignment.span,
                format!("`{name}` is assigned to itself"),
                "remove the line, or name the variable that was meant",
            );
        }
    }
}
