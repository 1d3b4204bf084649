//! ## What
//! `$(echo ..)`, whose output is what it was given.
//!
//! ## Why
//! The words can stand there themselves. (Where `echo` gets a pattern or braces it does something, and is not
//! meant.)
//!
//! ## Bad
//! ```nail
//! NAME=$(echo "$PACKAGE")
//!      ^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! PACKAGE=sock-web
//! NAME=$PACKAGE
//! log "$NAME"
//! ```

use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{arguments, bare, first_glob, words};
use toe_source::{Fix, Safety, Severity};
use toe_syntax::tree::{Arg, CommandKind, CommandSubst, Param, PartKind, Simple, Word, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE122",
    name: "echo-in-substitution",
    severity: Severity::Style,
    fix: Some(Safety::Unsafe),
    by_default: true,
    source: include_str!("echo_in_substitution.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    for at in nail.outline.parts.iter().filter(|at| !at.arithmetic) {
        let PartKind::CommandSubst(substitution) = &at.part.kind else { continue };
        let Some(echo) = only_echo(substitution).filter(|_| !nail.defines("echo")) else { continue };
        let does_something = arguments(echo).any(|word| {
            let text = nail.text_of(word.span);
            first_glob(nail, word).is_some()
                || text.starts_with(['-', '~'])
                || text.contains(['{', '\\']) && !text.contains("${")
        });
        if does_something || arguments(echo).next().is_none() {
            continue;
        }
        let finding =
            found.add(at.part.span, "this is what `echo` was given", "write the words without echo");
        let mut given = arguments(echo);
        if let (Some(word), None) = (given.next(), given.next())
            && let Some(text) = instead(nail, word, at.quoted)
        {
            finding.fix(Fix::replace(Safety::Unsafe, "write the word itself", at.part.span, text));
        }
    }
}

fn only_echo(substitution: &CommandSubst) -> Option<&Simple> {
    let [statement] = substitution.body.statements.as_slice() else { return None };
    let CommandKind::Simple(simple) = &statement.first.command.kind else { return None };
    let is_echo = words(simple).next().and_then(bare) == Some("echo");
    let is_plain = simple.assignments.is_empty() && simple.redirects.is_empty() && statement.rest.is_empty();
    let has_words = simple.args.iter().all(|arg| matches!(arg, Arg::Word(_)));
    (is_echo && is_plain && has_words && !statement.first.negated).then_some(simple)
}

/// The text that stands for `word` where the substitution stood, inside quotes or not.
fn instead(nail: &NailView, word: &Word, quoted: bool) -> Option<String> {
    let [part] = word.parts.as_slice() else { return None };
    let inner = match &part.kind {
        PartKind::DoubleQuoted(inner) => inner.as_slice(),
        PartKind::Param(_) => std::slice::from_ref(part),
        _ => return None,
    };
    // `$A` may have a letter behind it where it goes.
    let ends_open =
        matches!(inner.last(), Some(WordPart { kind: PartKind::Param(Param { braced: false, .. }), .. }));
    let text = nail.text_of(word.span);
    match (quoted, &part.kind) {
        (false, PartKind::DoubleQuoted(_)) => Some(text.to_owned()),
        (_, _) if ends_open && inner.len() > 1 => None,
        (true, PartKind::DoubleQuoted(_)) if !ends_open => {
            Some(text.trim_start_matches('"').trim_end_matches('"').to_owned())
        }
        (true, _) if ends_open => {
            let name = text.trim_matches('"').trim_start_matches('$');
            Some(format!("${{{name}}}"))
        }
        _ => None,
    }
}
