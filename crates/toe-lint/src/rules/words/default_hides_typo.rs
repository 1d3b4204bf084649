//! ## What
//! A variable with a default that no nail sets, and whose name is nearly that of one that is set or means
//! something to toe.
//!
//! ## Why
//! With the wrong name the default is always taken, and nothing ever says so.
//!
//! ## Bad
//! ```nail
//! Base "${SOCKDIR:-/var/deploy/web}"
//!       ^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Base "${SOCK_DIR:-/var/deploy/web}"
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::flow::record::Reading;
use crate::flow::value::Presence;
use crate::graph::Graph;
use crate::rule::{Check, Findings, Rule};
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE121",
    name: "default-hides-typo",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("default_hides_typo.rs"),
    check: Check::Flow(check),
};

/// Variables that mean something, and whose names are long enough to be mistaken.
const MEANT: [&str; 6] = ["SOCK_DIR", "MREPO_URL", "REPO_FILE", "PACKAGE", "VERSION", "RELEASE"];
/// Names that are compared.
const MOST_NAMES: usize = 200;

fn check(graph: &Graph, found: &mut Findings) {
    let set: BTreeSet<&str> = graph.flow.writes.iter().map(|write| &*write.name).collect();
    // By name what was meant.
    let mut seen: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for read in graph.flow.reads.iter().filter(|read| read.reading == Reading::Guarded) {
        let name = &*read.name;
        let is_given = matches!(read.presence, Presence::Set | Presence::Maybe);
        if is_given || set.contains(name) || name.len() < 5 {
            continue;
        }
        if seen.len() == MOST_NAMES && !seen.contains_key(name) {
            return;
        }
        let meant = *seen.entry(name).or_insert_with(|| {
            let known = MEANT.iter().copied().chain(set.iter().copied().take(MOST_NAMES));
            known.filter(|known| *known != name).find(|known| is_mistaken(name, known))
        });
        if let Some(meant) = meant {
            found
                .add(
                    read.span,
                    format!("no nail sets `{name}`, so its default is taken"),
                    format!("did you mean `{meant}`?"),
                )
                .through(&read.situation.included_from);
        }
    }
}

/// True for names that differ in `_` and capitals only, in a letter that is missing, or in two that changed
/// places. A letter in place of another is too common in names that are meant.
fn is_mistaken(name: &str, known: &str) -> bool {
    let plain = |name: &str| name.to_ascii_lowercase().replace('_', "");
    let (one, other) = (plain(name), plain(known));
    if one == other {
        // `cache=${CACHE:-x}` names an input and what comes of it.
        return !name.eq_ignore_ascii_case(known);
    }
    let letters = |name: &str| {
        let mut letters: Vec<char> = name.chars().collect();
        letters.sort_unstable();
        letters
    };
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_plural = one.strip_suffix('s') == Some(&other) || other.strip_suffix('s') == Some(&one);
    known.len() >= 5
        && !is_plural
        && digits(name) == digits(known)
        && (one.len() != other.len() || letters(&one) == letters(&other))
        && strsim::damerau_levenshtein(&one, &other) == 1
}

#[cfg(test)]
mod tests {
    use super::is_mistaken;

    #[test]
    fn mistakes_and_names_of_their_own() {
        for (name, known) in [("SOCKDIR", "SOCK_DIR"), ("MREPO_ULR", "MREPO_URL"), ("RELASE", "RELEASE")] {
            assert!(is_mistaken(name, known), "{name}");
        }
        for (name, known) in
            [("A_PORT", "B_PORT"), ("HOSTS", "HOST"), ("DISK1", "DISK2"), ("CACHE_MB", "cache_mb")]
        {
            assert!(!is_mistaken(name, known), "{name}");
        }
    }
}
