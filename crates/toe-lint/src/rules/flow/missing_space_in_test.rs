//! ## What
//! A test without the blanks that it needs: `[$A = b ]`, `[ $A = b]`, `[ $A=b ]`, `[[ $A==b ]]`, and `[ .. ]]`.
//!
//! ## Why
//! `[` is a command and `]` its last word; `$A==b` is one word, and a test of one word is true when it is not
//! empty.
//!
//! ## Bad
//! ```nail
//! PACKAGE=web
//! if [[ $PACKAGE==web ]]; then
//!       ^^^^^^^^^^^^^
//! 	Dir /srv/web
//! fi
//! if [ "$PACKAGE" = web]; then
//!                      ^
//! 	Dir /srv/web
//! fi
//! ```
//!
//! ## Good
//! ```nail
//! PACKAGE=web
//! if [[ $PACKAGE == web ]]; then
//! 	Dir /srv/web
//! fi
//! if [ "$PACKAGE" = web ]; then
//! 	Dir /srv/web
//! fi
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::single_test::operands;
use crate::word_text::{bare, words};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{PartKind, Word};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE015",
    name: "missing-space-in-test",
    severity: Severity::Error,
    fix: Some(Safety::Safe),
    by_default: true,
    source: include_str!("missing_space_in_test.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in &nail.outline.commands {
        let words: Vec<&Word> = words(at.command).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        let (opening, closing) = (nail.text_of(first.span), nail.text_of(last.span));
        // `[$A = b ]`: a command whose name begins with the bracket.
        if opening.len() > 1
            && opening.starts_with('[')
            && opening != "[["
            && closing.ends_with(']')
            && words.len() > 1
        {
            let start = first.span.start as usize;
            let bracket = nail.at(start, start + opening.len() - opening.trim_start_matches('[').len());
            let after = nail.at(bracket.end as usize, bracket.end as usize);
            let message = format!("`{}` needs a blank behind it", nail.text_of(bracket));
            found.add(bracket, message, "write [ .. ] or [[ .. ]]").fix(Fix::replace(
                Safety::Safe,
                "write a blank",
                after,
                " ",
            ));
            continue;
        }
        if bare(first) != Some("[") || words.len() < 2 {
            continue;
        }
        let end = last.span.end as usize;
        if bare(last) == Some("]]") {
            found.add(last.span, "`[` ends with `]`", "write [ .. ], or [[ .. ]]").fix(Fix::replace(
                Safety::Safe,
                "write ]",
                last.span,
                "]",
            ));
        } else if ends_in_bracket(last) {
            found
                .add(
                    nail.at(end - 1, end),
                    "`]` is a word of its own, and needs a blank before it",
                    "write [ .. ]",
                )
                .fix(Fix::replace(Safety::Safe, "write a blank", nail.at(end - 1, end - 1), " "));
        } else if let Some([only]) = operands(at.command).as_deref() {
            glued_operator(nail, only, &["==", "!=", "="], found);
        }
    }
    for word in &nail.outline.tested_words {
        glued_operator(nail, word, &["==", "!=", "=~", "="], found);
    }
}

/// `b]`, without a `[` in it.
fn ends_in_bracket(word: &Word) -> bool {
    let Some(PartKind::Literal(text)) = word.parts.last().map(|part| &part.kind) else { return false };
    text.ends_with(']') && !text.contains('[') && bare(word) != Some("]")
}

/// An operator in a word that is tested alone.
fn glued_operator(nail: &NailView, word: &Word, operators: &[&str], found: &mut Findings) {
    let glued = word.parts.iter().enumerate().find_map(|(i, part)| {
        let PartKind::Literal(_) = part.kind else { return None };
        let text = nail.text_of(part.span);
        let (at, operator) = operators
            .iter()
            .filter_map(|o| Some((text.find(o)?, *o)))
            .min_by_key(|(at, o)| (*at, o.len().wrapping_neg()))?;
        // Something has to stand before and behind it.
        let has_left = i > 0 || at > 0;
        let has_right = i + 1 < word.parts.len() || at + operator.len() < text.len();
        (has_left && has_right).then_some((part.span.start as usize + at, operator))
    });
    let Some((start, operator)) = glued else { return };
    let span = nail.at(start, start + operator.len());
    found
        .add(word.span, "this is one word, and no comparison", format!("write blanks around `{operator}`"))
        .fix(Fix::replace(Safety::Safe, "write blanks around it", span, format!(" {operator} ")));
}
