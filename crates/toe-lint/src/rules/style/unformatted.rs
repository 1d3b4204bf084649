//! ## What
//! A nail that `toe fmt` in its default style would lay out otherwise.
//!
//! ## Why
//! One layout needs no discussion, and shows changes only where something changed. (Off by default: `toe fmt --check`
//! says the same and reads `.editorconfig`.)
//!
//! ## Bad
//! ```nail
//! if PkgCheck web
//! ^^^^^^^^^^^^^^^
//! then
//!   Dir /srv/web
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! if PkgCheck web; then
//! 	Dir /srv/web
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::{FormatOptions, format};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE801",
    name: "unformatted",
    severity: Severity::Style,
    fix: Some(Safety::Safe),
    by_default: false,
    source: include_str!("unformatted.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let Ok(formatted) = format(nail.source, nail.text, FormatOptions::default()) else { return };
    if formatted == nail.text {
        return;
    }
    let mut start = 0;
    let mut lines = nail.text.split_inclusive('\n').zip(formatted.split_inclusive('\n'));
    let end = loop {
        match lines.next() {
            Some((is, should)) if is == should => start += is.len(),
            Some((is, _)) => break start + is.trim_end_matches('\n').len(),
            None => break nail.text.len(),
        }
    };
    found
        .add(nail.at(start, end), "`toe fmt` would lay this out otherwise from here on", "run `toe fmt`")
        .fix(Fix::replace(Safety::Safe, "format the nail", nail.at(0, nail.text.len()), formatted));
}
