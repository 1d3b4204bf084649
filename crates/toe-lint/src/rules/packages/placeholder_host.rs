//! ## What
//! A URL whose host is still to be filled in, such as `http://YOURHOST/` or `http://CHANGEME/`.
//!
//! ## Why
//! Nothing can be fetched from it.
//!
//! ## Bad
//! ```nail
//! MREPO_URL=http://YOURMREPOHOST/el9
//!           ^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! MREPO_URL=http://mrepo.example.com/el9
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;
use toe_syntax::tree::{PartKind, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE416",
    name: "placeholder-host",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("placeholder_host.rs"),
    check: Check::Tree(check),
};

/// What such hosts are made of.
const PLACEHOLDERS: [&str; 8] =
    ["changeme", "change-me", "placeholder", "replaceme", "replace-me", "fixme", "todo", "xxx"];

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.words {
        if let Some(host) = first_placeholder(&at.word.parts) {
            found.add(
                at.word.span,
                format!("the host `{host}` is still to be filled in"),
                "write the name of the server",
            );
        }
    }
}

fn first_placeholder(parts: &[WordPart]) -> Option<&str> {
    parts.iter().find_map(|part| match &part.kind {
        PartKind::Literal(text) | PartKind::SingleQuoted(text) if text.contains(':') => placeholder(text),
        PartKind::DoubleQuoted(inner) => first_placeholder(inner),
        _ => None,
    })
}

fn placeholder(text: &str) -> Option<&str> {
    text.split("://").skip(1).find_map(|rest| {
        let authority = rest.split(['/', '?', '#']).next()?;
        let host = authority.rsplit('@').next()?.split(':').next()?;
        let lower = host.to_ascii_lowercase();
        let is_placeholder = lower.split('.').any(|label| {
            PLACEHOLDERS.contains(&label)
                || (label.starts_with("your")
                    && ["host", "server", "domain", "repo", "mirror", "company", "site"]
                        .iter()
                        .any(|what| label.contains(what)))
        });
        (is_placeholder || (host.starts_with('<') && host.ends_with('>'))).then_some(host)
    })
}
