//! ## What
//! `mkdir` without `-p` and `ln` without `-f` as external commands, and `rm` of a path that begins with a variable
//! that may be empty (`rm -rf "$X/"`), there and in `Exec`.
//!
//! ## Why
//! External commands run whenever the nail is evaluated, by `toe plan` too: the second time they fail. And
//! `rm -rf "$X/"` is `rm -rf /` when X is empty.
//!
//! ## Bad
//! ```nail
//! PREFIX=$1
//! Exec rm -rf "$PREFIX/cache"
//!             ^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//! ```nail
//! PREFIX=$1
//! Exec rm -rf "${PREFIX:?}/cache"
//! ```

use crate::commands::{Program, programs};
use crate::fixed_values::FixedValues;
use crate::nail_view::NailView;
use crate::rule::{Check, Findings, Rule};
use crate::word_text::{bare, fixed};
use std::collections::BTreeSet;
use toe_source::Severity;
use toe_syntax::tree::{Param, ParamName, ParamOp, PartKind, Word, WordPart};

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE707",
    name: "non-idempotent-command",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("non_idempotent_command.rs"),
    check: Check::Tree(check),
};

fn check(nail: &NailView, found: &mut Findings) {
    let values = FixedValues::of(nail);
    let looped: BTreeSet<&str> = nail.outline.fors.iter().map(|repeated| repeated.name.as_str()).collect();
    for Program { name, word, arguments, in_sock } in programs(nail) {
        let has = |letter: char, long: &str| {
            arguments.iter().filter_map(|word| bare(word)).any(|text| {
                text == long || (text.starts_with('-') && !text.starts_with("--") && text.contains(letter))
            })
        };
        match name.as_str() {
            "mkdir" if !in_sock && !has('p', "--parents") => {
                found.add(
                    word.span,
                    "this fails when the directory is there already",
                    "write mkdir -p, or Dir",
                );
            }
            "ln" if !in_sock && !has('f', "--force") => {
                found.add(
                    word.span,
                    "this fails when the link is there already",
                    "write ln -sf, Link or Symlink",
                );
            }
            "rm" => {
                for path in arguments.iter().filter(|path| may_be_root(&values, &looped, path)) {
                    found.add(
                        path.span,
                        "when the variable is empty this begins at the root",
                        "write ${NAME:?}, which stops at an empty value",
                    );
                }
            }
            _ => {}
        }
    }
}

/// A path that is a variable and a slash, of which nothing says that it is not empty.
fn may_be_root(values: &FixedValues, looped: &BTreeSet<&str>, path: &Word) -> bool {
    if fixed(path).is_some() {
        return false;
    }
    let mut parts = path.parts.iter().flat_map(|part| match &part.kind {
        PartKind::DoubleQuoted(inner) => inner.as_slice(),
        _ => std::slice::from_ref(part),
    });
    let (Some(first), Some(second)) = (parts.next(), parts.next()) else { return false };
    let WordPart { kind: PartKind::Literal(text), .. } = second else { return false };
    let PartKind::Param(Param { name, op: ParamOp::None, .. }) = &first.kind else { return false };
    let is_known = match name {
        ParamName::Variable(name) if name == "SOCK_DIR" => true,
        ParamName::Variable(name) => {
            values.get(name).is_some_and(|values| values.iter().all(|value| !value.is_empty()))
                || looped.contains(name.as_str())
        }
        ParamName::Positional(_) => false,
        ParamName::Special(_) => true,
    };
    text.starts_with('/') && !is_known
}
