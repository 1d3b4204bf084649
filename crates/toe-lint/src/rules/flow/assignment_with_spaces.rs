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
use toe_source::{Edit, Fix, Safety, Severity, Span};
use toe_syntax::tree::{AssignValue, Word};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE013",
    name: "assignment-with-spaces",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
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
            let finding = found.add(
                first.span.to(nail.at(sign, sign + 1)),
                format!("this runs a command `{name}`; it assigns nothing"),
                format!("write {name}=VALUE without blanks around the `=`"),
            );
            let is_all = at.command.assignments.is_empty() && at.command.redirects.is_empty();
            let fix = match (words.as_slice(), nail.text_of(second.span)) {
                ([_, _, value], "=") => joined(nail, &[first.span, second.span, value.span]),
                ([_, _], text) if !text.starts_with("==") => joined(nail, &[first.span, second.span]),
                _ => None,
            };
            if let Some(fix) = fix.filter(|_| is_all) {
                finding.fix(fix);
            }
        }
        let Some(last) = at.command.assignments.last() else { continue };
        let is_empty = matches!(&last.value, AssignValue::Scalar(word) if word.parts.is_empty());
        if is_empty && !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            let finding = found.add(
                last.span,
                format!("`{}` is empty here, and `{name}` is run as a command", last.name),
                format!("write {}={name} without a blank after the `=`", last.name),
            );
            if let [value] = words.as_slice()
                && at.command.redirects.is_empty()
                && let Some(fix) = joined(nail, &[last.span, value.span])
            {
                finding.fix(fix);
            }
        }
    }
}

/// Takes away what is between `places`, when that is blanks.
fn joined(nail: &NailView, places: &[Span]) -> Option<Fix> {
    let gaps = places.windows(2).map(|pair| Span { start: pair[0].end, end: pair[1].start, ..pair[0] });
    let gaps: Vec<Span> = gaps.filter(|gap| !gap.is_empty()).collect();
    let is_blank = |gap: &Span| nail.text_of(*gap).bytes().all(|b| b == b' ' || b == b'\t');
    let edits: Vec<Edit> = gaps.iter().map(|gap| Edit { span: *gap, text: String::new() }).collect();
    (!edits.is_empty() && gaps.iter().all(is_blank)).then(|| Fix {
        title: "take the blanks away".into(),
        safety: Safety::Safe,
        edits,
    })
}
