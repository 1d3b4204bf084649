//! ## What
//! A login shell that no package of the foot has, as far as the names of the packages tell: `sh` is looked for in
//! `bash`, `dash`, `busybox` and their like. With `--online` the packages' own file lists tell.
//!
//! ## Why
//! The account cannot log in, and nothing can run a command as that user.
//!
//! ## Bad
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Rpm "$MREPO_URL/web-1.2-1.el9.x86_64.rpm"
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web /bin/bash web
//!                          ^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! REPO_FILE=internal.repo
//! MREPO_URL=http://repo.example.com/el9
//! Base /var/deploy/web
//! Rpm "$MREPO_URL/bash-5.1.8-9.el9.x86_64.rpm"
//! GroupAdd 353 web
//! UserAdd 300 353 /srv/web /bin/bash web
//! ```

use crate::foot::Foot;
use crate::packages::Packages;
use crate::rule::{Check, Findings, Rule};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE512",
    name: "shell-not-provided",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("shell_not_provided.rs"),
    check: Check::Foot(check),
};

/// Packages with a shell, and their programs, by their names in several distributions.
const SHELLS: [(&str, &[&str]); 12] = [
    ("bash", &["bash", "sh"]),
    ("dash", &["dash", "sh"]),
    ("busybox", &["sh", "ash", "busybox"]),
    ("busybox-static", &["sh", "ash", "busybox"]),
    ("zsh", &["zsh"]),
    ("ksh", &["ksh", "ksh93"]),
    ("ksh93u+m", &["ksh", "ksh93"]),
    ("mksh", &["mksh", "ksh"]),
    ("tcsh", &["tcsh", "csh"]),
    ("fish", &["fish"]),
    ("yash", &["yash"]),
    ("rbash", &["rbash"]),
];

fn check(foot: &Foot, found: &mut Findings) {
    let steps = &foot.steps.all;
    if let Some(packages) = foot.packages {
        return exactly(foot, packages, found);
    }
    let Some(there) = shells_of_packages(foot) else { return };
    let made = Made::of(foot);
    for at in steps {
        let Step::UserAdd { shell, .. } = &at.step else { continue };
        let program = shell.rsplit('/').next().unwrap_or(shell);
        let is_known = SHELLS.iter().any(|(_, programs)| programs.contains(&program));
        if is_known && !there.contains(program) && !made.may_hold(shell) {
            found
                .add(
                    at.word(3),
                    format!("no package of this foot is known to have `{shell}`"),
                    "install the shell, or write /sbin/nologin",
                )
                .through(&at.included_from);
        }
    }
}

/// Looks into the packages themselves. A shell that lets nobody in may be missing as well.
fn exactly(foot: &Foot, packages: &Packages, found: &mut Findings) {
    let made = Made::of(foot);
    for at in &foot.steps.all {
        let Step::UserAdd { shell, .. } = &at.step else { continue };
        let lets_in = !(shell.ends_with("/nologin") || shell.ends_with("/false"));
        if lets_in && !packages.have(shell) && !made.may_hold(shell) {
            found
                .add(
                    at.word(3),
                    format!("no package of this foot has `{shell}`"),
                    "install the shell, or write /sbin/nologin",
                )
                .through(&at.included_from);
        }
    }
}

/// The shells of the foot's packages; `None` when there is none, or one whose name does not tell.
fn shells_of_packages(foot: &Foot) -> Option<BTreeSet<&'static str>> {
    let mut there = BTreeSet::new();
    let mut packages = 0;
    for at in &foot.steps.all {
        let Step::Rpm { .. } = &at.step else { continue };
        let name = at.package()?.name;
        packages += 1;
        there.extend(SHELLS.iter().filter(|(known, _)| *known == name).flat_map(|(_, programs)| *programs));
    }
    (packages > 0).then_some(there)
}

/// What something besides packages may make.
pub(super) struct Made<'f> {
    paths: HashSet<&'f str>,
    /// A command runs in the SOCK, and may make anything.
    anything: bool,
}

impl<'f> Made<'f> {
    pub(super) fn of(foot: &'f Foot) -> Self {
        let mut made = Made { paths: HashSet::new(), anything: false };
        for at in &foot.steps.all {
            match &at.step {
                Step::Copy { dest: path, .. } | Step::Write { dest: path, .. } | Step::Link { path, .. } => {
                    made.paths.insert(path.as_str());
                }
                Step::Exec { .. } => made.anything = true,
                _ => {}
            }
        }
        made
    }

    /// True for a path that may be made, or that lies in one.
    pub(super) fn may_hold(&self, path: &str) -> bool {
        let mut above = Path::new(path).ancestors().filter_map(Path::to_str);
        self.anything || above.any(|path| self.paths.contains(path))
    }
}
