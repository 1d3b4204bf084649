//! ## What
//! `$?` right after a test, `echo`, `log` or an assignment, where the status of what ran before was meant.
//!
//! ## Why
//! Each of these sets `$?` itself: it is known there, and what it was before is lost.
//!
//! ## Bad
//! ```nail
//! PkgCheck web
//! if [ $? -ne 0 ]; then
//! 	exit $?
//! 	     ^^
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! PkgCheck web
//! status=$?
//! if [ "$status" -ne 0 ]; then
//! 	exit "$status"
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::status::{StatusReads, first_command, has_own_status, is_test};
use toe_source::Severity;
use toe_syntax::tree::{AndOr, Command, CommandKind, List};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE231",
    name: "status-after-test",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("status_after_test.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let reads = StatusReads::of(nail);
    let mut tell = |before: &Command, next: &Command| {
        let Some(span) = reads.by(next) else { return };
        found
            .add(
                span,
                "this is the status of what stands right before it",
                "put $? into a variable first: status=$?",
            )
            .also(before.span, "this sets it");
    };
    for list in &nail.outline.lists {
        for pair in list.statements.windows(2) {
            let [statement, next] = pair else { continue };
            let last = &last_pipeline(statement).command;
            if has_own_status(nail, last) {
                tell(last, first_command(next));
            }
        }
        for statement in &list.statements {
            let mut before = &statement.first.command;
            for (_, pipeline) in &statement.rest {
                if is_test(nail, before) {
                    tell(before, &pipeline.command);
                }
                before = &pipeline.command;
            }
            if let CommandKind::If(chosen) = &statement.first.command.kind {
                let [(condition, body), ..] = chosen.branches.as_slice() else { continue };
                let bodies: [Option<&List>; 2] = [Some(body), chosen.otherwise.as_ref()];
                let Some(test) = condition.statements.last().map(last_pipeline) else { continue };
                if !is_test(nail, &test.command) || chosen.branches.len() > 1 {
                    continue;
                }
                for first in bodies.into_iter().flatten().filter_map(|list| list.statements.first()) {
                    tell(&test.command, first_command(first));
                }
            }
        }
    }
}

fn last_pipeline(statement: &AndOr) -> &toe_syntax::tree::Pipeline {
    statement.rest.last().map_or(&statement.first, |(_, pipeline)| pipeline)
}
