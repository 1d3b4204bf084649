//! ## What
//! A command named `If`, `Then`, `Done` or the like, which no function of the nail is.
//!
//! ## Why
//! Reserved words are written in lower case. In other letters all of an `if` may be read as plain commands.
//!
//! ## Bad
//! ```nail
//! If PkgCheck web; Then
//! ^^
//! 	Dir /srv/web
//! Fi
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
use crate::word_text::{bare, words};
use toe_source::{Fix, Safety, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE029",
    name: "keyword-as-command",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("keyword_as_command.rs"),
    check: Check::Tree(check),
};

const RESERVED: [&str; 13] =
    ["if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "esac", "function"];

fn check(nail: &NailView, found: &mut Findings) {
    let named = nail.outline.commands.iter().filter_map(|at| words(at.command).next());
    let mut meant = named.filter_map(|word| {
        let name = bare(word).filter(|name| !nail.defines(name))?;
        let keyword = RESERVED.iter().find(|keyword| keyword.eq_ignore_ascii_case(name))?;
        Some((word.span, *keyword))
    });
    let Some((first, keyword)) = meant.next() else { return };
    let finding = found.add(
        first,
        format!("`{}` is a command here, and no reserved word", nail.text_of(first)),
        format!("write `{keyword}`"),
    );
    let mut fix = Fix::replace(Safety::Safe, "write them in lower case", first, keyword);
    for (other, keyword) in meant {
        finding.also(other, "this too");
        fix = fix.and(other, keyword);
    }
    finding.fix(fix);
}
