//! ## What
//! A function that a foot defines and none of the nails that it may include calls. Feet with includes that are not
//! known, or that call commands by computed names, are not looked at.
//!
//! ## Why
//! It is a leftover, or its name is wrong in one of the two places.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! devices() { Mknod c 1 3 null; }
//! ^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! devices() { Mknod c 1 3 null; }
//! devices
//! ```

use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{command_name, words};
use std::collections::BTreeSet;
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{AndOr, CommandKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE213",
    name: "unused-function",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("unused_function.rs"),
    check: Check::Flow(check),
};

fn check(graph: &Graph, found: &mut Findings) {
    if !graph.is_foot || !graph.flow.is_complete() {
        return;
    }
    let mut called = BTreeSet::new();
    for at in graph.nails.iter().flat_map(|nail| &nail.outline.commands) {
        if words(at.command).next().is_none() {
            continue;
        }
        let Some(name) = command_name(at.command) else { return };
        called.insert(name);
    }
    let Some(own) = graph.nails.first() else { return };
    for at in &own.outline.functions {
        if !called.contains(at.function.name.as_str()) {
            let finding = found.add(
                at.function.name_span,
                format!("the function `{}` is never called", at.function.name),
                "remove it, or call it where it was meant",
            );
            let is_own = |statement: &&AndOr| match &statement.first.command.kind {
                CommandKind::Function(function) => function.name_span == at.function.name_span,
                _ => false,
            };
            let statement = own.nail.body.statements.iter().find(is_own);
            if let Some(lines) = statement.and_then(|statement| own.lines_of(statement.span)) {
                finding.fix(Fix::replace(Safety::Unsafe, "remove it", lines, ""));
            }
        }
    }
}
