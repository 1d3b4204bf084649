//! ## What
//! A well-known program that the language does not have, such as `mkdir`, `curl` or `rpm`, and that is no function
//! of the nail.
//!
//! ## Why
//! A nail is evaluated before anything is built: such a command runs only with `--allow-exec`, on this machine, and
//! not in the SOCK. Most have a directive that does the same to the SOCK. (`allowed-commands` in toe.toml names those
//! that a project means; where `--allow-exec` is given, TOE714 lists them all instead.)
//!
//! ## Bad
//! ```nail
//! mkdir -p /srv/web
//! ^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /srv/web
//! ```

use crate::commands::{Program, programs};
use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_eval::instead_of_program;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE706",
    name: "command-not-allowed",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("command_not_allowed.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    if found.project().allow_exec {
        return;
    }
    let mut outside = Vec::new();
    for Program { name, word, .. } in
        programs(nail).filter(|program| !program.in_sock && !program.is_about_the_root())
    {
        if let Some(instead) = instead_of_program(&name)
            && !found.project().allowed_commands.contains(&name)
        {
            outside.push((word.span, name, instead));
        }
    }
    for (span, name, instead) in outside {
        found.add(
            span,
            format!("`{name}` is not part of the language, and would run on this machine"),
            instead,
        );
    }
}
