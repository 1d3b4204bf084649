//! ## What
//! A `for` over a pattern with directives in its body, and no test of the file.
//!
//! ## Why
//! When no file matches, the loop runs once, with the pattern itself for a name.
//!
//! ## Bad
//! ```nail
//! for rpm in packages/*.rpm; do
//!            ^^^^^^^^^^^^^^
//! 	Rpm "$rpm"
//! done
//! ```
//!
//! ## Good
//! ```nail
//! for rpm in packages/*.rpm; do
//! 	[ -e "$rpm" ] || die "no packages"
//! 	Rpm "$rpm"
//! done
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{directive, first_glob};
use toe_plan::DirectiveName;
use toe_source::Severity;
use toe_source::Span;
use toe_syntax::tree::For;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE710",
    name: "directive-in-loop-over-glob",
    severity: Severity::Info,
    fix: None,
    by_default: true,
    source: include_str!("directive_in_loop_over_glob.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let over_pattern =
        |repeated: &&&For| repeated.words.iter().flatten().any(|word| first_glob(nail, word).is_some());
    for repeated in nail.outline.fors.iter().filter(over_pattern) {
        let [first, .., last] = repeated.body.statements.as_slice() else {
            if let [only] = repeated.body.statements.as_slice() {
                tell(nail, repeated, only.span, found);
            }
            continue;
        };
        tell(nail, repeated, first.span.to(last.span), found);
    }
}

fn tell(nail: &NailView, repeated: &For, body: Span, found: &mut Findings) {
    let inside = |span: Span| body.start <= span.start && span.end <= body.end;
    let has_directive = nail.outline.commands.iter().any(|at| {
        let name = directive(at.command);
        inside(at.command.span)
            && name.is_some_and(|name| !matches!(name, DirectiveName::Log | DirectiveName::Die))
    });
    let text = nail.text_of(body);
    let is_tested = ["-e ", "-f ", "-d ", "-s ", "-r "].iter().any(|test| text.contains(test));
    if !has_directive || is_tested {
        return;
    }
    for word in repeated.words.iter().flatten().filter(|word| first_glob(nail, word).is_some()) {
        found.add(
            word.span,
            "when no file matches, the loop runs once with the pattern itself",
            format!("begin the body with: [ -e \"${}\" ] || die \"no file matches\"", repeated.name),
        );
    }
}
