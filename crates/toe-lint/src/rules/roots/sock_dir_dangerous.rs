//! ## What
//! A `Base` with a directory of the system, such as `/`, `/usr` or `/var`, with a relative path, or with `..` in
//! it.
//!
//! ## Why
//! SOCK_DIR is swapped as a whole when the SOCK is there: it needs a place of its own.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! SOCK_DIR=/var
//! Base "$SOCK_DIR"
//!      ^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Base /var/deploy/web
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use crate::system_directories::SYSTEM_DIRECTORIES;
use toe_plan::{DirectiveName, Step, StepFault};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE614",
    name: "sock-dir-dangerous",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("sock_dir_dangerous.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let help = "give the SOCK a directory of its own, such as /var/deploy/NAME";
    for refused in steps.refused.iter().filter(|refused| refused.name == DirectiveName::Base) {
        if matches!(refused.fault(), StepFault::Relative | StepFault::DotDot) {
            found.refuse(refused).help(help);
        }
    }
    for at in &steps.all {
        let Step::Base { dir } = &at.step else { continue };
        if is_of_the_system(dir) {
            found
                .add(at.word(0), format!("`{dir}` is a directory of the system"), help)
                .through(&at.included_from);
        }
    }
}

fn is_of_the_system(dir: &str) -> bool {
    let components: Vec<&str> = dir.split('/').filter(|c| !c.is_empty() && *c != ".").collect();
    let path = format!("/{}", components.join("/"));
    let first = components.first().copied().unwrap_or("");
    SYSTEM_DIRECTORIES.contains(&path.as_str())
        || matches!(first, "boot" | "dev" | "proc" | "sys")
        || (components.len() == 1 && first.starts_with("lib"))
}
