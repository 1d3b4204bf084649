//! Which variables the nails of a foot read.

use std::collections::BTreeSet;

use toe_syntax::tree::{Param, ParamName, PartKind};

use crate::nail_view::NailView;
use crate::outline::Role;
use crate::word_text::{fixed, is_variable_name};

/// The names that may be read: rather too many than too few.
#[derive(Debug)]
pub struct Reads {
    names: BTreeSet<String>,
}

impl Reads {
    /// Looks through `nails`; `None` when they do not tell: a variable is read by a computed name.
    pub fn of(nails: &[NailView]) -> Option<Self> {
        let mut names = BTreeSet::new();
        for nail in nails {
            for at in &nail.outline.parts {
                match &at.part.kind {
                    PartKind::Param(Param { indirect: true, .. }) => return None,
                    PartKind::Param(Param { name: ParamName::Variable(name), .. }) => {
                        names.insert(name.clone());
                    }
                    // Arithmetic reads variables without a `$`.
                    PartKind::Literal(text) if at.arithmetic => {
                        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                        names.extend(words.filter(|w| is_variable_name(w)).map(str::to_owned));
                    }
                    _ => {}
                }
            }
            // `[ -v NAME ]`, `[[ NAME -eq 1 ]]`, `export NAME` and their like.
            let named =
                nail.outline.words.iter().filter(|w| matches!(w.role, Role::Argument | Role::Operand));
            names.extend(named.filter_map(|w| fixed(w.word)).filter(|text| is_variable_name(text)));
        }
        Some(Reads { names })
    }

    /// True when `name` may be read.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}
