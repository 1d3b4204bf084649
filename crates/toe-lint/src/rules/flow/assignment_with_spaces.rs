//! ## What
//! Blanks around the `=` of an assignment.
//!
//! ## Why
//! bash takes the name for a command. With a blank after the `=` only, it runs the value as a command while the
//! variable is empty.
//!
//! ## Bad
//! ```nail
//! VERSION = 1.2
//! ^^^^^^^^^
//! RELEASE= 1
//! ^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! VERSION=1.2
//! RELEASE=1
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, is_variable_name, words};
use toe_plan::DirectiveName;
use toe_source::Severity;
use toe_syntax::tree::{AssignValue, Word};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE013",
    name: "assignment-with-spaces",
    severity: Severity::Error,
    fix: None,
    by_default: true,
    source: include_str!("assignment_with_spaces.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let words: Vec<&Word> = words(at.command).collect();
        let Some(name) = words.first().and_then(|word| bare(word)) else { continue };
        if DirectiveName::from_word(name).is_some() || nail.defines(name) {
            continue;
        }
        if let [first, second, ..] = words.as_slice()
            && nail.text_of(second.span).starts_with('=')
            && is_variable_name(name)
        {
            let sign = second.span.start as usize;
            found.add(
                first.span.to(nail.at(sign, sign + 1)),
                format!("this runs a command `{name}`; it assigns nothing"),
                format!("write {name}=VALUE without blanks around the `=`"),
            );
        }
        let Some(last) = at.command.assignments.last() else { continue };
        let is_empty = matches!(&last.value, AssignValue::Scalar(word) if word.parts.is_empty());
        if is_empty && !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            found.add(
                last.span,
                format!("`{}` is empty here, and `{name}` is run as a command", last.name),
                format!("write {}={name} without a blank after the `=`", last.name),
            );
        }
    }
}
