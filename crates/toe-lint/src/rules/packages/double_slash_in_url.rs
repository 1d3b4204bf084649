//! ## What
//! A location of a package or key with `//` in its path.
//!
//! ## Why
//! Servers and caches may take it for another file than the one with `/`. Often a variable ends in `/` already.
//!
//! ## Bad
//! ```nail
//! MREPO_URL=http://repo.example.com/el9
//! Rpm "http://repo.example.com/el9//web-1.2-1.el9.x86_64.rpm"
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm "http://repo.example.com/el9/web-1.2-1.el9.x86_64.rpm"
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::{Fix, Safety, Severity, Span};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE417",
    name: "double-slash-in-url",
    severity: Severity::Info,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("double_slash_in_url.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        if !matches!(at.step, Step::Rpm { .. } | Step::GpgImport { .. }) {
            continue;
        }
        let Some(location) = at.words.first() else { continue };
        if path_of(location).split(['?', '#']).next().is_none_or(|path| !path.contains("//")) {
            continue;
        }
        let word = at.word(0);
        let finding = found.add(
            word,
            "the path of this location has `//` in it",
            "write one `/`; if a variable ends in `/`, take that away",
        );
        finding.through(&at.included_from);
        let text = steps.sources.text(word);
        let path = path_of(text);
        if let Some(slashes) = path.find("//") {
            let start = word.start as usize + text.len() - path.len() + slashes;
            let count = path[slashes..].bytes().take_while(|b| *b == b'/').count();
            let extra = Span::new(word.source, start + 1, start + count);
            finding.fix(Fix::replace(Safety::Safe, "write one `/`", extra, ""));
        }
    }
}

/// What follows the scheme.
fn path_of(location: &str) -> &str {
    location.split_once("://").map_or(location, |(_, rest)| rest)
}
