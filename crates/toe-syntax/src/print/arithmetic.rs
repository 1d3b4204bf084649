//! Arithmetic: a blank around each operator of two operands, none elsewhere, where the text says what is one.
//! What is not plain stays as it is written.

use super::layout::Printer;
use crate::tree::arithmetic_tokens::{Placed, Token, must_stay, tokens};
use crate::tree::{Arith, ArithFor, PartKind, WordPart};

/// A token to be written, with the blank before it.
type Written<'t> = (bool, Token<'t>);

impl<'a> Printer<'a> {
    /// `(( ))`
    pub(super) fn arithmetic(&mut self, arith: &'a Arith) {
        let start = self.cursor;
        let opening = self.original.slice(start, arith.span.start as usize);
        // The span may or may not hold the parentheses.
        let end = arith.span.end as usize;
        let end = if opening.starts_with("((") { end + 2 } else { end };
        match self.spaced(&arith.parts) {
            Some(written) if !written.is_empty() => {
                self.page.push("((");
                self.tokens(&written);
                self.page.push("))");
                self.copied(end);
            }
            _ => self.copy(start, end, arith.parts.iter(), false),
        }
    }

    /// The head of a `for (( ; ; ))`, from its parentheses at `opening` to `end`.
    pub(super) fn arith_for_head(&mut self, clause: &'a ArithFor, opening: usize, end: usize) {
        let all = [&clause.init, &clause.condition, &clause.step];
        let spaced: Option<Vec<Vec<Written>>> = all
            .iter()
            .map(|e| e.as_ref().map_or_else(|| Some(Vec::new()), |e: &'a Arith| self.spaced(&e.parts)))
            .collect();
        let is_one_line = !self.original.slice(opening, end).contains('\n');
        let Some(spaced) = spaced.filter(|_| is_one_line) else {
            self.copy(opening, end, all.into_iter().flatten().flat_map(|e: &'a Arith| &e.parts), false);
            return;
        };
        self.page.push("((");
        for (number, written) in spaced.iter().enumerate() {
            if number > 0 {
                self.page.push(";");
            }
            if number > 0 || written.is_empty() {
                self.page.push(" ");
            }
            self.tokens(written);
        }
        self.page.push("))");
        self.copied(end);
    }

    /// The text between `start` and `end`: of `$(( ))`, or of an index.
    pub(super) fn arithmetic_text(&mut self, parts: &'a [WordPart], start: usize, end: usize) {
        // Without the blanks beside it, `@` would mean all elements.
        let means_all = |written: &[Written]| matches!(written, [(_, Token::Operator(text) | Token::Word(text))] if matches!(*text, "@" | "*"));
        let spaced = self.spaced(parts).filter(|written| !written.is_empty() && !means_all(written));
        if let Some(written) = spaced {
            self.tokens(&written);
        } else {
            let mut at = start;
            for part in parts {
                let from = part.span.start as usize;
                self.copy_text(at, from, false);
                at = self.part(part, at.max(from), false);
            }
            self.copy_text(at, end, false);
        }
    }

    fn tokens(&mut self, written: &[Written<'a>]) {
        for (has_blank, token) in written {
            if *has_blank {
                self.page.push(" ");
            }
            match token {
                Token::Operator(text) | Token::Word(text) => self.page.push(text),
                Token::Piece(part) => {
                    self.part(part, part.span.start as usize, false);
                }
            }
        }
    }

    /// The tokens of `parts` and the blanks between them; `None` when they are to stay as they are.
    fn spaced(&self, parts: &'a [WordPart]) -> Option<Vec<Written<'a>>> {
        let is_as_written = |part: &WordPart| match &part.kind {
            PartKind::Literal(text) => !text.contains('\n') && self.original.of(part.span) == text,
            _ => true,
        };
        // A continued line has no part of its own.
        let is_gapless = parts.windows(2).all(|pair| pair[0].span.end == pair[1].span.start);
        if !is_gapless || !parts.iter().all(is_as_written) {
            return None;
        }
        spaced(&tokens(parts))
    }
}

/// What a token is to those around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A name, a number, an expansion, or a piece of one of these.
    Operand,
    /// `++` and `--` behind a name, and closing brackets.
    Closing,
    /// `(` and `[`.
    Opening,
    /// An operator of one operand, before it.
    Unary,
    /// An operator of two operands.
    Binary,
    /// `,`
    Comma,
}

/// The tokens with blanks, if they are operands and operators in turn.
fn spaced<'t>(tokens: &[Placed<'t>]) -> Option<Vec<Written<'t>>> {
    let mut written: Vec<Written> = Vec::with_capacity(tokens.len());
    let mut open: Vec<&str> = Vec::new();
    let mut before: Option<(Token, Role)> = None;
    for (i, placed) in tokens.iter().enumerate() {
        let wants_operand = before.is_none_or(|(_, role)| !matches!(role, Role::Operand | Role::Closing));
        let next = tokens.get(i + 1).map(|next| next.token);
        let role = match placed.token {
            Token::Word(_) | Token::Piece(_) => {
                let goes_on = placed.glued && matches!(before, Some((_, Role::Operand)));
                (wants_operand || goes_on).then_some(Role::Operand)?
            }
            Token::Operator(sign) if wants_operand => match sign {
                "(" => {
                    open.push(")");
                    Role::Opening
                }
                "+" | "-" | "!" | "~" => Role::Unary,
                "++" | "--" if next.is_some_and(is_name) => Role::Unary,
                _ => return None,
            },
            Token::Operator(sign) => match sign {
                "[" if placed.glued && before.is_some_and(|(token, _)| is_name(token)) => {
                    open.push("]");
                    Role::Opening
                }
                ")" | "]" => (open.pop() == Some(sign)).then_some(Role::Closing)?,
                "++" | "--" => {
                    let is_named =
                        before.is_some_and(|(t, _)| is_name(t) || matches!(t, Token::Operator("]")));
                    let ends = next.is_none_or(|next| matches!(next, Token::Operator(_)));
                    (is_named && ends).then_some(Role::Closing)?
                }
                "," => Role::Comma,
                "(" | "[" | "!" | "~" | ";" => return None,
                _ => Role::Binary,
            },
        };
        let has_blank = match before {
            None | Some((_, Role::Opening)) => false,
            Some((sign, Role::Unary)) => merges(sign, placed.token),
            Some((_, Role::Comma | Role::Binary)) => true,
            Some((_, Role::Operand | Role::Closing)) => role == Role::Binary,
        };
        if let Some((token, _)) = before
            && must_stay(&token, &placed.token)
            && has_blank == placed.glued
        {
            return None;
        }
        written.push((has_blank, placed.token));
        before = Some((placed.token, role));
    }
    let ends = before.is_none_or(|(_, role)| matches!(role, Role::Operand | Role::Closing));
    (ends && open.is_empty()).then_some(written)
}

fn is_name(token: Token) -> bool {
    let starts = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    matches!(token, Token::Word(text) if starts(text))
}

/// True for two signs that would be one without a blank: `- -a` is not `--a`.
fn merges(before: Token, after: Token) -> bool {
    match (before, after) {
        (Token::Operator(before), Token::Operator(after)) => {
            matches!(before, "+" | "-" | "++" | "--") && before.chars().next() == after.chars().next()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use toe_source::SourceId;

    use crate::{FormatOptions, format};

    fn formatted(expression: &str) -> String {
        let text = format(SourceId(0), &format!("a=$(({expression}))\n"), FormatOptions::default()).unwrap();
        text.strip_prefix("a=$((").and_then(|t| t.strip_suffix("))\n")).unwrap().to_owned()
    }

    #[test]
    fn operators_of_two_operands_have_blanks() {
        for (written, spaced) in [
            ("a+b", "a + b"),
            (" a+b ", "a + b"),
            ("a?b:c,d=1", "a ? b : c, d = 1"),
            ("x[i+1]++ +-b", "x[i + 1]++ + -b"),
            ("!(a<<=2)||~b**3", "!(a <<= 2) || ~b ** 3"),
            ("a- -b", "a - -b"),
            ("- -a", "- -a"),
            ("+ ++a", "+ ++a"),
            ("a-(-b)", "a - (-b)"),
            ("16#ff+${#x}-$#", "16#ff + ${#x} - $#"),
            ("$((a+b))*2", "$((a + b)) * 2"),
            ("( $a )", "($a)"),
            ("( ${a} , b )", "(${a}, b)"),
            ("$a + b*c", "$a + b * c"),
            ("1${a}2 + b*c", "1${a}2 + b * c"),
            ("$(b  c) + d*e", "$(b c) + d * e"),
            ("a ^= b^c", "a ^= b ^ c"),
        ] {
            assert_eq!(formatted(written), spaced, "{written}");
            assert_eq!(formatted(spaced), spaced, "{spaced}");
        }
    }

    /// With the value of the variable the sign may be another operator, or none.
    #[test]
    fn what_is_not_plain_stays() {
        for written in [
            "$a+1", "1+$a", "a -$b", "a$op b", "a $op b", "-$a", "- $a", "a++b", "1++2", "++1", "a b", "a +",
            "a [1]", "a-$((b))", "\"a\"+b", "a\\\n+b", "a\n+b", "a? :b", "", " ",
        ] {
            assert_eq!(formatted(written), written);
        }
    }
}
