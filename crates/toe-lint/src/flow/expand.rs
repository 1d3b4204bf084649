//! Words after expansion, as far as they can be known.

use std::sync::Arc;

use toe_source::Span;
use toe_syntax::tree::{
    Arith, CommandSubst, Param, ParamName, ParamOp, PartKind, Redirect, RedirectKind, Subscript, Word,
    WordPart,
};

use super::record::{Read, Reading, Writing};
use super::state::Positional;
use super::value::{Joining, Presence, Texts, Value, Variable};
use super::walker::Walker;
use crate::word_text::is_variable_name;

/// A piece of a word.
struct Piece {
    texts: Texts,
    /// It is split, and a pattern may come out of it.
    is_split: bool,
}

/// The words that one word becomes; `None` when not even their number is known.
pub(super) type Fields = Option<Vec<Texts>>;

impl Walker<'_> {
    /// A word of a command, an array or a `for`.
    pub(super) fn fields(&mut self, word: &Word) -> Fields {
        if let [WordPart { kind: PartKind::Literal(text), .. }] = word.parts.as_slice()
            && !is_active(text)
        {
            return Some(vec![Texts::just(text)]);
        }
        if !self.step(word.parts.len()) {
            return None;
        }
        if let Some(list) = self.list_word(word) {
            return list;
        }
        let mut pieces = Vec::new();
        let mut is_known = true;
        for part in &word.parts {
            match &part.kind {
                PartKind::Literal(text) => {
                    is_known &= !is_active(text);
                    pieces.push(Piece { texts: Texts::just(text), is_split: false });
                }
                PartKind::DoubleQuoted(inner) => {
                    is_known &= !inner.iter().any(is_list);
                    pieces.push(Piece { texts: self.quoted(inner), is_split: false });
                }
                _ => {
                    is_known &= !is_list(part);
                    pieces.push(Piece { texts: self.part(part, false), is_split: is_expansion(part) });
                }
            }
        }
        if is_known { self.split(pieces) } else { None }
    }

    /// One word that stays as it is: no piece of it is none, or several, or a pattern.
    fn plain(pieces: &[Piece]) -> Option<Texts> {
        let mut all = Joining::new();
        for Piece { texts, is_split } in pieces {
            let text = texts.single()?;
            if *is_split && (text.is_empty() || text.contains(SPLITTING)) {
                return None;
            }
            all.push(text);
        }
        Some(all.texts())
    }

    /// Splits at blanks, as long as IFS is what it is at the start and there is no pattern.
    fn split(&self, pieces: Vec<Piece>) -> Fields {
        if !pieces.iter().any(|p| p.is_split) {
            let mut all = Joining::new();
            for piece in pieces {
                all.add(piece.texts);
            }
            return Some(vec![all.texts()]);
        }
        if self.state.is_written("IFS") {
            return None;
        }
        if let Some(word) = Self::plain(&pieces) {
            return Some(vec![word]);
        }
        let mut ways: Vec<Vec<String>> = vec![Vec::new()];
        // What is being put together, and whether it is a word already.
        let mut open: Vec<Option<String>> = vec![None];
        for piece in &pieces {
            let texts = piece.texts.known()?;
            if ways.len() * texts.len() > 8 {
                return None;
            }
            let (mut next_ways, mut next_open) = (Vec::new(), Vec::new());
            for (way, current) in ways.iter().zip(&open) {
                for text in texts {
                    let (mut way, mut current) = (way.clone(), current.clone());
                    if piece.is_split {
                        if text.contains(['*', '?', '[', '\\']) {
                            return None;
                        }
                        cut(text, &mut way, &mut current);
                    } else {
                        current.get_or_insert_default().push_str(text);
                    }
                    next_ways.push(way);
                    next_open.push(current);
                }
            }
            (ways, open) = (next_ways, next_open);
        }
        for (way, current) in ways.iter_mut().zip(open) {
            way.extend(current);
        }
        let count = ways.first()?.len();
        if ways.iter().any(|way| way.len() != count) || ways.len() > 1 && count != 1 {
            return None;
        }
        Some((0..count).map(|i| Texts::of(ways.iter().map(|way| Arc::from(way[i].as_str())))).collect())
    }

    /// `"$@"` and `"${a[@]}"`, with and without quotes; `None` for other words.
    fn list_word(&mut self, word: &Word) -> Option<Fields> {
        let (part, is_quoted) = match word.parts.as_slice() {
            [WordPart { kind: PartKind::DoubleQuoted(inner), .. }] => match inner.as_slice() {
                [part] => (part, true),
                _ => return None,
            },
            [part] => (part, false),
            _ => return None,
        };
        let PartKind::Param(param) = &part.kind else { return None };
        if !is_list(part) || param.op != ParamOp::None || param.indirect {
            return None;
        }
        let elements = match (&param.name, &param.index) {
            (ParamName::Special('@' | '*'), None) => self.state.positional().clone(),
            (ParamName::Variable(name), Some(_)) => {
                match self.read(name, part.span, Reading::Guarded, false).value {
                    Value::List(elements) => Some(elements),
                    Value::Text(texts) => Some(Arc::from([texts])),
                    Value::Any => None,
                }
            }
            _ => return None,
        };
        let is_star =
            matches!(param.name, ParamName::Special('*')) || matches!(param.index, Some(Subscript::Star));
        let is_plain = |texts: &Texts| {
            texts.known().is_some_and(|all| all.iter().all(|t| !t.is_empty() && !t.contains(SPLITTING)))
        };
        Some(match elements {
            Some(elements) if is_quoted && !is_star => Some(elements.to_vec()),
            Some(elements)
                if !is_quoted && elements.iter().all(is_plain) && !self.state.is_written("IFS") =>
            {
                Some(elements.to_vec())
            }
            _ => None,
        })
    }

    /// A word that stays one.
    pub(super) fn single(&mut self, word: &Word) -> Texts {
        if !self.step(word.parts.len()) {
            return Texts::Any;
        }
        let mut all = Joining::new();
        for part in &word.parts {
            match &part.kind {
                PartKind::Literal(text) if text.contains('~') => all.add(Texts::Any),
                PartKind::DoubleQuoted(inner) => self.join_quoted(inner, &mut all),
                _ => self.join_part(part, false, &mut all),
            }
        }
        all.texts()
    }

    /// Text as in double quotes.
    pub(super) fn quoted(&mut self, parts: &[WordPart]) -> Texts {
        let mut all = Joining::new();
        self.join_quoted(parts, &mut all);
        all.texts()
    }

    fn join_quoted(&mut self, parts: &[WordPart], all: &mut Joining) {
        for part in parts {
            if is_list(part) {
                self.part(part, true);
                all.add(Texts::Any);
            } else {
                self.join_part(part, true, all);
            }
        }
    }

    fn join_part(&mut self, part: &WordPart, is_quoted: bool, all: &mut Joining) {
        match &part.kind {
            PartKind::Literal(text) | PartKind::SingleQuoted(text) => all.push(text),
            _ => all.add(self.part(part, is_quoted)),
        }
    }

    /// Walks what is expanded in a here-document.
    fn walk_quoted(&mut self, parts: &[WordPart]) {
        for part in parts {
            if !matches!(part.kind, PartKind::Literal(_) | PartKind::Escaped(_)) {
                self.part(part, true);
            }
        }
    }

    fn part(&mut self, part: &WordPart, is_quoted: bool) -> Texts {
        match &part.kind {
            PartKind::Literal(text) | PartKind::SingleQuoted(text) => Texts::just(text),
            PartKind::Escaped(c) => Texts::just(c.to_string()),
            PartKind::AnsiC(text) if !text.contains('\\') => Texts::just(text),
            PartKind::AnsiC(_) => Texts::Any,
            PartKind::DoubleQuoted(inner) => self.quoted(inner),
            PartKind::Param(param) => self.param(param, part.span, is_quoted),
            PartKind::CommandSubst(substitution) => self.substitute(substitution),
            PartKind::Arith(parts) => {
                self.arithmetic(parts);
                Texts::Any
            }
        }
    }

    fn substitute(&mut self, substitution: &CommandSubst) -> Texts {
        let mark = self.state.mark();
        self.substitutions += 1;
        let loops = std::mem::take(&mut self.loops);
        self.list(&substitution.body);
        self.loops = loops;
        self.substitutions -= 1;
        self.state.undo(mark);
        Texts::Any
    }

    /// Notes what an expression reads and writes.
    pub(super) fn arithmetic(&mut self, parts: &[WordPart]) {
        let is_whole = parts.iter().all(|p| matches!(p.kind, PartKind::Literal(_)));
        for part in parts {
            let PartKind::Literal(text) = &part.kind else {
                match &part.kind {
                    PartKind::DoubleQuoted(inner) => self.arithmetic(inner),
                    _ => drop(self.part(part, true)),
                }
                continue;
            };
            for (start, name) in names(text) {
                let span = Span { start: part.span.start + start, ..part.span };
                let span = Span { end: (span.start + name.len() as u32).min(part.span.end), ..span };
                let (before, after) = (&text[..start as usize], &text[start as usize + name.len()..]);
                let is_element = after.trim_start().starts_with('[');
                // Of an index that holds an expansion the end is not in this text: it may be assigned.
                let change = match behind_index(after) {
                    Some(behind) => changes(before, behind),
                    None => Some(false),
                };
                // `&&`, `||` and `?` decide whether a name is read at all.
                let is_sure = is_whole && !text.contains(['&', '|', '?']);
                if change != Some(true) || is_element {
                    self.read(
                        name,
                        span,
                        if is_sure { Reading::Arithmetic } else { Reading::Guarded },
                        false,
                    );
                }
                if change.is_some() {
                    let name = self.name(name);
                    let value = if is_element { Value::Any } else { Value::Text(Texts::Any) };
                    self.write(&name, span, Writing::Plain, value);
                }
            }
        }
    }

    pub(super) fn maybe_arithmetic(&mut self, expression: Option<&Arith>) {
        if let Some(expression) = expression {
            self.arithmetic(&expression.parts);
        }
    }

    pub(super) fn redirects(&mut self, redirects: &[Redirect]) {
        for redirect in redirects {
            match &redirect.kind {
                RedirectKind::Out(word) | RedirectKind::OutAndErr(word) | RedirectKind::In(word) => {
                    self.single(word);
                }
                RedirectKind::HereDoc(document) if !document.quoted => self.walk_quoted(&document.body),
                RedirectKind::DupOut(_) | RedirectKind::HereDoc(_) => {}
            }
        }
    }

    fn param(&mut self, param: &Param, span: Span, is_quoted: bool) -> Texts {
        if let Some(Subscript::Index(index)) = &param.index {
            self.arithmetic(&index.parts);
        }
        let reading = match &param.op {
            ParamOp::Default { .. }
            | ParamOp::Assign { .. }
            | ParamOp::Error { .. }
            | ParamOp::Alternative { .. } => Reading::Guarded,
            // Lists may be empty.
            _ if matches!(param.index, Some(Subscript::At | Subscript::Star)) => Reading::Guarded,
            _ => Reading::Plain,
        };
        let variable = match &param.name {
            ParamName::Variable(name) => {
                let variable = self.read(name, span, reading, !param.braced);
                match &param.index {
                    None => variable,
                    Some(index) => element(&variable, index),
                }
            }
            ParamName::Positional(number) => self.read_positional(*number, span, reading),
            ParamName::Special('#') => {
                let count = self.state.positional().as_ref().map(|all| all.len().to_string());
                Variable::set(Value::Text(count.map_or(Texts::Any, Texts::just)))
            }
            ParamName::Special(_) => Variable::set(Value::Any),
        };
        if param.indirect {
            // It may name anything.
            self.flow.reads_by_computed_name = true;
            self.operands(&param.op, is_quoted);
            return Texts::Any;
        }
        let texts = variable.value.text();
        let sure = variable.presence == Presence::Set;
        match &param.op {
            ParamOp::None => texts,
            ParamOp::Length if param.index.is_none() => texts.map(|t| t.chars().count().to_string()),
            ParamOp::Length => Texts::Any,
            ParamOp::Default { colon, word } => {
                let (kept, all) = filled(&texts, *colon);
                let otherwise = self.operand(word, is_quoted);
                chosen(&variable, kept, all && sure, &otherwise)
            }
            ParamOp::Assign { colon, word } => {
                let (kept, all) = filled(&texts, *colon);
                let otherwise = self.operand(word, is_quoted);
                let chosen = chosen(&variable, kept, all && sure, &otherwise);
                if let (ParamName::Variable(name), None) = (&param.name, &param.index)
                    && !(all && sure)
                {
                    let name = self.name(name);
                    self.write(&name, span, Writing::Plain, Value::Text(chosen.clone()));
                }
                chosen
            }
            ParamOp::Error { colon, word } => {
                self.operand(word, is_quoted);
                let (kept, all) = filled(&texts, *colon);
                if let (ParamName::Variable(name), None, false) = (&param.name, &param.index, all && sure) {
                    // Without the input there is nothing beyond this place; with it, who knows what else is given.
                    self.state.want_inputs();
                    let name = self.name(name);
                    let value = match (&kept, &variable.value) {
                        (Some(texts), Value::Text(_)) if variable.presence != Presence::Unset => {
                            Value::Text(texts.clone())
                        }
                        _ => Value::Any,
                    };
                    self.state.put(&name, Variable { presence: Presence::Set, value, ..variable });
                }
                kept.unwrap_or(Texts::Any)
            }
            ParamOp::Alternative { colon, word } => {
                let (_, all) = filled(&texts, *colon);
                let alternative = self.operand(word, is_quoted);
                match variable.presence {
                    Presence::Unset => Texts::just(""),
                    Presence::Set if all => alternative,
                    _ => alternative.join(&Texts::just("")),
                }
            }
            ParamOp::RemovePrefix { pattern, .. } => match self.literal_pattern(pattern) {
                Some(literal) => texts.map(|t| t.strip_prefix(literal.as_str()).unwrap_or(t).to_owned()),
                None => Texts::Any,
            },
            ParamOp::RemoveSuffix { pattern, .. } => match self.literal_pattern(pattern) {
                Some(literal) => texts.map(|t| t.strip_suffix(literal.as_str()).unwrap_or(t).to_owned()),
                None => Texts::Any,
            },
            op => {
                self.operands(op, is_quoted);
                Texts::Any
            }
        }
    }

    fn operand(&mut self, word: &Word, is_quoted: bool) -> Texts {
        let texts = self.single(word);
        let is_literal = word.parts.iter().all(|p| matches!(p.kind, PartKind::Literal(_)));
        // Where the expansion is split, what is quoted in it is not.
        let is_plain = |text: &Arc<str>| !text.contains(SPLITTING) && (is_literal || !text.is_empty());
        match texts.known() {
            Some(all) if is_quoted || all.iter().all(is_plain) => texts,
            _ => Texts::Any,
        }
    }

    fn literal_pattern(&mut self, word: &Word) -> Option<String> {
        self.single(word);
        crate::word_text::fixed(word).filter(|text| !text.contains('\\'))
    }

    fn operands(&mut self, op: &ParamOp, is_quoted: bool) {
        match op {
            ParamOp::None | ParamOp::Length => {}
            ParamOp::Default { word, .. }
            | ParamOp::Assign { word, .. }
            | ParamOp::Error { word, .. }
            | ParamOp::Alternative { word, .. }
            | ParamOp::RemovePrefix { pattern: word, .. }
            | ParamOp::RemoveSuffix { pattern: word, .. } => drop(self.operand(word, is_quoted)),
            ParamOp::Replace { pattern, replacement, .. } => {
                self.single(pattern);
                if let Some(word) = replacement {
                    self.single(word);
                }
            }
            ParamOp::Substring { offset, length } => {
                self.arithmetic(&offset.parts);
                if let Some(word) = length {
                    self.arithmetic(&word.parts);
                }
            }
            ParamOp::Case { pattern, .. } => {
                if let Some(word) = pattern {
                    self.single(word);
                }
            }
        }
    }

    /// `set +u` and `set -u`.
    pub(super) fn allow_unset(&mut self, is_allowed: bool) {
        let option = self.name(UNSET_ALLOWED);
        let state = if is_allowed { Variable::set(Value::Any) } else { Variable::unset() };
        self.state.put(&option, state);
    }

    fn allows_unset(&self) -> bool {
        self.state.is_written(UNSET_ALLOWED) && self.state.variable(UNSET_ALLOWED).presence != Presence::Unset
    }

    /// Reads a variable and notes it.
    pub(super) fn read(&mut self, name: &str, span: Span, reading: Reading, is_bare: bool) -> Variable {
        let mut variable = self.state.variable(name);
        let reading = if self.allows_unset() {
            if variable.presence != Presence::Set {
                variable.value = Value::Any;
            }
            // Arithmetic takes it for 0.
            if reading == Reading::Arithmetic { reading } else { Reading::Guarded }
        } else {
            reading
        };
        self.flow.mark_read(&variable.writes);
        if variable.presence == Presence::Maybe
            && variable.set_under.iter().any(|guard| self.guards.contains(guard))
        {
            variable.presence = Presence::Set;
        }
        if self.muted == 0 {
            let set_beginning = if is_bare && variable.presence != Presence::Set {
                let ends = name.match_indices('_').map(|(i, _)| i).filter(|i| *i > 0);
                let mut set =
                    ends.map(|i| &name[..i]).filter(|n| self.state.variable(n).presence == Presence::Set);
                set.next_back().map(|n| self.name(n))
            } else {
                None
            };
            let read = Read {
                name: self.name(name),
                span,
                reading,
                presence: variable.presence,
                is_bare,
                set_beginning,
                situation: self.situation(),
            };
            self.flow.reads.push(read);
        }
        variable
    }

    /// Reads a variable in a way that never fails.
    pub(super) fn read_for_test(&mut self, name: &str) {
        let writes = self.state.variable(name).writes;
        self.flow.mark_read(&writes);
    }

    fn read_positional(&mut self, number: u32, span: Span, reading: Reading) -> Variable {
        let variable = positional(self.state.positional(), number);
        if self.muted == 0 && variable.presence == Presence::Unset && !self.allows_unset() {
            let read = Read {
                name: self.name(&number.to_string()),
                span,
                reading,
                presence: Presence::Unset,
                is_bare: false,
                set_beginning: None,
                situation: self.situation(),
            };
            self.flow.reads.push(read);
        }
        variable
    }
}

/// What an expansion with another text for the unset comes to.
fn chosen(variable: &Variable, kept: Option<Texts>, is_sure: bool, otherwise: &Texts) -> Texts {
    match kept {
        Some(kept) if is_sure => kept,
        _ if variable.presence == Presence::Unset => otherwise.clone(),
        Some(kept) => kept.join(otherwise),
        // Only empty texts, for which the other stands.
        None => otherwise.clone(),
    }
}

/// One element of a list.
fn element(variable: &Variable, index: &Subscript) -> Variable {
    let number = match index {
        Subscript::Index(word) => crate::word_text::fixed(word).and_then(|t| t.parse::<usize>().ok()),
        Subscript::At | Subscript::Star => None,
    };
    let value = match (number, &variable.value) {
        (Some(number), Value::List(elements)) => {
            elements.get(number).cloned().map_or(Value::Any, Value::Text)
        }
        (Some(0), Value::Text(texts)) => Value::Text(texts.clone()),
        _ => Value::Any,
    };
    // Which elements are set is not followed.
    let presence = match (variable.presence, &value) {
        (Presence::Set, Value::Text(_)) => Presence::Set,
        (Presence::Unset, _) => Presence::Unset,
        _ => Presence::Unknown,
    };
    Variable { presence, value, ..variable.clone() }
}

fn positional(all: &Positional, number: u32) -> Variable {
    match (all, (number as usize).checked_sub(1)) {
        (Some(all), Some(index)) => match all.get(index) {
            Some(texts) => Variable::set(Value::Text(texts.clone())),
            None => Variable::unset(),
        },
        _ => Variable::unknown(),
    }
}

/// The option of `set +u` is kept with the variables, under what can be no variable's name.
const UNSET_ALLOWED: &str = "set +u";

/// What makes an unquoted value more or less than one plain word.
const SPLITTING: [char; 7] = [' ', '\t', '\n', '*', '?', '[', '\\'];

fn is_active(text: &str) -> bool {
    text.bytes().any(|b| matches!(b, b'*' | b'?' | b'[' | b'{' | b'~' | b'\\'))
}

fn is_expansion(part: &WordPart) -> bool {
    matches!(part.kind, PartKind::Param(_) | PartKind::CommandSubst(_) | PartKind::Arith(_))
}

/// `$@`, `${a[@]}`, and `${!x}`, which may stand for one: may be several words or none.
fn is_list(part: &WordPart) -> bool {
    matches!(
        &part.kind,
        PartKind::Param(
            Param { name: ParamName::Special('@' | '*'), .. }
                | Param { indirect: true, .. }
                | Param { index: Some(Subscript::At | Subscript::Star), .. }
        )
    )
}

/// The texts that count as set, and whether all do.
fn filled(texts: &Texts, colon: bool) -> (Option<Texts>, bool) {
    let Some(all) = texts.known().filter(|_| colon) else { return (Some(texts.clone()), !colon) };
    let kept: Vec<Arc<str>> = all.iter().filter(|t| !t.is_empty()).cloned().collect();
    let is_all = kept.len() == all.len();
    ((!kept.is_empty()).then(|| Texts::of(kept)), is_all)
}

/// Puts the words of `text` behind what is there.
fn cut(text: &str, words: &mut Vec<String>, current: &mut Option<String>) {
    const BLANKS: [char; 3] = [' ', '\t', '\n'];
    let mut first = true;
    for word in text.split(BLANKS) {
        if !first {
            words.extend(current.take());
        }
        first = false;
        if !word.is_empty() {
            current.get_or_insert_default().push_str(word);
        }
    }
}

/// The names in an expression with their places.
fn names(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '#';
        let start = rest + text.get(rest..)?.find(is_part)?;
        let tail = &text[start..];
        let length = tail.find(|c| !is_part(c)).unwrap_or(tail.len());
        rest = start + length;
        Some((start as u32, &text[start..rest]))
    })
    .filter(|(_, name)| is_variable_name(name))
}

/// What comes behind an index, if one follows; nothing when it does not end in `after`.
fn behind_index(after: &str) -> Option<&str> {
    let after = after.trim_start();
    if !after.starts_with('[') {
        return Some(after);
    }
    let mut depth = 0_usize;
    for (at, byte) in after.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' if depth == 1 => return after.get(at + 1..),
            b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether a name between two texts is assigned: `Some(true)` without being read, `Some(false)` and read too.
fn changes(before: &str, after: &str) -> Option<bool> {
    let (before, after) = (before.trim_end(), after.trim_start());
    if before.ends_with("++") || before.ends_with("--") || after.starts_with("++") || after.starts_with("--")
    {
        return Some(false);
    }
    if after.starts_with('=') && !after.starts_with("==") {
        return Some(true);
    }
    let operators = ["+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "^=", "|="];
    operators.iter().any(|op| after.starts_with(op)).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_an_expression() {
        let found: Vec<(u32, &str)> = names("a + 0x1f*b_2 - 16#ff + 3c").collect();
        assert_eq!(found, [(0, "a"), (9, "b_2")]);
        assert_eq!(changes("", " = 1"), Some(true));
        assert_eq!(changes("", " == 1"), None);
        assert_eq!(changes("", "+= 1"), Some(false));
        assert_eq!(changes("++", ""), Some(false));
        assert_eq!(changes("x", " < 1"), None);
        assert_eq!(behind_index(" [a[1]++] += 1"), Some(" += 1"));
        assert_eq!(behind_index("+ b[1]"), Some("+ b[1]"));
        assert_eq!(behind_index("[1"), None);
    }

    #[test]
    fn texts_are_cut_at_blanks() {
        let (mut words, mut current) = (Vec::new(), Some("a".to_owned()));
        cut("b c ", &mut words, &mut current);
        assert_eq!((words, current), (vec!["ab".to_owned(), "c".to_owned()], None));
    }
}
