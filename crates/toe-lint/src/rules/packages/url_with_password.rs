//! ## What
//! A URL with a user and a password written into the nail.
//!
//! ## Why
//! Nails are kept, shared and shown, and so is the password. toe hides it in messages and in what it stores; in
//! the nail it stays.
//!
//! ## Bad
//! ```nail
//! MREPO_URL=https://deploy:secret@repo.example.com/el9
//!           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! MREPO_URL=https://${REPO_LOGIN:?give it with --env}@repo.example.com/el9
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;
use toe_syntax::tree::PartKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE406",
    name: "url-with-password",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("url_with_password.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.words {
        let has_secret = at.word.parts.iter().any(|part| match &part.kind {
            PartKind::Literal(text) | PartKind::SingleQuoted(text) => has_password(text),
            PartKind::DoubleQuoted(inner) => {
                inner.iter().any(|part| matches!(&part.kind, PartKind::Literal(text) if has_password(text)))
            }
            _ => false,
        });
        if has_secret {
            found.add(
                at.word.span,
                "a password is written into this URL",
                "put it into a variable that is passed in with --env",
            );
        }
    }
}

/// True for `scheme://user:password@`.
fn has_password(text: &str) -> bool {
    text.contains('@')
        && text.split("://").skip(1).any(|rest| {
            let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
            let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
            user.split_once(':').is_some_and(|(_, password)| !password.is_empty())
        })
}
