//! ## What
//! `$NAME`, `${..}` or `$(..)` in single quotes, in a word of a directive.
//!
//! ## Why
//! Nothing is expanded in single quotes: the `$` and the name become part of the word. (Words of `Exec`,
//! `Service`, `log` and `die` may mean it and are not looked at.)
//!
//! ## Bad
//! ```nail
//! Rpm '${MREPO_URL}/web-1.2-1.el9.x86_64.rpm'
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm "${MREPO_URL}/web-1.2-1.el9.x86_64.rpm"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, directive};
use toe_plan::DirectiveName;
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::PartKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE103",
    name: "expansion-in-single-quotes",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("expansion_in_single_quotes.rs"),
    check: Check::Tree(check),
};

/// Directives whose words may well be a program for another reader.
const VERBATIM: [DirectiveName; 4] =
    [DirectiveName::Exec, DirectiveName::Service, DirectiveName::Log, DirectiveName::Die];

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let Some(name) = directive(at.command) else { continue };
        if VERBATIM.contains(&name) {
            continue;
        }
        for part in arguments(at.command).flat_map(|word| &word.parts) {
            if let PartKind::SingleQuoted(text) = &part.kind
                && has_expansion(text)
            {
                let finding = found.add(
                    part.span,
                    "nothing is expanded in single quotes",
                    "write double quotes, or suppress this if the dollar sign is meant",
                );
                if !text.contains(['"', '\\', '`']) {
                    let double = format!("\"{text}\"");
                    finding.fix(Fix::replace(Safety::Unsafe, "write double quotes", part.span, double));
                }
            }
        }
    }
}

fn has_expansion(text: &str) -> bool {
    let starts_one = |rest: &str| rest.starts_with(|c: char| "{(_".contains(c) || c.is_ascii_alphabetic());
    text.split('$').skip(1).any(starts_one)
}
