//! ## What
//! A PACKAGE that no RPM can have as its name.
//!
//! ## Why
//! rpm names hold letters, digits and `._+-`, and begin with a letter or digit.
//!
//! ## Bad
//! ```nail
//! PACKAGE="sock web"
//! ^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! PACKAGE=sock-web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::fixed;
use toe_source::Severity;
use toe_syntax::tree::AssignValue;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE704",
    name: "bad-package-name",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("bad_package_name.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.assignments.iter().filter(|at| at.assignment.name == "PACKAGE") {
        let AssignValue::Scalar(word) = &at.assignment.value else { continue };
        let Some(text) = fixed(word).filter(|text| !text.is_empty() && !at.assignment.append) else {
            continue;
        };
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
        if !text.chars().all(is_allowed) || !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            found.add(
                at.assignment.span,
                format!("`{}` cannot be the name of an RPM", text.escape_debug()),
                "use letters, digits and `._+-`, a letter or digit first",
            );
        }
    }
}
