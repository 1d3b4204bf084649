//! ## What
//! `*`, `?` or `[..]` without quotes in a path inside the SOCK: a word of `Dir`, `Write` or `Link`, the home of
//! `UserAdd`, the target of `Symlink`.
//!
//! ## Why
//! Patterns are matched with the files of the machine that evaluates the nail, never with those of the SOCK. Where
//! nothing matches, the sign stays in the name.
//!
//! ## Bad
//! ```nail
//! Dir /srv/web/*
//!              ^
//! ```
//!
//! ## Good
//! ```nail
//! for part in static media; do
//! 	Dir "/srv/web/$part"
//! done
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, directive, first_glob};
use toe_plan::DirectiveName;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE110",
    name: "glob-without-match",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("glob_without_match.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let Some(name) = directive(at.command).filter(|name| !nail.defines(name.as_str())) else { continue };
        for (i, word) in arguments(at.command).enumerate() {
            let is_inside = match name {
                DirectiveName::Dir | DirectiveName::Write | DirectiveName::Link => true,
                DirectiveName::UserAdd => i == 2,
                DirectiveName::Symlink => i == 1,
                _ => false,
            };
            if let Some(sign) = first_glob(nail, word).filter(|_| is_inside) {
                found.add(
                    sign,
                    "this pattern is matched with the files of this machine, not of the SOCK",
                    "name the path in full, or quote the sign if it belongs to the name",
                );
            }
        }
    }
}
