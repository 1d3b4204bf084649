//! ## What
//! A version with a dot beside `-lt`, `-gt` and their like, or beside `<` or `>` in `[[ ]]`.
//!
//! ## Why
//! The first compare whole numbers, to which `6.2` is an error; the others compare text, where 6.10 comes before 6.9.
//!
//! ## Bad
//! ```nail
//! if [ "$VERSION" -gt 6.2 ]; then
//!                     ^^^
//! 	Dir /srv/new
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! VERSION=6.4
//! if [ "${VERSION%%.*}" -gt 6 ]; then
//! 	Dir /srv/new
//! fi
//! ```

use crate::fixed_values::FixedValues;
use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::single_test::operands;
use crate::word_text::{bare, fixed};
use toe_source::Severity;
use toe_syntax::tree::{ParamName, ParamOp, PartKind, Word, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE221",
    name: "version-compared-as-number",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("version_compared_as_number.rs"),
    check: Check::Tree(check),
};

const OF_NUMBERS: [&str; 6] = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

fn check(nail: &NailView, found: &mut Findings) {
    let values = FixedValues::of(nail);
    let mut tell = |left: &Word, operator: &str, right: &Word| {
        let is_text = matches!(operator, "<" | ">");
        let Some(version) = [left, right].into_iter().find(|word| is_version(&values, word)) else { return };
        if is_text {
            found.add(
                version.span,
                "a version is compared as text, where 6.10 comes before 6.9",
                "compare the numbers one by one, such as ${VERSION%%.*}",
            );
        } else if OF_NUMBERS.contains(&operator) {
            found.add(
                version.span,
                format!("`{operator}` compares whole numbers, and this has a dot"),
                "compare the numbers one by one, such as ${VERSION%%.*}",
            );
        }
    };
    for at in &nail.outline.commands {
        for three in operands(at.command).unwrap_or_default().windows(3) {
            let [left, operator, right] = three else { continue };
            tell(left, bare(operator).unwrap_or_default(), right);
        }
    }
    for comparison in &nail.outline.comparisons {
        tell(comparison.left, comparison.op, comparison.right);
    }
}

/// A version with dots, written out or all that a variable is ever set to.
fn is_version(values: &FixedValues, word: &Word) -> bool {
    if let Some(text) = fixed(word) {
        return has_dotted_form(&text);
    }
    let part = match word.parts.as_slice() {
        [WordPart { kind: PartKind::DoubleQuoted(inner), .. }] => inner.as_slice(),
        parts => parts,
    };
    let [WordPart { kind: PartKind::Param(param), .. }] = part else { return false };
    let (ParamName::Variable(name), ParamOp::None, None) = (&param.name, &param.op, &param.index) else {
        return false;
    };
    values.get(name).is_some_and(|values| values.iter().all(|value| has_dotted_form(value)))
}

fn has_dotted_form(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.contains('.') && text.split('.').all(is_number)
}
