//! ## What
//! Packages for machines that do not run each other's programs, by the names of their files. `i686` beside `x86_64`
//! is fine, and so is `noarch`.
//!
//! ## Why
//! One of them cannot run in the SOCK.
//!
//! ## Bad
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm
//! Rpm /srv/rpms/log-1.2-1.el9.aarch64.rpm
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm
//! Rpm /srv/rpms/log-1.2-1.el9.noarch.rpm
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE410",
    name: "mixed-architecture",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("mixed_architecture.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let mut first: Option<(&str, &StepAt)> = None;
    for at in &steps.all {
        let Some(machine) = machine(at) else { continue };
        match first {
            None => first = Some((machine, at)),
            Some((other, there)) if other != machine && there.goes_with(at) => {
                found
                    .add(
                        at.word(0),
                        format!("this package is for {machine}, others are for {other}"),
                        "name the package for the same machine",
                    )
                    .also(there.word(0), "the first")
                    .through(&at.included_from);
            }
            Some(_) => {}
        }
    }
}

/// The kind of machine that a package is for, of those that are known.
fn machine(at: &StepAt) -> Option<&'static str> {
    match at.package()?.arch {
        "x86_64" | "x86_64_v2" | "x86_64_v3" | "i386" | "i486" | "i586" | "i686" => Some("x86_64"),
        "aarch64" => Some("aarch64"),
        "ppc64le" => Some("ppc64le"),
        "s390x" => Some("s390x"),
        "riscv64" => Some("riscv64"),
        _ => None,
    }
}
