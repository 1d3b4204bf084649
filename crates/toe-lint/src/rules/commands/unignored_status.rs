//! ## What
//! `PkgCheck` or a test (`[ ]`, `[[ ]]`) whose answer nothing asks for.
//!
//! ## Why
//! Neither does anything but answer. An `if`, `&&` or `|| die` is missing.
//!
//! ## Bad
//! ```nail
//! PkgCheck web
//! ^^^^^^^^^^^^
//! Dir /srv/web
//! ```
//!
//! ## Good
//! ```nail
//! PkgCheck web || die "web has to come first"
//! Dir /srv/web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::status::{StatusReads, first_command, is_test, stops_at_failure};
use crate::word_text::directive;
use toe_plan::DirectiveName;
use toe_source::Severity;
use toe_syntax::tree::CommandKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE712",
    name: "unignored-status",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("unignored_status.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    if stops_at_failure(nail) {
        return;
    }
    let reads = StatusReads::of(nail);
    // The last status of a list may be that of a function, of a condition, of the nail.
    for pair in nail.outline.lists.iter().flat_map(|list| list.statements.windows(2)) {
        let [statement, next] = pair else { continue };
        let command = &statement.first.command;
        let asks = match &command.kind {
            CommandKind::Simple(simple) => {
                let is_check = directive(simple) == Some(DirectiveName::PkgCheck);
                (is_check && !nail.defines(DirectiveName::PkgCheck.as_str())) || is_test(nail, command)
            }
            CommandKind::Cond(_) => true,
            _ => false,
        };
        if asks && statement.rest.is_empty() && reads.by(first_command(next)).is_none() {
            found.add(
                statement.span,
                "nothing asks for this answer",
                "write if .. then .. fi around what depends on it, or || die \"..\" behind it",
            );
        }
    }
}
