//! ## What
//! Blanks at the end of a line, outside of quotes and here-documents.
//!
//! ## Why
//! Nobody sees them, and they show up as changes.
//!
//! ## Bad
//! ```nail
//! Dir /srv/web⟨20 20⟩
//!             ^^
//! ```
//!
//! ## Good
//! ```nail
//! Dir /srv/web
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use toe_source::Span;
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::PartKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE802",
    name: "trailing-blank",
    severity: Severity::Style,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("trailing_blank.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let is_text = |kind: &PartKind| {
        matches!(
            kind,
            PartKind::SingleQuoted(_) | PartKind::AnsiC(_) | PartKind::DoubleQuoted(_) | PartKind::Escaped(_)
        )
    };
    let words =
        nail.outline.parts.iter().filter(|at| is_text(&at.part.kind) || at.quoted).map(|at| at.part.span);
    let documents = nail.outline.here_documents.iter().map(|at| at.document.body_span);
    let mut texts: Vec<Span> = words.chain(documents).collect();
    texts.sort_unstable();
    let mut texts = texts.into_iter().peekable();
    let mut covered = 0;
    let mut start = 0;
    for line in nail.text.split_inclusive('\n') {
        let kept = line.trim_end_matches('\n');
        let end = start + kept.len();
        let blanks = start + kept.trim_end_matches([' ', '\t']).len();
        while let Some(text) = texts.next_if(|text| text.start as usize <= blanks) {
            covered = covered.max(text.end as usize);
        }
        if blanks < end && covered <= blanks {
            let span = nail.at(blanks, end);
            found.add(span, "blanks at the end of the line", "remove them").fix(Fix::replace(
                Safety::Safe,
                "remove them",
                span,
                "",
            ));
        }
        start += line.len();
    }
}
