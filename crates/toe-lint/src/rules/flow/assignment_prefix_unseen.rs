//! ## What
//! A variable that is set before a command and read in the same command's words.
//!
//! ## Why
//! The words are expanded first: they see the old value.
//!
//! ## Bad
//! ```nail
//! ARCH=noarch Rpm "$MREPO_URL/web-1.2-1.$ARCH.rpm"
//!                                       ^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! ARCH=noarch
//! Rpm "$MREPO_URL/web-1.2-1.$ARCH.rpm"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::words;
use toe_source::Severity;
use toe_syntax::tree::{Param, ParamName, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE228",
    name: "assignment-prefix-unseen",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("assignment_prefix_unseen.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        for assignment in &at.command.assignments {
            for part in words(at.command).flat_map(|word| &word.parts) {
                let inner = match &part.kind {
                    PartKind::DoubleQuoted(inner) => inner.as_slice(),
                    _ => std::slice::from_ref(part),
                };
                for part in inner {
                    let PartKind::Param(Param { name: ParamName::Variable(name), .. }) = &part.kind else {
                        continue;
                    };
                    if *name == assignment.name {
                        found
                            .add(
                                part.span,
                                format!("this is `{name}` as it was before"),
                                "make the assignment a command of its own, on the line above",
                            )
                            .also(assignment.span, "not yet in effect");
                    }
                }
            }
        }
    }
}
