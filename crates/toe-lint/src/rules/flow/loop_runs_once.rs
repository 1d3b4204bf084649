//! ## What
//! A `for` over one quoted variable.
//!
//! ## Why
//! In quotes the value is one word, so the body runs once with all of it.
//!
//! ## Bad
//! ```nail
//! PKGS="setup filesystem"
//! for pkg in "$PKGS"; do
//!            ^^^^^^^
//!     Rpm "$MREPO_URL/$pkg-1-1.noarch.rpm"
//! done
//! ```
//!
//! ## Good
//! ```nail
//! PKGS=(setup filesystem)
//! for pkg in "${PKGS[@]}"; do
//!     Rpm "$MREPO_URL/$pkg-1-1.noarch.rpm"
//! done
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;
use toe_syntax::tree::{ParamName, PartKind, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE223",
    name: "loop-runs-once",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("loop_runs_once.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for repeated in &nail.outline.fors {
        let Some([word]) = repeated.words.as_deref() else { continue };
        let [WordPart { kind: PartKind::DoubleQuoted(inner), .. }] = word.parts.as_slice() else { continue };
        let [WordPart { kind: PartKind::Param(param), .. }] = inner.as_slice() else { continue };
        if param.index.is_none() && !param.indirect && matches!(param.name, ParamName::Variable(_)) {
            found.add(
                word.span,
                "in quotes this is one word, so the loop runs once",
                "make an array of it and write \"${NAME[@]}\", or take the quotes away",
            );
        }
    }
}
