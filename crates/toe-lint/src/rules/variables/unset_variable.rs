//! ## What
//! A variable that is read where no path has set it, in any branch of a foot and of what it includes. MREPO_URL,
//! REPO_FILE and SOCK_DIR are for the command line to give and not looked at. In a nail that is no foot, and of what a
//! foot without Base sets nowhere, only names that are nearly theirs are.
//!
//! ## Why
//! An unset variable is an error of the evaluation, but only where it is reached: this looks at every branch.
//! Nothing is said where an include is not known, or after `${NAME:?}` has asked for an input.
//!
//! ## Bad
//! ```nail
//! if [ "${TLS:-no}" = yes ]; then
//!     Rpm "${MREPOURL}/mod_ssl-2.4-1.el9.x86_64.rpm"
//!          ^^^^^^^^^^^
//!     Dir "/etc/$CONFIG_DIR"
//!               ^^^^^^^^^^^
//! fi
//! CONFIG_DIR=httpd
//! ```
//!
//! ## Good
//! ```nail
//! CONFIG_DIR=httpd
//! if [ "${TLS:-no}" = yes ]; then
//!     Rpm "${MREPO_URL}/mod_ssl-2.4-1.el9.x86_64.rpm"
//!     Dir "/etc/$CONFIG_DIR"
//! fi
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::flow::record::{Read, Reading};
use crate::flow::value::Presence;
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::nearest;
use toe_plan::DirectiveName;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE201",
    name: "unset-variable",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("unset_variable.rs"),
    check: Check::Flow(check),
};

/// What the command line gives, or a rule of its own asks for.
const GIVEN: [&str; 3] = ["MREPO_URL", "REPO_FILE", "SOCK_DIR"];
/// Names for which the nearest one is looked up.
const MOST_NAMES: usize = 50;

fn check(graph: &Graph, found: &mut Findings) {
    let set: BTreeSet<&str> = graph.flow.writes.iter().map(|write| &*write.name).collect();
    // A foot without Base is a piece of one: what it does not set may come with the rest.
    let has_base = graph.flow.directives.iter().any(|at| at.name == DirectiveName::Base);
    let mut near: BTreeMap<&Arc<str>, Option<&str>> = BTreeMap::new();
    for read in graph.flow.reads.iter().filter(|read| fails(read)) {
        let name = &*read.name;
        if read.presence == Presence::Unknown || !has_base && !set.contains(name) {
            let is_near = |meant: &&str| {
                name != *meant && strsim::damerau_levenshtein(&name.to_ascii_uppercase(), meant) <= 1
            };
            if let Some(meant) = GIVEN.iter().copied().find(is_near).filter(|_| !set.contains(name)) {
                found
                    .add(read.span, format!("no nail sets `{name}`"), format!("did you mean `{meant}`?"))
                    .through(&read.situation.included_from);
            }
            continue;
        }
        // Other rules say more about these.
        if read.set_beginning.is_some() || graph.set_by_later_include(read).is_some() {
            continue;
        }
        let is_word = name.bytes().all(|b| b.is_ascii_digit());
        let room = near.len() < MOST_NAMES;
        let near = near.entry(&read.name).or_insert_with(|| {
            let known = set.iter().copied().chain(GIVEN).filter(|_| room && !is_word);
            nearest(name, known)
        });
        let help = match near {
            Some(near) => format!("did you mean `{near}`? Otherwise set it first, or give it with -D"),
            None if is_word => format!("give that word, or a default as in ${{{name}:-VALUE}}"),
            None => format!("set it first, give it a default as in ${{{name}:-VALUE}}, or pass it with -D"),
        };
        let message = if is_word {
            format!("there is no word `${name}` here")
        } else {
            format!("`{name}` is not set here on any path")
        };
        found.add(read.span, message, help).through(&read.situation.included_from);
    }
}

fn fails(read: &Read) -> bool {
    matches!(read.presence, Presence::Unset | Presence::Unknown)
        // TOE119 has those of arithmetic.
        && read.reading == Reading::Plain
        && read.name != "IFS".into()
        && !GIVEN.contains(&&*read.name)
        && !toe_eval::is_shell_variable(&read.name)
}
