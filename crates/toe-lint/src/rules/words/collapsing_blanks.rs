//! ## What
//! Several blanks between words that are joined again: the comment of `Gecos`, the text of `log`, `die` and `echo`.
//!
//! ## Why
//! Blanks only separate words, which are then joined with one space each.
//!
//! ## Bad
//! ```nail
//! log ready   to run
//!          ^^^
//! ```
//!
//! ## Good
//! ```nail
//! log "ready   to run"
//! ```

use crate::nail_view::NailView;
use crate::quoting::quoted;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, command_name};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::Word;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE120",
    name: "collapsing-blanks",
    severity: Severity::Info,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("collapsing_blanks.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let Some(name) = command_name(at.command).filter(|name| !nail.defines(name)) else { continue };
        let joined: Vec<&Word> = match &*name {
            "Gecos" => arguments(at.command).skip(1).collect(),
            "log" | "die" | "echo" => arguments(at.command).collect(),
            _ => continue,
        };
        let gap = joined.windows(2).find_map(|pair| {
            let [left, right] = pair else { return None };
            let gap = nail.at(left.span.end as usize, right.span.start as usize);
            let text = nail.text_of(gap);
            (text.len() > 1 && text.bytes().all(|b| b == b' ')).then_some(gap)
        });
        let (Some(gap), [first, .., last]) = (gap, joined.as_slice()) else { continue };
        let finding =
            found.add(gap, "these blanks become one space", "quote the text from its first word to its last");
        let all = first.span.to(last.span);
        let text = nail.text_of(all);
        if joined.iter().all(|word| quoted(nail, word).is_some()) && !text.contains('\n') {
            finding.fix(Fix::replace(Safety::Unsafe, "quote the text", all, format!("\"{text}\"")));
        }
    }
}
