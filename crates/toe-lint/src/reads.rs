//! Which variables the nails of a foot read.

use std::borrow::Cow;
use std::collections::HashSet;

use toe_syntax::tree::{Param, ParamName, PartKind};

use crate::nail_view::NailView;
use crate::outline::Role;
use crate::word_text::{fixed_text, is_variable_name};

/// The names that may be read: rather too many than too few.
#[derive(Debug)]
pub struct Reads<'t> {
    names: HashSet<Cow<'t, str>>,
}

impl<'t> Reads<'t> {
    /// Looks through `nails`; `None` when they do not tell: a variable is read by a computed name.
    pub fn of(nails: &[NailView<'t>]) -> Option<Self> {
        let mut names: HashSet<Cow<'t, str>> = HashSet::new();
        for nail in nails {
            for at in &nail.outline.parts {
                match &at.part.kind {
                    PartKind::Param(Param { indirect: true, .. }) => return None,
                    PartKind::Param(Param { name: ParamName::Variable(name), .. }) => {
                        names.insert(Cow::Borrowed(name));
                    }
                    // Arithmetic reads variables without a `$`.
                    PartKind::Literal(text) if at.arithmetic => {
                        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                        names.extend(words.filter(|w| is_variable_name(w)).map(Cow::Borrowed));
                    }
                    _ => {}
                }
            }
            // `[ -v NAME ]`, `[[ NAME -eq 1 ]]`, `export NAME` and their like.
            let named =
                nail.outline.words.iter().filter(|w| matches!(w.role, Role::Argument | Role::Operand));
            names.extend(named.filter_map(|w| fixed_text(w.word)).filter(|text| is_variable_name(text)));
        }
        Some(Reads { names })
    }

    /// True when `name` may be read.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}
