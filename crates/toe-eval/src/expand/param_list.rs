//! Expansion of lists: `$@ $* ${a[@]} ${a[*]} ${!a[@]}` and the operators over them.

use std::rc::Rc;

use toe_syntax::tree::{Param, ParamName, ParamOp, Subscript};

use crate::machine::Machine;
use crate::scope::Value;
use crate::stop::Run;

use super::Context;
use super::param::Target;
use super::piece::Piece;

impl Machine<'_> {
    pub(super) fn expand_keys(
        &mut self,
        target: &Target,
        param: &Param,
        context: Context,
        out: &mut Vec<Piece>,
    ) -> Run {
        if param.op != ParamOp::None {
            return Err(
                self.not_in_subset("an operator on the keys of an array", "store the keys in an array first")
            );
        }
        let keys: Vec<Rc<str>> =
            self.elements(target)?.iter().map(|(k, _)| Rc::from(k.to_string())).collect();
        let star = matches!(target.index, Some(Subscript::Star));
        self.push_list(&keys, star, context, out)
    }

    /// The elements with their indices; `$@` counts from 1.
    fn elements(&mut self, target: &Target) -> Run<Vec<(i64, Rc<str>)>> {
        let ParamName::Variable(name) = &target.name else {
            self.charge(self.scope.positional.len() as u64 / 8)?;
            return Ok((1..).zip(self.scope.positional.iter().cloned()).collect());
        };
        if self.scope.get(name).is_none() {
            self.variable(name)?;
        }
        let found: Vec<(i64, Rc<str>)> = match self.scope.get(name).map(|v| &v.value) {
            None | Some(Value::Unset) => Vec::new(),
            Some(Value::Scalar(value)) => vec![(0, value.clone())],
            Some(Value::Array(elements)) => elements.iter().map(|(k, v)| (*k, v.clone())).collect(),
        };
        self.charge(found.len() as u64 / 8)?;
        Ok(found)
    }

    pub(super) fn expand_list(
        &mut self,
        target: &Target,
        op: &ParamOp,
        context: Context,
        out: &mut Vec<Piece>,
    ) -> Run {
        let here = self.here;
        let star = matches!(target.name, ParamName::Special('*')) && target.index.is_none()
            || matches!(target.index, Some(Subscript::Star));
        let elements = self.elements(target)?;
        let positional = !matches!(target.name, ParamName::Variable(_));
        let values: Vec<Rc<str>> = elements.iter().map(|(_, v)| v.clone()).collect();
        let joins_to_nothing =
            star && self.ifs().first().is_none() && values.len() > 1 && values.iter().all(|v| v.is_empty());
        if joins_to_nothing && positional && tests_for_null(op) {
            return Err(self.not_in_subset(
                "`:` in `${*:-x}` and its kin over empty arguments while IFS is empty",
                "put the list into a variable first, as in x=\"$*\"",
            ));
        }
        let is_one_empty = matches!(values.as_slice(), [one] if one.is_empty());
        if is_one_empty && !context.quoted && !context.split && tests_for_null(op) {
            return Err(self.not_in_subset(
                "`:` in `${@:-x}` and its kin over one empty element, where no fields are split,",
                "put the expansion into quotes",
            ));
        }
        let is_marked = |value: &Rc<str>| value.contains(['\u{1}', '\u{7f}']);
        if !context.quoted && !context.split && values.iter().any(is_marked) {
            return Err(self.not_in_subset(
                "a list that holds U+0001 or U+007F, where no fields are split,",
                "put the expansion into quotes",
            ));
        }
        let null = || match values.as_slice() {
            [] => true,
            [one] => one.is_empty(),
            // In quotes it is the joined text that counts.
            _ => joins_to_nothing && context.quoted,
        };
        let usable = |colon: bool| !(values.is_empty() || colon && null());
        let list = match op {
            ParamOp::None => values,
            ParamOp::Length => {
                // Under `set -u` bash counts the elements of arrays only, not of a plain variable.
                let declared = match &target.name {
                    ParamName::Variable(name) => self.is_array(name),
                    _ => true,
                };
                if !declared && self.scope.options.nounset {
                    return Err(self.unset_error(&self.label(target)));
                }
                return self.push_value(values.len().to_string(), context, out);
            }
            ParamOp::Default { colon, word } => {
                if !usable(*colon) {
                    return self.expand_default(word, context, out);
                }
                values
            }
            ParamOp::Alternative { colon, word } => {
                if usable(*colon) {
                    return self.expand_default(word, context, out);
                }
                if context.quoted && !star && values.is_empty() {
                    // Like the empty list itself: no field at all.
                    return self.push_list(&[], false, context, out);
                }
                return self.push_value(String::new(), context, out);
            }
            ParamOp::Error { colon, word } => {
                if !usable(*colon) {
                    return Err(self.required_error(target, word, *colon, context)?);
                }
                values
            }
            ParamOp::Assign { colon, .. } => {
                if !usable(*colon) {
                    return Err(self.bad_expansion(
                        format!("`{}` cannot be assigned", self.label(target)),
                        "assign an array with NAME=(..)",
                    ));
                }
                values
            }
            // Without elements bash does not look at the operator, but for the offset in the arguments.
            _ if values.is_empty() && !(positional && matches!(op, ParamOp::Substring { .. })) => values,
            ParamOp::Substring { offset, length } => {
                let offset = self.arithmetic_word(offset)?;
                let length = match length {
                    Some(word) => Some(self.arithmetic_word(word)?),
                    None => None,
                };
                self.here = here;
                self.slice(target, elements, offset, length)?
            }
            op => {
                let operator = self.operator(op)?;
                self.here = here;
                let removes = matches!(op, ParamOp::RemovePrefix { .. } | ParamOp::RemoveSuffix { .. });
                if removes && !context.quoted && !positional && self.ifs().first().is_none() {
                    return Err(self.not_in_subset(
                        "removing a prefix or suffix from all elements, without quotes, while IFS is empty,",
                        "quote it, as in \"${a[@]#x}\"",
                    ));
                }
                let mut list = Vec::with_capacity(values.len());
                let mut bytes = 0;
                for value in &values {
                    let text = self.operate(value, &operator)?;
                    bytes += text.len();
                    self.check_word(bytes)?;
                    list.push(Rc::from(text));
                }
                list
            }
        };
        self.push_list(&list, star, context, out)
    }

    /// `${@:o:n}` counts positions with `$0` as 0; `${a[@]:o:n}` starts at index o.
    fn slice(
        &mut self,
        target: &Target,
        elements: Vec<(i64, Rc<str>)>,
        offset: i64,
        length: Option<i64>,
    ) -> Run<Vec<Rc<str>>> {
        let positional = !matches!(target.name, ParamName::Variable(_));
        let mut elements = elements;
        let end = elements.last().map_or(0, |(k, _)| k.saturating_add(1));
        let end = if positional { self.scope.positional.len() as i64 + 1 } else { end };
        let start = if offset < 0 { end.saturating_add(offset) } else { offset };
        let negative = length.filter(|length| *length < 0);
        // Right behind the last argument bash still looks at the length.
        if let Some(length) = negative
            && positional
            && start == end
        {
            return Err(self.negative_length(length));
        }
        if start < 0 || (elements.is_empty() && !(positional && start == 0)) {
            return Ok(Vec::new());
        }
        if positional && start == 0 {
            elements.insert(0, (0, Rc::from(self.foot)));
        }
        if start >= end {
            return Ok(Vec::new());
        }
        if let Some(length) = negative {
            return Err(self.negative_length(length));
        }
        let most = length.map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(usize::MAX));
        Ok(elements.into_iter().skip_while(|(k, _)| *k < start).map(|(_, v)| v).take(most).collect())
    }

    /// Pushes a list as `@` or `*` does in this context.
    fn push_list(&mut self, list: &[Rc<str>], star: bool, context: Context, out: &mut Vec<Piece>) -> Run {
        self.check_word(list.iter().map(|v| v.len() + 1).sum())?;
        // Each becomes a piece, a field and a word.
        self.check_values(list.len() * 192)?;
        self.charge(list.len() as u64 / 8)?;
        let ifs = self.ifs();
        if !context.quoted && context.split && ifs.holds_blanks_and_more() {
            let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n');
            // A blank, and then the end or another separator.
            let begins_badly = |first: &Rc<str>| {
                let rest = first.trim_start_matches(is_blank);
                rest.is_empty()
                    || rest.len() < first.len() && rest.chars().next().is_some_and(|c| ifs.is_delimiter(c))
            };
            if list.len() > 1 && list.first().is_some_and(begins_badly) {
                return Err(self.not_in_subset(
                    "a list whose first element is blank up to a separator, without quotes, while IFS holds blanks and more,",
                    "quote the list",
                ));
            }
            let before = out.iter().rev().find(|piece| piece.len() > 0);
            if !list.is_empty()
                && matches!(before, Some(Piece::Text { text, split: true, .. }) if text.ends_with(is_blank))
            {
                return Err(self.not_in_subset(
                    "a list behind a blank of an expansion, without quotes, while IFS holds blanks and more,",
                    "quote the list, or make two words of it",
                ));
            }
        }
        let join = |with: Option<char>| {
            let mut text = String::new();
            for (i, value) in list.iter().enumerate() {
                if i > 0 {
                    text.extend(with);
                }
                text.push_str(value);
            }
            text
        };
        if context.quoted && star {
            if list.len() > 1 && ifs.first().is_some_and(|c| !c.is_ascii()) {
                return Err(self.not_in_subset(
                    "joining a list with a character outside of ASCII in IFS",
                    "begin IFS with another character",
                ));
            }
            out.push(Piece::quoted(join(ifs.first())));
        } else if context.quoted {
            self.empty_list_seen |= list.is_empty();
            self.empty_kept |= !list.is_empty();
            for (i, value) in list.iter().enumerate() {
                if i > 0 {
                    out.push(Piece::Break);
                }
                out.push(Piece::quoted(&**value));
            }
        } else if !context.split {
            let text = join(if star { ifs.first() } else { Some(' ') });
            out.push(Piece::Text { text, quoted: false, split: false });
        } else if ifs.first().is_none() {
            for (i, value) in list.iter().enumerate() {
                if i > 0 {
                    out.push(Piece::Break);
                }
                out.push(Piece::Text { text: value.to_string(), quoted: false, split: true });
            }
        } else {
            out.push(Piece::Text { text: join(ifs.first()), quoted: false, split: true });
        }
        Ok(())
    }
}

/// True for an operator that takes an empty value for none.
fn tests_for_null(op: &ParamOp) -> bool {
    matches!(
        op,
        ParamOp::Default { colon: true, .. }
            | ParamOp::Alternative { colon: true, .. }
            | ParamOp::Error { colon: true, .. }
            | ParamOp::Assign { colon: true, .. }
    )
}
