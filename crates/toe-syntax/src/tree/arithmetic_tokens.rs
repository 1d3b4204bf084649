//! Arithmetic as tokens: how bash divides it, as far as the text says. What an expansion brings along is not
//! known, so whether one touches an operator counts where the two could become another operator together.

use super::{Param, ParamName, ParamOp, PartKind, WordPart};

/// A token of arithmetic.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Token<'t> {
    /// An operator or a parenthesis.
    Operator(&'t str),
    /// A name or number, or whatever else holds no blank and no operator.
    Word(&'t str),
    /// An expansion or something in quotes.
    Piece(&'t WordPart),
}

/// A token and whether nothing stands between it and the one before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed<'t> {
    pub token: Token<'t>,
    pub glued: bool,
}

/// Operators of more than one character, longer ones first.
const LONG: [&str; 20] = [
    "<<=", ">>=", "++", "--", "&&", "||", "==", "!=", "<=", ">=", "<<", ">>", "**", "+=", "-=", "*=", "/=",
    "%=", "&=", "|=",
];
const SIGNS: &str = "+-*/%<>=!&|^~?:,()[];";
/// Signs that are a token of their own whatever is next to them.
const ALONE: [&str; 9] = ["(", ")", "[", "]", ",", "?", ":", "~", ";"];

/// The tokens of `parts`.
pub(crate) fn tokens(parts: &[WordPart]) -> Vec<Placed<'_>> {
    let mut all = Vec::new();
    let mut glued = false;
    for part in parts {
        if let PartKind::Literal(text) = &part.kind {
            literal(text, &mut glued, &mut all);
        } else {
            all.push(Placed { token: Token::Piece(part), glued });
            glued = true;
        }
    }
    all
}

fn literal<'t>(text: &'t str, glued: &mut bool, all: &mut Vec<Placed<'t>>) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let ends = |c: char| matches!(c, ' ' | '\t' | '\n') || SIGNS.contains(c);
        if matches!(first, ' ' | '\t' | '\n') {
            rest = &rest[1..];
            *glued = false;
            continue;
        }
        let (token, length) = if SIGNS.contains(first) {
            let operator = LONG.iter().chain(&["^="]).find(|operator| rest.starts_with(**operator));
            let length = operator.map_or(1, |operator| operator.len());
            (Token::Operator(&rest[..length]), length)
        } else {
            let length = rest.find(ends).unwrap_or(rest.len());
            (Token::Word(&rest[..length]), length)
        };
        all.push(Placed { token, glued: *glued });
        *glued = true;
        rest = &rest[length..];
    }
}

/// True where it counts whether a blank stands between two tokens that are the same otherwise.
pub(crate) fn must_stay(before: &Token, after: &Token) -> bool {
    match (before, after) {
        (_, Token::Operator("[")) => true,
        (Token::Operator(operator), Token::Piece(piece)) => {
            !ALONE.contains(operator) && may_merge(operator, piece)
        }
        (Token::Piece(piece), Token::Operator(operator)) => !ALONE.contains(operator) && !is_number(piece),
        (Token::Operator(_), _) | (_, Token::Operator(_)) => false,
        _ => true,
    }
}

/// True when `operator` and the value of `piece` after it may be read as another operator.
fn may_merge(operator: &str, piece: &WordPart) -> bool {
    match &piece.kind {
        // A number that may be negative.
        PartKind::Arith(_) => operator.ends_with('-'),
        _ => !is_number(piece),
    }
}

/// True for what ends in a digit, and unless it is arithmetic has digits only.
fn is_number(piece: &WordPart) -> bool {
    match &piece.kind {
        PartKind::Arith(_) | PartKind::Param(Param { op: ParamOp::Length, .. }) => true,
        PartKind::Param(Param { name: ParamName::Special(name), op: ParamOp::None, .. }) => {
            matches!(name, '#' | '?')
        }
        _ => false,
    }
}

/// True when two arithmetic texts are read as the same tokens; `same` compares pieces.
pub(super) fn alike(a: &[WordPart], b: &[WordPart], same: impl Fn(&WordPart, &WordPart) -> bool) -> bool {
    let (a, b) = (tokens(a), tokens(b));
    let mut before: Option<&Token> = None;
    a.len() == b.len()
        && a.iter().zip(&b).all(|(one, other)| {
            let is_same = match (&one.token, &other.token) {
                (Token::Operator(one), Token::Operator(other)) | (Token::Word(one), Token::Word(other)) => {
                    one == other
                }
                (Token::Piece(one), Token::Piece(other)) => same(one, other),
                _ => false,
            };
            let counts = before.is_some_and(|before| must_stay(before, &one.token));
            before = Some(&one.token);
            is_same && (!counts || one.glued == other.glued)
        })
}
