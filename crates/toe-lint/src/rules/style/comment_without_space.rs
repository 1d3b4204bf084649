//! ## What
//! A comment whose text begins right after the `#`, unless it is a command that was taken out.
//!
//! ## Why
//! `# text` is how comments are written, and easier to read.
//!
//! ## Bad
//! ```nail
//! #The site of the intranet.
//! ^
//! Dir /srv/web
//! ```
//!
//! ## Good
//! ```nail
//! # The site of the intranet.
//! Dir /srv/web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{is_own_command, is_variable_name};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE803",
    name: "comment-without-space",
    severity: Severity::Style,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("comment_without_space.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for comment in &nail.nail.comments {
        let Some(text) = comment.text.strip_prefix('#') else { continue };
        let first = text.split_whitespace().next().unwrap_or_default();
        let is_command = is_own_command(first)
            || nail.defines(first)
            || first.split_once('=').is_some_and(|(name, _)| is_variable_name(name.trim_end_matches('+')));
        if !text.starts_with(char::is_alphanumeric) || is_command {
            continue;
        }
        let start = comment.span.start as usize;
        found
            .add(nail.at(start, start + 1), "the text begins right after the `#`", "write a space after it")
            .fix(Fix::replace(Safety::Safe, "write a space", nail.at(start + 1, start + 1), " "));
    }
}
