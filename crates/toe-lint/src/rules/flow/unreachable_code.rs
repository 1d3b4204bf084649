//! ## What
//! Commands after an unconditional `exit`, `die`, `return`, `break` or `continue` of the same list.
//!
//! ## Why
//! They never run.
//!
//! ## Bad
//! ```nail
//! if [ "${VERSION:-}" = "" ]; then
//!     die "no version"
//!     VERSION=1
//!     ^^^^^^^^^
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if [ "${VERSION:-}" = "" ]; then
//!     die "no version"
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, words};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::CommandKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE215",
    name: "unreachable-code",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("unreachable_code.rs"),
    check: Check::Tree(check),
};

/// Commands that end the list in which they stand.
const ENDS: [&str; 5] = ["exit", "die", "return", "break", "continue"];

fn check(nail: &NailView, found: &mut Findings) {
    for list in &nail.outline.lists {
        for pair in list.statements.windows(2) {
            let [statement, next] = pair else { continue };
            let CommandKind::Simple(simple) = &statement.first.command.kind else { continue };
            let Some(name) = words(simple).next().and_then(bare) else { continue };
            let ends = ENDS.contains(&name) && statement.rest.is_empty() && !nail.defines(name);
            if ends {
                let finding =
                    found.add(next.span, "this never runs", format!("remove it, or move it above `{name}`"));
                finding.also(simple.span, "the list ends here");
                if let Some(lines) = nail.bare_lines_of(next.span) {
                    finding.fix(Fix::replace(Safety::Unsafe, "remove it", lines, ""));
                }
                break;
            }
        }
    }
}
