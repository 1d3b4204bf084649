//! ## What
//! A `Dir` with a mode that lets somebody read the directory, but not enter it.
//!
//! ## Why
//! Without the `x` of 0755 no file in it can be opened. Mostly it is the mode of a file.
//!
//! ## Bad
//! ```nail
//! Dir /srv/web 0644
//!              ^^^^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /srv/web 0755
//! Dir /srv/private 0700
//! ```

use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE629",
    name: "directory-not-searchable",
    severity: Severity::Warning,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("directory_not_searchable.rs"),
    check: Check::Steps(check),
};

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let Step::Dir { attributes, .. } = &at.step else { continue };
        let Some(mode) = attributes.mode else { continue };
        let searchable = mode | (mode & 0o444) >> 2;
        if searchable == mode {
            continue;
        }
        let word = at.word(1);
        let mended = format!("{searchable:04o}");
        let finding =
            found.add(word, "who may read this directory cannot enter it", format!("write {mended}"));
        finding.through(&at.included_from);
        if at.words.get(1).is_some_and(|mode| steps.sources.text(word) == mode) {
            finding.fix(Fix::replace(Safety::Unsafe, "let it be entered", word, mended));
        }
    }
}
