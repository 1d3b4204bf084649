//! ## What
//! `source NAME` or `. NAME` with a name without `/`.
//!
//! ## Why
//! bash looks for it in PATH before the current directory; toe refuses it.
//!
//! ## Bad
//! ```nail
//! source standard-devs
//!        ^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! source ./standard-devs
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, command_name, fixed};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE305",
    name: "include-bare-name",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("include_bare_name.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let name = command_name(at.command).filter(|name| name == "source" || name == ".");
        let (Some(name), Some(word)) = (name, arguments(at.command).next()) else { continue };
        if nail.defines(&name) {
            continue;
        }
        let Some(file) = fixed(word).filter(|file| !file.is_empty() && !file.contains('/')) else { continue };
        if file.starts_with('-') {
            continue;
        }
        let quote = usize::from(nail.text_of(word.span).starts_with(['"', '\'']));
        let start = word.span.start as usize + quote;
        found
            .add(
                word.span,
                format!("bash would look for `{}` in PATH", file.escape_debug()),
                "write `./` before it, or Include instead of source",
            )
            .fix(Fix::replace(Safety::Safe, "write ./ before it", nail.at(start, start), "./"));
    }
}
