//! ## What
//! A script (a here-document that begins with `#!`) whose delimiter is not quoted, with `$1`, `$@`, `$?`, `$$` or
//! `$(..)` in it.
//!
//! ## Why
//! Without quotes around the delimiter these are expanded when the nail is evaluated; the script in the SOCK gets
//! what came out of it, once and for all.
//!
//! ## Bad
//! ```nail
//! Write /usr/bin/start 0755 <<END
//!                           ^^^^^
//! #!/bin/sh
//! exec /usr/sbin/web "$@"
//! END
//! ```
//!
//! ## Good
//! ```nail
//! Write /usr/bin/start 0755 <<'END'
//! #!/bin/sh
//! exec /usr/sbin/web "$@"
//! END
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;
use toe_syntax::tree::{Param, ParamName, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE123",
    name: "script-expanded-early",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("script_expanded_early.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.here_documents.iter().filter(|at| !at.document.quoted) {
        let is_script =
            matches!(at.document.body.first(), Some(part) if nail.text_of(part.span).starts_with("#!"));
        let early = at.document.body.iter().find(|part| {
            matches!(
                &part.kind,
                PartKind::CommandSubst(_)
                    | PartKind::Param(Param { name: ParamName::Positional(_) | ParamName::Special(_), .. })
            )
        });
        if let Some(early) = early.filter(|_| is_script) {
            found
                .add(
                    at.span,
                    "this script is expanded when the nail is evaluated, not when it runs",
                    format!(
                        "write <<'{}', or a backslash before each `$` of the script",
                        at.document.delimiter
                    ),
                )
                .also(early.span, "such as this");
        }
    }
}
