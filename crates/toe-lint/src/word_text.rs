//! What can be said of a word without evaluating it.

use std::borrow::Cow;

use toe_plan::DirectiveName;
use toe_source::Span;
use toe_syntax::tree::{Arg, PartKind, Simple, Word, WordPart};

use crate::nail_view::NailView;

/// The word's text when it is the same in every evaluation: no expansion of any kind in it.
pub fn fixed(word: &Word) -> Option<String> {
    fixed_text(word).map(Cow::into_owned)
}

/// The same, without a copy where the word is one literal.
pub fn fixed_text(word: &Word) -> Option<Cow<'_, str>> {
    match word.parts.as_slice() {
        [WordPart { kind: PartKind::Literal(text), .. }] => {
            let is_fixed = !is_pattern(text) && !text.starts_with('~');
            is_fixed.then_some(Cow::Borrowed(text))
        }
        [WordPart { kind: PartKind::SingleQuoted(text), .. }] => Some(Cow::Borrowed(text)),
        parts => joined(parts).map(Cow::Owned),
    }
}

/// True for what may become other words, or several, where it is not quoted.
fn is_pattern(literal: &str) -> bool {
    literal.bytes().any(|b| matches!(b, b'*' | b'?' | b'[' | b'{'))
}

fn joined(parts: &[WordPart]) -> Option<String> {
    let mut text = String::new();
    for part in parts {
        match &part.kind {
            PartKind::Literal(literal) if is_pattern(literal) => return None,
            PartKind::Literal(literal) if text.is_empty() && literal.starts_with('~') => return None,
            PartKind::Literal(literal) | PartKind::SingleQuoted(literal) => text.push_str(literal),
            PartKind::Escaped(c) => text.push(*c),
            PartKind::DoubleQuoted(inner) => {
                for part in inner {
                    match &part.kind {
                        PartKind::Literal(literal) => text.push_str(literal),
                        PartKind::Escaped(c) => text.push(*c),
                        _ => return None,
                    }
                }
            }
            PartKind::AnsiC(_) | PartKind::Param(_) | PartKind::CommandSubst(_) | PartKind::Arith(_) => {
                return None;
            }
        }
    }
    Some(text)
}

/// The text of a word that is one unquoted piece without expansions.
pub fn bare(word: &Word) -> Option<&str> {
    match word.parts.as_slice() {
        [WordPart { kind: PartKind::Literal(text), .. }] => Some(text),
        _ => None,
    }
}

/// Where the first character of `word` stands that makes it a pattern: `*`, `?`, or `[` with its `]`, unquoted.
pub fn first_glob(nail: &NailView, word: &Word) -> Option<Span> {
    if !nail.text_of(word.span).bytes().any(|b| matches!(b, b'*' | b'?' | b'[')) {
        return None;
    }
    let closes_one = |part: &WordPart| nail.text_of(part.span).contains(']');
    let last_closing = word.parts.iter().rposition(closes_one);
    word.parts.iter().enumerate().find_map(|(i, part)| {
        let PartKind::Literal(_) = part.kind else { return None };
        let text = nail.text_of(part.span);
        let last = text.rfind(']');
        let closes =
            |at: usize| last.is_some_and(|last| last > at) || last_closing.is_some_and(|closing| closing > i);
        let mut signs = text.char_indices();
        let (at, _) = signs.find(|(at, c)| matches!(c, '*' | '?') || (*c == '[' && closes(*at)))?;
        let start = part.span.start as usize + at;
        Some(nail.at(start, start + 1))
    })
}

/// The name of a command when it is fixed.
pub fn command_name(command: &Simple) -> Option<Cow<'_, str>> {
    match command.args.first() {
        Some(Arg::Word(word)) => fixed_text(word),
        _ => None,
    }
}

/// The directive that a command is.
pub fn directive(command: &Simple) -> Option<DirectiveName> {
    DirectiveName::from_word(&command_name(command)?)
}

/// The words of a command, its name first; assignments after declaration commands are no words.
pub fn words(command: &Simple) -> impl Iterator<Item = &Word> {
    command.args.iter().filter_map(|arg| match arg {
        Arg::Word(word) => Some(word),
        Arg::Assign(_) => None,
    })
}

/// The words after a command's name.
pub fn arguments(command: &Simple) -> impl Iterator<Item = &Word> {
    words(command).skip(1)
}

/// Commands of the language besides directives: built-ins and the pure programs (docs/language.md, "Commands").
const OWN_COMMANDS: [&str; 35] = [
    ":", "true", "false", "echo", "printf", "test", "[", "local", "export", "readonly", "declare", "typeset",
    "unset", "shift", "set", "return", "exit", "break", "continue", "source", ".", "basename", "dirname",
    "uname", "arch", "cat", "seq", "tr", "cut", "head", "tail", "sort", "uniq", "wc", "rev",
];

/// True for a command that means something without being defined in a nail.
pub fn is_own_command(name: &str) -> bool {
    OWN_COMMANDS.contains(&name) || DirectiveName::from_word(name).is_some()
}

/// True for what may be a variable's name.
pub fn is_variable_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// The nearest of `known` to `word`, when it is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, known).into_iter().min().map(|(_, name)| name)
}

/// The same, when no other one is as near.
pub fn only_nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = near(word, known);
    let (least, name) = near.iter().min().copied()?;
    let is_only = near.iter().filter(|(distance, _)| *distance == least).count() == 1;
    is_only.then_some(name)
}

/// Those of `known` that may be meant by `word`, with how far they are.
fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<(usize, &'a str)> {
    let length = word.chars().count();
    if !(3..100).contains(&length) {
        return Vec::new();
    }
    let lower = word.to_lowercase();
    known
        .into_iter()
        .filter(|name| *name != word)
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= length / 3)
        .collect()
}
