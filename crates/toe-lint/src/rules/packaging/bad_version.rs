//! ## What
//! A VERSION or RELEASE with a `-`, in a nail that sets PACKAGE too.
//!
//! ## Why
//! In `NAME-VERSION-RELEASE` the `-` separates; rpm allows it in neither.
//!
//! ## Bad
//! ```nail
//! PACKAGE=sock-web
//! VERSION=1.2-rc1
//! ^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! PACKAGE=sock-web
//! VERSION=1.2~rc1
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::fixed;
use toe_source::Severity;
use toe_syntax::tree::AssignValue;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE705",
    name: "bad-version",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("bad_version.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    if !nail.sets("PACKAGE") {
        return;
    }
    for at in &nail.outline.assignments {
        let AssignValue::Scalar(word) = &at.assignment.value else { continue };
        let name = at.assignment.name.as_str();
        if matches!(name, "VERSION" | "RELEASE") && fixed(word).is_some_and(|text| text.contains('-')) {
            found.add(
                at.assignment.span,
                format!("a {name} cannot have a `-`"),
                "write `~` before a release candidate, `^` or `.` otherwise",
            );
        }
    }
}
