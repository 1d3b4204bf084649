//! An element within the subscript of another: bash 5.2 quotes the brackets of a subscript when the expression holds
//! something to expand, and then reads them as a wrong operator.

use toe_syntax::tree::{PartKind, WordPart};

use crate::machine::Machine;
use crate::stop::Run;

/// What the brackets of an expression are like.
#[derive(Default)]
struct Brackets {
    depth: usize,
    /// A bracket stands within a subscript.
    nested: bool,
    /// An expansion stands within a subscript.
    expansion_inside: bool,
    /// Bash expands the expression before it evaluates it.
    expanded: bool,
}

impl Brackets {
    fn of(parts: &[WordPart]) -> Self {
        let mut brackets = Brackets::default();
        brackets.read(parts);
        brackets
    }

    fn read(&mut self, parts: &[WordPart]) {
        for part in parts {
            match &part.kind {
                PartKind::Literal(text) => {
                    self.expanded |= text.contains('~');
                    self.read_text(text);
                }
                PartKind::DoubleQuoted(parts) => self.read(parts),
                PartKind::SingleQuoted(_) | PartKind::AnsiC(_) | PartKind::Escaped(_) => {}
                PartKind::Param(_) | PartKind::CommandSubst(_) | PartKind::Arith(_) => {
                    self.expanded = true;
                    self.expansion_inside |= self.depth > 0;
                }
            }
        }
    }

    fn read_text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '[' => {
                    self.nested |= self.depth > 0;
                    self.depth += 1;
                }
                ']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }
}

impl Machine<'_> {
    /// Refuses an expression, which became `text`, in which bash takes the brackets within a subscript for operators.
    /// An operand of `[[ ]]` is always expanded.
    pub(crate) fn refuse_nested_subscript(&self, parts: &[WordPart], text: &str, is_operand: bool) -> Run {
        if !text.contains('[') {
            return Ok(());
        }
        let brackets = Brackets::of(parts);
        let in_text = || {
            let mut found = Brackets::default();
            found.read_text(text);
            found.nested
        };
        if (brackets.expanded || is_operand) && (brackets.nested || brackets.expansion_inside && in_text()) {
            return Err(self.not_in_subset(
                "an element within the subscript of another, in arithmetic that holds `$`, '`' or `~`,",
                "write the inner element in braces, as in w[${v[1]}]",
            ));
        }
        Ok(())
    }
}
