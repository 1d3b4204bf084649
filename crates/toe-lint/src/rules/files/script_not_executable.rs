//! ## What
//! A `Write` of a script (its text begins with `#!`) to a directory of programs, with a mode that lets nobody run
//! it. Without a mode it is 0644.
//!
//! ## Why
//! It is there and cannot be started.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Write /usr/bin/web-reload <<'END'
//!       ^^^^^^^^^^^^^^^^^^^
//! #!/bin/sh
//! kill -HUP 1
//! END
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Write /usr/bin/web-reload 0755 <<'END'
//! #!/bin/sh
//! kill -HUP 1
//! END
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE630",
    name: "script-not-executable",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("script_not_executable.rs"),
    check: Check::Steps(check),
};

/// Directories whose scripts are started by their names.
const DIRECTORIES: [&str; 8] =
    ["bin", "sbin", "libexec", "init.d", "cron.hourly", "cron.daily", "cron.weekly", "cron.monthly"];

/// What `Write` gives without a mode.
const DEFAULT_MODE: u32 = 0o644;

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Write { dest, attributes, content } = &at.step else { continue };
        let directory = dest.as_str().rsplit('/').nth(1).unwrap_or("");
        let mode = attributes.mode.unwrap_or(DEFAULT_MODE);
        if content.starts_with("#!") && DIRECTORIES.contains(&directory) && mode & 0o111 == 0 {
            found
                .add(at.word(0), "this script cannot be run", format!("write its mode: Write {dest} 0755"))
                .through(&at.included_from);
        }
    }
}
