//! ## What
//! A variable that the nail never sets and whose name is nearly that of one which means something: SOCK_DIR,
//! MREPO_URL or REPO_FILE.
//!
//! ## Why
//! An unset variable is an error of the evaluation, but only where it is reached: this looks at every branch.
//!
//! ## Bad
//! ```nail
//! Rpm "${MREPOURL}/web-1.2-1.el9.x86_64.rpm"
//!      ^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm "${MREPO_URL}/web-1.2-1.el9.x86_64.rpm"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;
use toe_syntax::tree::{Param, ParamName, ParamOp, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE201",
    name: "unset-variable",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("unset_variable.rs"),
    check: Check::Tree(check),
};

const MEANT: [&str; 3] = ["SOCK_DIR", "MREPO_URL", "REPO_FILE"];

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.parts {
        let PartKind::Param(Param { name: ParamName::Variable(name), op, indirect: false, .. }) =
            &at.part.kind
        else {
            continue;
        };
        let may_be_unset = matches!(
            op,
            ParamOp::Default { .. }
                | ParamOp::Assign { .. }
                | ParamOp::Alternative { .. }
                | ParamOp::Error { .. }
        );
        if may_be_unset || nail.sets(name) {
            continue;
        }
        let is_near = |meant: &&&str| {
            name.as_str() != **meant && strsim::damerau_levenshtein(&name.to_ascii_uppercase(), meant) <= 1
        };
        if let Some(meant) = MEANT.iter().find(is_near) {
            found.add(
                at.part.span,
                format!("`{name}` is not set in this nail"),
                format!("did you mean `{meant}`?"),
            );
        }
    }
}
