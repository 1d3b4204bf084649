//! Arithmetic: read like a double-quoted string; what it says is known after expansion.

use pest::iterators::Pair;

use super::builder::Builder;
use super::grammar::Rule;
use crate::tree::{Arith, PartKind};

impl Builder<'_, '_> {
    /// `$(( ))`.
    pub(super) fn arithmetic_part(&mut self, pair: Pair<'_, Rule>) -> Option<PartKind> {
        let span = self.span(&pair);
        let text = pair.into_inner().find(|p| p.as_rule() == Rule::arithmetic_text)?;
        self.deeper(span, |builder| PartKind::Arith(builder.parts(text.into_inner())))
    }

    /// An expression of `(( ))` or `for (( ))`.
    pub(super) fn arith(&mut self, pair: Pair<'_, Rule>) -> Arith {
        let span = self.span(&pair);
        let parts = self.deeper(span, |builder| builder.parts(pair.into_inner()));
        Arith { parts: parts.unwrap_or_default(), span }
    }
}
