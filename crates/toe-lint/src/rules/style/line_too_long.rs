//! ## What
//! A line of more than 120 characters, unless a URL or a here-document is in it.
//!
//! ## Why
//! Long lines hide their end. A backslash at the end of a line continues it. (Off by default.)
//!
//! ## Bad
//! ```nail
//! Gecos web The service that answers all requests for the site of the intranet and of its archive, kept by the team web at home
//!                                                                                                                         ^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 300 web
//! UserAdd 300 300 /srv/web /sbin/nologin web
//! Gecos web The service that answers all requests for the site of the intranet and of its archive, \
//! 	kept by the team web at home
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE804",
    name: "line-too-long",
    severity: Severity::Style,
    fix: None,
    by_default: false,
    source: include_str!("line_too_long.rs"),
    check: Check::Tree(check),
};

const MOST: usize = 120;

fn check(nail: &NailView, found: &mut Findings) {
    let documents: Vec<_> = nail.outline.here_documents.iter().map(|at| at.document.body_span).collect();
    let mut start = 0;
    for line in nail.text.split_inclusive('\n') {
        let kept = line.trim_end_matches('\n');
        let over = kept.char_indices().nth(MOST).map(|(at, _)| start + at);
        let is_document =
            documents.iter().any(|span| span.start as usize <= start && start < span.end as usize);
        let is_url = kept.contains("://") || kept.contains("MREPO_URL");
        if let Some(over) = over.filter(|_| !is_document && !is_url) {
            found.add(
                nail.at(over, start + kept.len()),
                format!("the line has {} characters; {MOST} are enough", kept.chars().count()),
                "continue it on the next line with a backslash",
            );
        }
        start += line.len();
    }
}
