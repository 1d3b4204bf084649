//! ## What
//! A comment that ends in a backslash, with a command on the next line.
//!
//! ## Why
//! A comment does not continue: the next line is a command of its own, though it looks like part of the comment.
//!
//! ## Bad
//! ```nail
//! # Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm" \
//!                                             ^
//! Dir /srv/web
//! ```
//!
//! ## Good
//! ```nail
//! # The package comes later.
//! Dir /srv/web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE009",
    name: "comment-ends-in-backslash",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("comment_ends_in_backslash.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for comment in &nail.nail.comments {
        let end = comment.span.end as usize;
        let rest = nail.text.get(end..).unwrap_or_default();
        let next = rest.strip_prefix('\n').and_then(|rest| rest.lines().next()).unwrap_or_default().trim();
        if comment.text.ends_with('\\') && !next.is_empty() && !next.starts_with('#') {
            found.add(
                nail.at(end - 1, end),
                "a comment does not continue on the next line",
                "take the backslash away, or begin the next line with # if it belongs to the comment",
            );
        }
    }
}
