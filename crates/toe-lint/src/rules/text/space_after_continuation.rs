//! ## What
//! A backslash and then blanks at the end of a line.
//!
//! ## Why
//! The backslash quotes the blank and not the newline: the command gets an argument of one space and ends
//! here, and the next line is a command of its own.
//!
//! ## Bad
//! ```nail
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm" \⟨20⟩
//!                                           ^^
//!     --noscripts
//! ```
//!
//! ## Good
//! ```nail
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm" \
//!     --noscripts
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::PartKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE008",
    name: "space-after-continuation",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("space_after_continuation.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.parts.iter().filter(|at| !at.quoted) {
        let PartKind::Escaped(' ' | '\t') = at.part.kind else { continue };
        let rest = nail.text.get(at.part.span.end as usize..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("");
        if line.trim().is_empty() {
            let backslash = at.part.span.start as usize;
            let blanks = nail.at(backslash + 1, at.part.span.end as usize + line.len());
            found
                .add(
                    at.part.span,
                    "the backslash quotes the blank after it, so the line does not continue",
                    "remove the blanks at the end of the line",
                )
                .fix(Fix::replace(Safety::Safe, "remove the blanks", blanks, ""));
        }
    }
}
