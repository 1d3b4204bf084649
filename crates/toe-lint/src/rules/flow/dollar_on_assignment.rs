//! ## What
//! A `$` before the name of an assigned variable.
//!
//! ## Why
//! bash puts the variable's value there and runs the result as a command.
//!
//! ## Bad
//! ```nail
//! $PACKAGE=sock-web
//! ^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! PACKAGE=sock-web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{Arg, Param, ParamName, ParamOp, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE014",
    name: "dollar-on-assignment",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("dollar_on_assignment.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let Some(Arg::Word(word)) = at.command.args.first() else { continue };
        let [first, second, ..] = word.parts.as_slice() else { continue };
        if let (
            PartKind::Param(Param { name: ParamName::Variable(name), index, op, indirect, .. }),
            PartKind::Literal(text),
        ) = (&first.kind, &second.kind)
            && text.starts_with('=')
        {
            let finding = found.add(
                first.span,
                format!("this runs what `{name}` holds as a command; it assigns nothing"),
                format!("write {name}=VALUE without the `$`"),
            );
            let is_plain = index.is_none() && !indirect && matches!(op, ParamOp::None);
            if is_plain && at.command.args.len() == 1 && !text.starts_with("==") {
                finding.fix(Fix::replace(Safety::Safe, "take the `$` away", first.span, name.as_str()));
            }
        }
    }
}
