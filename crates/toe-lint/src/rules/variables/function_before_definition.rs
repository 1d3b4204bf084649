//! ## What
//! A function of the nail that is called above its definition.
//!
//! ## Why
//! Nails run from top to bottom: at that point there is no such command.
//!
//! ## Bad
//! ```nail
//! device null
//! ^^^^^^
//! device() { Mknod c 1 3 "$1"; }
//! ```
//!
//! ## Good
//! ```nail
//! device() { Mknod c 1 3 "$1"; }
//! device null
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, is_own_command, words};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE212",
    name: "function-before-definition",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("function_before_definition.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.commands.iter().filter(|at| !at.around.function) {
        let Some(word) = words(at.command).next() else { continue };
        let Some(name) = bare(word) else { continue };
        let Some(place) = nail.definition(name) else { continue };
        // Until then a directive or command of that name means itself.
        if place.start > word.span.start && !is_own_command(name) {
            found
                .add(word.span, format!("`{name}` is not defined yet"), "move the function up")
                .also(place, "defined here");
        }
    }
}
