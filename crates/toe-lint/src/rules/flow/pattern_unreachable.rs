//! ## What
//! A clause of `case` below `*)`, or with a pattern that a clause above it has.
//!
//! ## Why
//! The first clause that matches is taken.
//!
//! ## Bad
//! ```nail
//! case $RELEASE in
//! *) Dir /srv/other ;;
//! el9) Dir /srv/el9 ;;
//! ^^^
//! esac
//! ```
//!
//! ## Good
//! ```nail
//! case $RELEASE in
//! el9) Dir /srv/el9 ;;
//! *) Dir /srv/other ;;
//! esac
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, fixed};
use std::collections::BTreeMap;
use toe_source::Severity;
use toe_source::Span;
use toe_syntax::tree::CaseTerminator;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE225",
    name: "pattern-unreachable",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("pattern_unreachable.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for case in &nail.outline.cases {
        // With `;&` and `;;&` clauses are reached in other ways.
        if case.items.iter().any(|item| item.terminator != CaseTerminator::Break) {
            continue;
        }
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut all: Option<Span> = None;
        for pattern in case.items.iter().flat_map(|item| &item.patterns) {
            let first = all.or_else(|| fixed(pattern).and_then(|text| seen.get(&text).copied()));
            if let Some(first) = first {
                found
                    .add(pattern.span, "this pattern is never tried", "move it up, or remove it")
                    .also(first, "this one is taken before");
            } else if bare(pattern) == Some("*") {
                all = Some(pattern.span);
            } else if let Some(text) = fixed(pattern) {
                seen.insert(text, pattern.span);
            }
        }
    }
}
