//! ## What
//! A command substitution in backquotes.
//!
//! ## Why
//! Backslashes mean something else in them and they do not nest, both of which `$( )` does well. `toe fmt` writes
//! them so where nothing in them is escaped.
//!
//! ## Bad
//! ```nail
//! Rpm "$MREPO_URL/web-1.2-1.`arch`.rpm"
//!                           ^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm "$MREPO_URL/web-1.2-1.$(arch).rpm"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{CommandSubst, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE108",
    name: "backquotes",
    severity: Severity::Style,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("backquotes.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.parts {
        if let PartKind::CommandSubst(CommandSubst { backquoted: true, .. }) = at.part.kind {
            let finding =
                found.add(at.part.span, "this command substitution is in backquotes", "write $(..)");
            let command = nail.text_of(at.part.span).trim_matches('`').trim();
            // Backslashes mean something else in backquotes, and a comment would hide the bracket.
            if !command.contains(['\\', '#']) {
                let blank = if command.starts_with('(') { " " } else { "" };
                let text = format!("$({blank}{command})");
                finding.fix(Fix::replace(Safety::Safe, "write $(..)", at.part.span, text));
            }
        }
    }
}
