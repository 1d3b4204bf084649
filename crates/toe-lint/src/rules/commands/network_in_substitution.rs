//! ## What
//! A command in `$(..)` that asks another machine, such as `curl` or `git`.
//!
//! ## Why
//! The plan would depend on what the network says at that moment, and no lock file could keep it.
//!
//! ## Bad
//! ```nail
//! VERSION=$(curl -s https://mirror.test/latest)
//!           ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! VERSION=$(cat release.txt)
//! log "$VERSION"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{command_name, words};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE709",
    name: "network-in-substitution",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("network_in_substitution.rs"),
    check: Check::Tree(check),
};

const OF_THE_NETWORK: [&str; 15] = [
    "curl", "wget", "git", "ssh", "scp", "rsync", "nc", "ncat", "dig", "host", "nslookup", "getent", "ftp",
    "svn", "skopeo",
];

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.commands.iter().filter(|at| at.around.substitution) {
        let (Some(name), Some(word)) = (command_name(at.command), words(at.command).next()) else { continue };
        if OF_THE_NETWORK.contains(&&*name) && !nail.defines(&name) {
            found.add(
                word.span,
                "the plan depends on what another machine says",
                "give the value with -D NAME=VALUE, or keep it in a file beside the nail",
            );
        }
    }
}
