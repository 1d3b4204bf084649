//! ## What
//! An `Exec` of a program whose work is a directive's: `useradd`, `groupadd`, `usermod -c`, `mknod`, `rpm -i`.
//!
//! ## Why
//! The directive needs no such program in the SOCK, is checked before anything is built, and what it makes is
//! carried into the package.
//!
//! ## Bad
//! ```nail
//! Exec /usr/sbin/groupadd -g 353 web
//!      ^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 353 web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::{DirectiveName, Step};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE635",
    name: "exec-instead-of-directive",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("exec_instead_of_directive.rs"),
    check: Check::Steps(check),
};

/// Programs, and the directives to write instead.
const PROGRAMS: [(&str, DirectiveName); 6] = [
    ("addgroup", DirectiveName::GroupAdd),
    ("adduser", DirectiveName::UserAdd),
    ("groupadd", DirectiveName::GroupAdd),
    ("mknod", DirectiveName::Mknod),
    ("rpm", DirectiveName::Rpm),
    ("useradd", DirectiveName::UserAdd),
];

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Exec { argv } = &at.step else { continue };
        let Some(command) = argv.first() else { continue };
        let program = command.rsplit('/').next().unwrap_or(command);
        let Some((_, instead)) = PROGRAMS.iter().find(|(name, _)| *name == program) else { continue };
        // rpm has other uses than installing.
        let installs = |word: &String| {
            word.starts_with("-i") || word.starts_with("-U") || word == "--install" || word == "--import"
        };
        if program == "rpm" && !argv.iter().skip(1).any(installs) {
            continue;
        }
        found
            .add(
                at.word(0),
                format!("`{program}` does what a directive does"),
                format!("write {}", Step::usage(*instead)),
            )
            .through(&at.included_from);
    }
}
