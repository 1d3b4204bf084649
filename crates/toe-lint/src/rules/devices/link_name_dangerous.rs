//! ## What
//! A `Symlink` that would take the place of a directory or file of the host's own system, such as `/usr`,
//! `/etc/passwd` or `/bin/sh`.
//!
//! ## Why
//! The link is made on the host, not in the SOCK. The run refuses to replace what is there; on a host where it is
//! missing, the system would live on what the SOCK holds.
//!
//! ## Bad
//! ```nail
//! Symlink /etc/passwd etc/passwd
//!         ^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Symlink /etc/web etc/web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use crate::system_directories::SYSTEM_DIRECTORIES;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE611",
    name: "link-name-dangerous",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("link_name_dangerous.rs"),
    check: Check::Steps(check),
};

/// Files without which a system does not start or lets nobody in.
const FILES: [&str; 24] = [
    "/bin/bash",
    "/bin/sh",
    "/etc/fstab",
    "/etc/group",
    "/etc/gshadow",
    "/etc/hostname",
    "/etc/hosts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.preload",
    "/etc/localtime",
    "/etc/machine-id",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/passwd",
    "/etc/profile",
    "/etc/resolv.conf",
    "/etc/shadow",
    "/etc/shells",
    "/etc/sudoers",
    "/usr/bin/bash",
    "/usr/bin/env",
    "/usr/bin/sh",
    "/sbin/init",
];

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Symlink { link, .. } = &at.step else { continue };
        let components: Vec<&str> = link.split('/').filter(|c| !c.is_empty() && *c != ".").collect();
        let path = format!("/{}", components.join("/"));
        let is_of_the_kernel = matches!(components.first(), Some(&("boot" | "dev" | "proc" | "sys")));
        if is_of_the_kernel || SYSTEM_DIRECTORIES.contains(&path.as_str()) || FILES.contains(&path.as_str()) {
            found
                .add(
                    at.word(0),
                    format!("`{path}` is the host's own"),
                    "give the link a name of its own; what is inside the SOCK needs no Symlink",
                )
                .through(&at.included_from);
        }
    }
}
