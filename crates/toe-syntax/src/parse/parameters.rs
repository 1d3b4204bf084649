//! `$x` and `${ }`.

use pest::iterators::Pair;

use super::builder::Builder;
use super::grammar::Rule;
use crate::tree::{Param, ParamName, ParamOp, PartKind, ReplaceKind, Subscript, Word, WordPart};

impl Builder<'_, '_> {
    /// A parameter expansion.
    pub(super) fn parameter(&mut self, pair: Pair<'_, Rule>) -> Option<Param> {
        let span = self.span(&pair);
        let braced = pair.as_rule() != Rule::simple_parameter;
        if !braced {
            let name = self.parameter_name(pair.as_str().get(1..)?, span)?;
            if matches!(name, ParamName::Variable(_)) {
                self.refuse_continued(&pair, "a name", |next| next.is_ascii_alphanumeric() || next == '_');
            }
            return Some(Param { name, index: None, indirect: false, op: ParamOp::None, braced });
        }
        self.deeper(span, |builder| builder.braced_parameter(pair))?
    }

    fn braced_parameter(&mut self, pair: Pair<'_, Rule>) -> Option<Param> {
        let at = self.span(&pair);
        let unquoted = pair.as_rule() == Rule::parameter;
        let (mut name, mut index, mut indirect, mut op) = (None, None, false, ParamOp::None);
        let mut pieces: Vec<Pair<'_, Rule>> = Vec::new();
        for piece in pair.into_inner() {
            if piece.as_rule() == Rule::length {
                op = ParamOp::Length;
                pieces.extend(piece.into_inner());
            } else {
                pieces.push(piece);
            }
        }
        for piece in pieces {
            let span = self.span(&piece);
            match piece.as_rule() {
                Rule::indirect => indirect = true,
                Rule::parameter_name => name = Some(self.parameter_name(piece.as_str(), span)?),
                Rule::subscript => index = self.subscript(piece),
                _ => op = self.parameter_operator(piece, unquoted)?,
            }
        }
        if indirect && matches!(index, Some(Subscript::At | Subscript::Star)) {
            self.outside(at, "the list of an array's indices", "count through them with `for ((..))`");
        }
        Some(Param { name: name?, index, indirect, op, braced: true })
    }

    /// Bash joins lines before it looks for names and operators: one may end on the next line.
    fn refuse_continued(&mut self, token: &Pair<'_, Rule>, what: &str, goes_on: impl Fn(char) -> bool) {
        let behind = token.get_input().get(token.as_span().end()..).unwrap_or_default();
        let next_line = behind.trim_start_matches("\\\n");
        if next_line.len() < behind.len() && next_line.starts_with(goes_on) {
            let what = format!("{what} continued on the next line");
            self.outside(self.span(token), what, "write it in one line");
        }
    }

    /// `<(` and `>(` are no text in the word of `${ }`, though other signs are.
    fn refuse_process_substitution(&mut self, word: &Word) {
        let begins_one =
            |p: &WordPart| matches!(&p.kind, PartKind::Literal(t) if t.contains("<(") || t.contains(">("));
        if let Some(part) = word.parts.iter().find(|p| begins_one(p)) {
            let what = "a process substitution in the word of `${ }`";
            self.outside(part.span, what, "quote the sign, as in `${x:-'<('}`");
        }
    }

    /// The parameter that `text` names.
    pub(super) fn parameter_name(&mut self, text: &str, span: toe_source::Span) -> Option<ParamName> {
        let first = text.chars().next()?;
        if first.is_ascii_digit() {
            let Ok(number) = text.parse::<u32>() else {
                self.unexpected(
                    span,
                    format!("the argument number {text}"),
                    "there are never so many arguments",
                );
                return None;
            };
            return Some(if number == 0 { ParamName::Special('0') } else { ParamName::Positional(number) });
        }
        if first.is_ascii_alphabetic() || first == '_' {
            return Some(ParamName::Variable(text.to_owned()));
        }
        Some(ParamName::Special(first))
    }

    /// `[@]`, `[*]` or `[expression]`.
    pub(super) fn subscript(&mut self, pair: Pair<'_, Rule>) -> Option<Subscript> {
        let inner = pair.into_inner().next()?;
        Some(match (inner.as_rule(), inner.as_str()) {
            (Rule::every, "@") => Subscript::At,
            (Rule::every, _) => Subscript::Star,
            _ => Subscript::Index(Box::new(self.word(inner))),
        })
    }

    fn parameter_operator(&mut self, pair: Pair<'_, Rule>, unquoted: bool) -> Option<ParamOp> {
        let (rule, span) = (pair.as_rule(), self.span(&pair));
        let mut inner = pair.into_inner();
        if rule == Rule::substring_operator {
            return self.substring(span, inner);
        }
        let sign = inner.next()?;
        let longer: &[char] = match sign.as_str() {
            "#" => &['#'],
            "%" => &['%'],
            "/" => &['/', '#', '%'],
            "^" => &['^'],
            "," => &[','],
            _ => &[],
        };
        self.refuse_continued(&sign, "the operator of `${ }`", |next| longer.contains(&next));
        let sign = sign.as_str();
        let word = self.word(inner.next()?);
        let replacement = inner.next().map(|p| self.word(p));
        if unquoted {
            for word in std::iter::once(&word).chain(replacement.as_ref()) {
                self.refuse_process_substitution(word);
            }
        }
        if unquoted && self.in_quoted_substitution && rule == Rule::value_operator {
            let ansi = |p: &&WordPart| matches!(p.kind, PartKind::AnsiC(_));
            for part in word.parts.iter().filter(ansi) {
                let what = "`$'..'` inside `${ }` in a quoted command substitution, where bash loses them,";
                self.outside(part.span, what, "put the text into a variable first");
            }
        }
        let colon = sign.starts_with(':');
        Some(match (rule, sign) {
            (Rule::prefix_operator, _) => ParamOp::RemovePrefix { longest: sign == "##", pattern: word },
            (Rule::suffix_operator, _) => ParamOp::RemoveSuffix { longest: sign == "%%", pattern: word },
            (Rule::case_operator, _) => ParamOp::Case {
                upper: sign.starts_with('^'),
                all: sign.len() == 2,
                pattern: Some(word).filter(|w| !w.parts.is_empty()),
            },
            (Rule::replace_operator, _) => {
                let kind = match sign {
                    "//" => ReplaceKind::All,
                    "/#" => ReplaceKind::Prefix,
                    "/%" => ReplaceKind::Suffix,
                    _ => ReplaceKind::First,
                };
                ParamOp::Replace { kind, pattern: Box::new(word), replacement: replacement.map(Box::new) }
            }
            (_, "-" | ":-") => ParamOp::Default { colon, word },
            (_, "=" | ":=") => ParamOp::Assign { colon, word },
            (_, "?" | ":?") => ParamOp::Error { colon, word },
            _ => ParamOp::Alternative { colon, word },
        })
    }

    fn substring<'a>(
        &mut self,
        span: toe_source::Span,
        mut inner: impl Iterator<Item = Pair<'a, Rule>>,
    ) -> Option<ParamOp> {
        let offset: Word = self.word(inner.next()?);
        let length = inner.next().map(|p| self.word(p));
        if offset.parts.is_empty() && length.is_none() {
            self.unexpected(span, "`:` without an offset", "write the offset, as in `${x:1}` or `${x: -1}`");
            return None;
        }
        Some(ParamOp::Substring { offset: Box::new(offset), length: length.map(Box::new) })
    }
}
