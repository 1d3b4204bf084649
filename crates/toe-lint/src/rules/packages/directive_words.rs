//! ## What
//! Too few or too many words after a directive, or a word that cannot work there, as far as the nail itself tells.
//!
//! ## Why
//! The evaluation refuses it as well, but only where it is reached: this looks at every branch.
//!
//! ## Bad
//! ```nail
//! if [ "${TLS:-no}" = yes ]; then
//!     UserAdd 300 353 /srv/web web
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!     Mknod x 1 3 null
//!           ^
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if [ "${TLS:-no}" = yes ]; then
//!     UserAdd 300 353 /srv/web /sbin/nologin web
//!     Mknod c 1 3 null
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, directive, fixed};
use toe_plan::{DirectiveName, Step};
use toe_source::Severity;
use toe_syntax::tree::RedirectKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE402",
    name: "directive-words",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("directive_words.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let Some(name) = directive(at.command).filter(|name| !nail.defines(name.as_str())) else { continue };
        if let DirectiveName::Include | DirectiveName::PkgCheck | DirectiveName::ShadowCheck = name {
            continue;
        }
        let args: Option<Vec<String>> = arguments(at.command).map(fixed).collect();
        let Some(args) = args else { continue };
        let has_body = at.command.redirects.iter().any(|r| matches!(r.kind, RedirectKind::HereDoc(_)));
        if let Err(error) = Step::parse(name, &args, has_body.then_some("")) {
            let word = error.word.and_then(|i| arguments(at.command).nth(i));
            found.add(word.map_or(at.command.span, |word| word.span), error.message, error.help);
        }
    }
}
