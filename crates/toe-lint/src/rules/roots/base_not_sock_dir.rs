//! ## What
//! A `Base` with another directory than the SOCK_DIR that the nail sets above it.
//!
//! ## Why
//! `Base` wins and sets SOCK_DIR: the assignment does nothing, and one of the two is probably out of date.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! SOCK_DIR=/var/deploy/log
//! Base /var/deploy/web
//!      ^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
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
    code: "TOE617",
    name: "base-not-sock-dir",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("base_not_sock_dir.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for base in &nail.outline.commands {
        if directive(base.command) != Some(DirectiveName::Base) || nail.defines("Base") {
            continue;
        }
        let Some(word) = arguments(base.command).next() else { continue };
        let above =
            nail.outline.assignments.iter().rev().find(|at| {
                at.assignment.name == "SOCK_DIR" && at.assignment.span.end <= base.command.span.start
            });
        let Some(above) = above.filter(|at| !at.around.conditional && !at.around.function) else { continue };
        let AssignValue::Scalar(value) = &above.assignment.value else { continue };
        let (Some(dir), Some(set)) = (fixed(word), fixed(value)) else { continue };
        if dir.trim_end_matches('/') != set.trim_end_matches('/') {
            found
                .add(
                    word.span,
                    format!("SOCK_DIR was set to `{set}`"),
                    "write Base \"$SOCK_DIR\", or take the assignment away",
                )
                .also(above.assignment.span, "set here");
        }
    }
}
