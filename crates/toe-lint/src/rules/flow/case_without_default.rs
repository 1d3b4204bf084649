//! ## What
//! A `case` without a pattern that matches everything else, such as `*)`.
//!
//! ## Why
//! When no pattern matches, nothing is done and nothing is said. Where the patterns are meant to be all that there
//! is, `*) die ..` tells of the one that was forgotten. (Off by default: often nothing is what is wanted.)
//!
//! ## Bad
//! ```nail
//! case $(arch) in
//! ^^^^
//! x86_64) Dir /lib64 ;;
//! aarch64) Dir /lib64 ;;
//! esac
//! ```
//!
//! ## Good
//! ```nail
//! case $(arch) in
//! x86_64) Dir /lib64 ;;
//! aarch64) Dir /lib64 ;;
//! *) die "no packages for $(arch)" ;;
//! esac
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::bare;
use toe_source::Severity;
use toe_syntax::tree::{Case, Word};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE226",
    name: "case-without-default",
    severity: Severity::Style,
    fix: None,
    by_default: false,
    source: include_str!("case_without_default.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for case in &nail.outline.cases {
        let mut patterns = case.items.iter().flat_map(|item| &item.patterns);
        if patterns.any(matches_everything) {
            continue;
        }
        if let Some(start) = start_of(nail, case) {
            found.add(
                nail.at(start, start + "case".len()),
                "when no pattern matches, nothing is done",
                "end it with `*)`, and `die` there if that cannot be",
            );
        }
    }
}

/// Where the word `case` stands: the last thing before the subject.
fn start_of(nail: &NailView, case: &Case) -> Option<usize> {
    nail.text.get(..case.subject.span.start as usize)?.rfind("case")
}

fn matches_everything(pattern: &Word) -> bool {
    bare(pattern).is_some_and(|text| !text.is_empty() && text.bytes().all(|b| b == b'*'))
}
