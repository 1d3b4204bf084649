//! ## What
//! `chroot`, `rpm --root`, `yum --installroot` and their like.
//!
//! ## Why
//! They change the SOCK while the nail is evaluated: before the plan is known, and outside of it. (And only with
//! `--allow-exec`.)
//!
//! ## Bad
//! ```nail
//! chroot "$SOCK_DIR" /sbin/ldconfig
//! ^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Exec /sbin/ldconfig
//! ```

use crate::commands::programs;
use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE711",
    name: "chroot-command",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("chroot_command.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for program in programs(nail).filter(crate::commands::Program::is_about_the_root) {
        let help = match program.name.as_str() {
            "rpm" | "yum" | "dnf" => "write Rpm LOCATION for a package, GpgImport KEY for a key",
            _ => "write Exec COMMAND to run a program inside the SOCK",
        };
        found.add(program.word.span, "this changes the SOCK while the nail is evaluated", help);
    }
}
