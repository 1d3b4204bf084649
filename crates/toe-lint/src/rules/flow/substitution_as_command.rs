//! ## What
//! A command that is nothing but `$(..)`, such as `if $(PkgCheck web); then`.
//!
//! ## Why
//! What the command prints is run as a command. `if` takes the command as it is, without `$( )`.
//!
//! ## Bad
//! ```nail
//! if $(PkgCheck web); then
//!    ^^^^^^^^^^^^^^^
//! 	Dir /srv/web
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if PkgCheck web; then
//! 	Dir /srv/web
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::words;
use toe_source::Severity;
use toe_syntax::tree::{PartKind, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE234",
    name: "substitution-as-command",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("substitution_as_command.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let mut words = words(at.command);
        let (Some(word), None) = (words.next(), words.next()) else { continue };
        if let [WordPart { kind: PartKind::CommandSubst(_), .. }] = word.parts.as_slice() {
            found.add(word.span, "what this prints is run as a command", "write the command without $( )");
        }
    }
}
