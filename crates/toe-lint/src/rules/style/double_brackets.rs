//! ## What
//! `[ ]` and `test`, where `[[ ]]` could stand. (Off by default.)
//!
//! ## Why
//! In `[[ ]]` nothing is split and no name of a file is put in, so that missing quotes do no harm.
//!
//! ## Bad
//! ```nail
//! if [ "$PACKAGE" = web ]; then
//!    ^
//! 	Dir /srv/web
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! PACKAGE=web
//! if [[ "$PACKAGE" = "web" ]]; then
//! 	Dir /srv/web
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, words};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE806",
    name: "double-brackets",
    severity: Severity::Style,
    fix: None,
    by_default: false,
    source: include_str!("double_brackets.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let Some(word) = words(at.command).next() else { continue };
        let Some(name) = bare(word).filter(|name| (*name == "[" || *name == "test") && !nail.defines(name))
        else {
            continue;
        };
        found.add(word.span, format!("this test is written with `{name}`"), "write [[ .. ]]");
    }
}
