//! ## What
//! A variable without quotes as the pattern of `${NAME%..}` or `${NAME#..}`, where the nail does not show its value.
//!
//! ## Why
//! Signs such as `*`, `?` and `[` in the value are a pattern there. In quotes the value stands for itself.
//!
//! ## Bad
//! ```nail
//! strip() {
//! 	echo "${1%$2}"
//! 	          ^^
//! }
//! log "$(strip web.rpm .rpm)"
//! ```
//!
//! ## Good
//! ```nail
//! strip() {
//! 	echo "${1%"$2"}"
//! }
//! log "$(strip web.rpm .rpm)"
//! ```

use crate::fixed_values::FixedValues;
use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{ParamName, ParamOp, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE116",
    name: "strip-pattern-unquoted",
    severity: Severity::Info,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("strip_pattern_unquoted.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let values = FixedValues::of(nail);
    for at in &nail.outline.parts {
        let PartKind::Param(outer) = &at.part.kind else { continue };
        let (ParamOp::RemovePrefix { pattern, .. } | ParamOp::RemoveSuffix { pattern, .. }) = &outer.op
        else {
            continue;
        };
        for part in &pattern.parts {
            let PartKind::Param(inner) = &part.kind else { continue };
            // A value that is seen is either meant as a pattern or no pattern.
            let is_known = match &inner.name {
                ParamName::Variable(name) => values.get(name).is_some(),
                ParamName::Positional(_) => false,
                ParamName::Special(_) => true,
            };
            if !is_known {
                let text = nail.text_of(part.span);
                found
                    .add(
                        part.span,
                        "the value is a pattern here",
                        format!("write \"{text}\" if it is a plain text"),
                    )
                    .fix(Fix::replace(Safety::Unsafe, "quote it", part.span, format!("\"{text}\"")));
            }
        }
    }
}
