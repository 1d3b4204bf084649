//! ## What
//! `a && b || c` where `b` may fail, so that `c` runs after `b`.
//!
//! ## Why
//! It is no `if`: `c` runs when `a` or `b` fails. (Directives other than `PkgCheck`, assignments and `log` do not
//! fail, so nothing is said of them.)
//!
//! ## Bad
//! ```nail
//! web() { PkgCheck web && Dir /srv/web; }
//! PkgCheck httpd && web || Dir /srv/none
//! ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! web() { PkgCheck web && Dir /srv/web; }
//! if PkgCheck httpd; then
//! 	web
//! else
//! 	Dir /srv/none
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, words};
use std::collections::BTreeSet;
use toe_plan::DirectiveName;
use toe_source::Span;
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{AndOrOp, CommandKind, Pipeline};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE222",
    name: "and-or-as-if",
    severity: Severity::Info,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("and_or_as_if.rs"),
    check: Check::Tree(check),
};

/// Commands that as the last of the three make it "both, or else this".
const ENDS: [&str; 8] = ["exit", "return", "die", "log", "echo", "printf", "true", ":"];

fn check(nail: &NailView, found: &mut Findings) {
    let asked: BTreeSet<Span> =
        nail.outline.conditions.iter().flat_map(|list| &list.statements).map(|s| s.span).collect();
    for statement in nail.outline.lists.iter().flat_map(|list| &list.statements) {
        let [(AndOrOp::And, then), (AndOrOp::Or, otherwise)] = statement.rest.as_slice() else { continue };
        if asked.contains(&statement.span) || !may_fail(nail, then) || is_end(nail, otherwise) {
            continue;
        }
        let finding = found.add(
            statement.span,
            "the last command runs too when the second one fails",
            "write if .. then .. else .. fi",
        );
        let text = |pipeline: &Pipeline| nail.text_of(pipeline.span);
        if !nail.text_of(statement.span).contains(['\n', '#']) {
            let written =
                format!("if {}; then {}; else {}; fi", text(&statement.first), text(then), text(otherwise));
            finding.fix(Fix::replace(Safety::Unsafe, "write it as an if", statement.span, written));
        }
    }
}

fn name(pipeline: &Pipeline) -> Option<&str> {
    let CommandKind::Simple(simple) = &pipeline.command.kind else { return None };
    words(simple).next().and_then(bare)
}

fn may_fail(nail: &NailView, pipeline: &Pipeline) -> bool {
    match name(pipeline) {
        Some(name) if nail.defines(name) => true,
        Some("log" | "die" | "echo" | "printf" | "true" | ":" | "exit" | "return" | "break" | "continue") => {
            false
        }
        Some(name) => DirectiveName::from_word(name)
            .is_none_or(|directive| matches!(directive, DirectiveName::PkgCheck | DirectiveName::Include)),
        // An assignment, or a compound command.
        None => !nail.text_of(pipeline.span).contains('=') || nail.text_of(pipeline.span).contains("$("),
    }
}

fn is_end(nail: &NailView, pipeline: &Pipeline) -> bool {
    match name(pipeline) {
        Some(name) => ENDS.contains(&name) && !nail.defines(name),
        None => matches!(&pipeline.command.kind, CommandKind::Simple(simple) if simple.args.is_empty()),
    }
}
