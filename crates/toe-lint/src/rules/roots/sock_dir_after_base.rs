//! ## What
//! An assignment of another value to SOCK_DIR below the `Base` of the same nail.
//!
//! ## Why
//! `Base` sets SOCK_DIR, and it has one value in a run: the run would be refused.
//!
//! ## Bad
//! ```nail
//! Base /var/deploy/web
//! SOCK_DIR=/var/deploy/log
//! ^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! SOCK_DIR=/var/deploy/web
//! Base "$SOCK_DIR"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, directive, fixed};
use toe_plan::DirectiveName;
use toe_source::Severity;
use toe_syntax::tree::AssignValue;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE616",
    name: "sock-dir-after-base",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("sock_dir_after_base.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let is_base = |name| name == Some(DirectiveName::Base);
    let base = nail.outline.commands.iter().find(|at| is_base(directive(at.command)) && !at.around.function);
    let Some(base) = base.filter(|at| !nail.defines("Base") && !at.around.conditional) else { return };
    let dir = arguments(base.command).next().and_then(fixed);
    for at in nail.outline.assignments.iter().filter(|at| at.assignment.name == "SOCK_DIR") {
        let AssignValue::Scalar(value) = &at.assignment.value else { continue };
        let is_same = fixed(value).is_some_and(|value| dir.as_ref() == Some(&value));
        let is_fixed = fixed(value).is_some() && dir.is_some();
        let is_later = at.assignment.span.start > base.command.span.end;
        if is_later && is_fixed && !is_same && !at.around.function {
            found
                .add(at.assignment.span, "SOCK_DIR gets another value below Base", "set it above Base")
                .also(base.command.span, "the Base");
        }
    }
}
