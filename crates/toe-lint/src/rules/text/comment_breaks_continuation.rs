//! ## What
//! A comment on a line that a backslash joins to the line before.
//!
//! ## Why
//! The comment ends the command. What stands below it, though it looks like more words, is a command of its own.
//!
//! ## Bad
//! ```nail
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm" \
//!     # its scriptlets want systemd
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! # its scriptlets want systemd
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm" \
//!     --noscripts
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE010",
    name: "comment-breaks-continuation",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("comment_breaks_continuation.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let mut before = 0;
    for comment in &nail.nail.comments {
        let between = nail.text.get(before..comment.span.start as usize).unwrap_or("");
        before = comment.span.end as usize;
        let line_before = between.trim_end_matches([' ', '\t']).strip_suffix('\n');
        if line_before.is_some_and(|text| text.ends_with('\\')) {
            found.add(
                comment.span,
                "this comment ends the command that the backslash was to continue",
                "move the comment above the command",
            );
        }
    }
}
