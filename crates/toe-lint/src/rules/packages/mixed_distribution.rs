//! ## What
//! Packages of several releases of a distribution, by the names of their files: `.el8` beside `.el9`. What most of
//! them have is taken as meant.
//!
//! ## Why
//! They are built for other versions of the libraries, and updates will not fit together. Often the URL of one line
//! has not moved on.
//!
//! ## Bad
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm
//! Rpm /srv/rpms/web-data-1.2-1.el9.noarch.rpm
//! Rpm /srv/rpms/log-1.2-1.el8.x86_64.rpm
//!     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Rpm /srv/rpms/web-1.2-1.el9.x86_64.rpm
//! Rpm /srv/rpms/log-1.2-1.el9_4.x86_64.rpm
//! Rpm /srv/rpms/own-1.2-1.x86_64.rpm
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::StepAt;
use crate::steps::Steps;
use std::collections::BTreeMap;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE411",
    name: "mixed-distribution",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("mixed_distribution.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    let tagged: Vec<(&StepAt, &str)> =
        steps.all.iter().filter_map(|at| Some((at, distribution(at)?))).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, tag) in &tagged {
        *count.entry(*tag).or_default() += 1;
    }
    let most = count.values().max().copied().unwrap_or(0);
    // Of several that are equally frequent, the first.
    let Some((first, usual)) = tagged.iter().find(|(_, tag)| count.get(tag) == Some(&most)) else {
        return;
    };
    for (at, tag) in tagged.iter().filter(|(at, tag)| tag != usual && at.goes_with(first)) {
        found
            .add(
                at.word(0),
                format!("this package is of {tag}, others are of {usual}"),
                "name the package of the same release",
            )
            .also(first.word(0), format!("the first of {usual}"))
            .through(&at.included_from);
    }
}

/// The distribution's part of a release, such as `el9` of `1.el9_4`.
fn distribution(at: &StepAt) -> Option<&str> {
    let release = at.package()?.release;
    release.split(['.', '+', '_', '~', '^']).skip(1).find(|part| {
        let number = ["el", "fc", "amzn"].into_iter().find_map(|family| part.strip_prefix(family));
        number.is_some_and(|n| (1..=4).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
    })
}
