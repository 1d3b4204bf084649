//! ## What
//! A package fetched over `http:` with `--nosignature`.
//!
//! ## Why
//! Nothing protects such a package on its way: whoever sits between can put another one in its place.
//!
//! ## Bad
//! ```nail
//! Rpm http://repo.example.com/el9/web-1.2-1.el9.x86_64.rpm --nosignature
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm https://repo.example.com/el9/web-1.2-1.el9.x86_64.rpm --nosignature
//! Rpm http://repo.example.com/el9/other-1.2-1.el9.x86_64.rpm
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, directive, fixed};
use toe_plan::DirectiveName;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE405",
    name: "insecure-url",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("insecure_url.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        if directive(at.command) != Some(DirectiveName::Rpm) {
            continue;
        }
        let unsigned = arguments(at.command).any(|word| fixed(word).as_deref() == Some("--nosignature"));
        let Some(location) = arguments(at.command).next().filter(|_| unsigned) else { continue };
        let text = nail.text_of(location.span);
        let url = text.trim_start_matches(['"', '\'']);
        if url.starts_with("http://") {
            let scheme = location.span.start as usize + text.len() - url.len();
            let after_http = nail.at(scheme + "http".len(), scheme + "http".len());
            found
                .add(
                    location.span,
                    "neither the connection nor a signature protects this package",
                    "fetch it over https, or import its key and take --nosignature away",
                )
                .fix(Fix::replace(Safety::Unsafe, "fetch it over https", after_http, "s"));
        }
    }
}
