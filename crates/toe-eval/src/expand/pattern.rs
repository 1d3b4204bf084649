//! Patterns (bash manual, 3.5.8.1 Pattern Matching, without extglob).

use super::class::{Class, is_known};
use super::piece::{Piece, escaped_text};

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    tokens: Vec<Token>,
    /// A `[:class:]` is in it, which says nothing certain of the newest characters.
    has_class: bool,
    /// A `*` or a backslash stands behind a bracket that never closes.
    pub(super) signs_behind_open_bracket: bool,
}

#[derive(Debug, Clone)]
enum Token {
    Char(char),
    Any,
    Star,
    Set { negated: bool, items: Vec<Item> },
}

#[derive(Debug, Clone)]
enum Item {
    Range(char, char),
    Class(Class),
}

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PatternError {
    /// `[=a=]`, `[.a.]`, an unknown class.
    Bracket(String),
    /// `[a-` at the end.
    OpenRange,
    /// A backslash that quotes nothing, behind a star.
    StarBeforeBackslash,
    /// A class met a character that is newer than some C libraries.
    ClassOfUnknown(char),
}

/// The text of a pattern: quoted characters behind a backslash.
pub(crate) fn pattern_text(pieces: &[Piece]) -> String {
    escaped_text(pieces, |_| true)
}

/// True when a backslash that came from an expansion stands right before quoted text. In bash it sometimes quotes
/// the backslash that the quotes put there, and sometimes matches itself.
pub(crate) fn has_backslash_before_quotes(pieces: &[Piece]) -> bool {
    let mut ends_open = false;
    for piece in pieces {
        let Piece::Text { text, quoted, .. } = piece else {
            ends_open = false;
            continue;
        };
        if text.is_empty() {
            continue;
        }
        if *quoted && ends_open {
            return true;
        }
        let backslashes = text.bytes().rev().take_while(|b| *b == b'\\').count();
        // Backslashes that fill a piece go on from the one before.
        ends_open = !quoted && (backslashes % 2 == 1) != (ends_open && backslashes == text.len());
    }
    false
}

/// True when an unquoted backslash, which an expansion gave, stands right before an unquoted `/`. Bash keeps it in a
/// pathname and finds nothing.
pub(crate) fn has_backslash_before_slash(pieces: &[Piece]) -> bool {
    let mut open = false;
    for piece in pieces {
        let Piece::Text { text, quoted: false, .. } = piece else {
            open = false;
            continue;
        };
        for c in text.chars() {
            if open && c == '/' {
                return true;
            }
            open = c == '\\' && !open;
        }
    }
    false
}

/// True when an unquoted `* ? [` is in the text of a pattern.
pub(crate) fn has_glob(text: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '*' | '?' | '[' => return true,
            _ => {}
        }
    }
    false
}

/// True when the text has an extglob operator, which `[[` always knows.
pub(crate) fn has_extglob(text: &str) -> bool {
    let mut operator = false;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '(' && operator {
            return true;
        }
        operator = matches!(c, '?' | '*' | '+' | '@' | '!');
        if c == '\\' {
            chars.next();
        }
    }
    false
}

impl Pattern {
    /// Compiles the text of a pattern, in which a backslash quotes the next character.
    pub(crate) fn parse(text: &str) -> Result<Self, PatternError> {
        let chars: Vec<char> = text.chars().collect();
        let mut pattern = Pattern { tokens: Vec::new(), has_class: false, signs_behind_open_bracket: false };
        let mut at = 0;
        while let Some(&c) = chars.get(at) {
            at += 1;
            match c {
                '*' => {
                    if !matches!(pattern.tokens.last(), Some(Token::Star)) {
                        pattern.tokens.push(Token::Star);
                    }
                }
                '?' => pattern.tokens.push(Token::Any),
                // Bash then matches nothing, and behind other signs the backslash itself.
                '\\' if at == chars.len() && pattern.ends_in_star() => {
                    return Err(PatternError::StarBeforeBackslash);
                }
                '\\' => {
                    pattern.tokens.push(Token::Char(chars.get(at).copied().unwrap_or('\\')));
                    at += 1;
                }
                '[' => {
                    if let Some((negated, items, next)) = bracket(&chars, at)? {
                        pattern.has_class |= items.iter().any(|i| matches!(i, Item::Class(_)));
                        pattern.tokens.push(Token::Set { negated, items });
                        at = next;
                    } else {
                        pattern.signs_behind_open_bracket |=
                            chars[at..].iter().any(|c| matches!(c, '*' | '\\'));
                        pattern.tokens.push(Token::Char('['));
                    }
                }
                c => pattern.tokens.push(Token::Char(c)),
            }
        }
        Ok(pattern)
    }

    /// True when a star, perhaps with `?` behind it, is the last that was read.
    fn ends_in_star(&self) -> bool {
        let last = self.tokens.iter().rev().find(|token| !matches!(token, Token::Any));
        matches!(last, Some(Token::Star))
    }

    /// `?`, the pattern that a case operator without one has.
    pub(crate) fn any() -> Self {
        Pattern { tokens: vec![Token::Any], has_class: false, signs_behind_open_bracket: false }
    }

    /// True when nothing is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// How much work a match over `chars` characters is, in steps.
    pub(crate) fn cost(&self, chars: usize) -> u64 {
        (self.tokens.len() as u64 + 1) * (chars as u64 + 1) / 8
    }

    /// Refuses text on which a class would depend on the C library.
    pub(crate) fn check_text(&self, text: &[char]) -> Result<(), PatternError> {
        match text.iter().find(|c| self.has_class && !is_known(**c)) {
            Some(c) => Err(PatternError::ClassOfUnknown(*c)),
            None => Ok(()),
        }
    }

    /// The same pattern read backwards, for the ends of words.
    pub(crate) fn reversed(&self) -> Self {
        Pattern { tokens: self.tokens.iter().rev().cloned().collect(), ..*self }
    }

    /// True when the whole text matches.
    pub(crate) fn matches(&self, text: &[char]) -> bool {
        let (mut token, mut at) = (0, 0);
        let mut star: Option<(usize, usize)> = None;
        loop {
            match self.tokens.get(token) {
                Some(Token::Star) => {
                    star = Some((token, at));
                    token += 1;
                    continue;
                }
                Some(t) if text.get(at).is_some_and(|&c| one(t, c)) => {
                    token += 1;
                    at += 1;
                    continue;
                }
                None if at == text.len() => return true,
                _ => {}
            }
            // Let the last star take one character more.
            match star {
                Some((star_token, star_at)) if star_at < text.len() => {
                    star = Some((star_token, star_at + 1));
                    token = star_token + 1;
                    at = star_at + 1;
                }
                _ => return false,
            }
        }
    }

    /// The length of the shortest or longest prefix that matches.
    pub(crate) fn prefix(&self, text: &[char], longest: bool) -> Option<usize> {
        self.counted_prefix(text, longest, &mut 0)
    }

    /// True when a failure at one place means a failure at all that follow.
    pub(crate) fn begins_with_star(&self) -> bool {
        matches!(self.tokens.first(), Some(Token::Star))
    }

    /// The same; adds to `work` how many tokens were looked at.
    pub(crate) fn counted_prefix(&self, text: &[char], longest: bool, work: &mut u64) -> Option<usize> {
        let mut states = vec![false; self.tokens.len() + 1];
        states[0] = true;
        self.close(&mut states);
        let mut next = vec![false; states.len()];
        let mut best = None;
        for at in 0..=text.len() {
            if states[self.tokens.len()] {
                best = Some(at);
                if !longest {
                    return best;
                }
            }
            let Some(&c) = text.get(at) else { break };
            *work += states.len() as u64;
            next.fill(false);
            let mut any = false;
            for (i, token) in self.tokens.iter().enumerate() {
                if !states[i] {
                    continue;
                }
                if matches!(token, Token::Star) {
                    next[i] = true;
                    any = true;
                } else if one(token, c) {
                    next[i + 1] = true;
                    any = true;
                }
            }
            if !any {
                break;
            }
            std::mem::swap(&mut states, &mut next);
            self.close(&mut states);
        }
        best
    }

    /// A star may match nothing.
    fn close(&self, states: &mut [bool]) {
        for (i, token) in self.tokens.iter().enumerate() {
            if states[i] && matches!(token, Token::Star) {
                states[i + 1] = true;
            }
        }
    }
}

fn one(token: &Token, c: char) -> bool {
    match token {
        Token::Char(want) => *want == c,
        Token::Any => true,
        Token::Star => false,
        Token::Set { negated, items } => {
            let found = items.iter().any(|item| match item {
                Item::Range(a, b) => (*a..=*b).contains(&c),
                Item::Class(class) => class.has(c),
            });
            found != *negated
        }
    }
}

type Bracket = (bool, Vec<Item>, usize);

/// Reads a bracket expression from behind its `[`; `None` when it never closes.
fn bracket(chars: &[char], mut at: usize) -> Result<Option<Bracket>, PatternError> {
    let negated = matches!(chars.get(at), Some('!' | '^'));
    if negated {
        at += 1;
    }
    let mut items = Vec::new();
    let mut first = true;
    loop {
        let Some(&c) = chars.get(at) else { return Ok(None) };
        at += 1;
        if c == ']' && !first {
            return Ok(Some((negated, items, at)));
        }
        first = false;
        if c == '[' && matches!(chars.get(at), Some(':' | '=' | '.')) {
            match class(chars, at)? {
                Some((found, next)) => {
                    items.push(Item::Class(found));
                    at = next;
                    continue;
                }
                None if !chars[at..].contains(&']') => return Ok(None),
                None => {}
            }
        }
        let Some((low, next)) = member(chars, at, c) else { return Ok(None) };
        at = next;
        if chars.get(at) == Some(&'-') && chars.get(at + 1).is_none() {
            // Bash matches nothing with `[a-` and takes `[a` literally.
            return Err(PatternError::OpenRange);
        }
        if chars.get(at) == Some(&'-') && chars.get(at + 1).is_some_and(|c| *c != ']') {
            let c = chars[at + 1];
            if c == '[' && matches!(chars.get(at + 2), Some('.' | '=' | ':')) {
                return Err(PatternError::Bracket(chars[at + 1..].iter().take(12).collect()));
            }
            let Some((high, next)) = member(chars, at + 2, c) else { return Ok(None) };
            at = next;
            items.push(Item::Range(low, high));
        } else {
            items.push(Item::Range(low, low));
        }
    }
}

/// A character of a bracket expression, perhaps behind a backslash.
fn member(chars: &[char], at: usize, c: char) -> Option<(char, usize)> {
    if c == '\\' { chars.get(at).map(|c| (*c, at + 1)) } else { Some((c, at)) }
}

/// Reads `:name:]` from behind its `[`.
fn class(chars: &[char], at: usize) -> Result<Option<(Class, usize)>, PatternError> {
    let kind = chars[at];
    let mut end = at + 1;
    while let Some(&c) = chars.get(end) {
        if c == kind && chars.get(end + 1) == Some(&']') {
            let name: String = chars[at + 1..end].iter().collect();
            let known = (kind == ':').then(|| Class::named(&name)).flatten();
            return match known {
                Some(class) => Ok(Some((class, end + 2))),
                None => Err(PatternError::Bracket(chars[at - 1..end + 2].iter().collect())),
            };
        }
        if !(c.is_alphanumeric() || end == at + 1) {
            return Ok(None);
        }
        end += 1;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::parse(pattern).unwrap().matches(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn whole_matches() {
        assert!(matches("a*c", "abbc") && !matches("a*c", "abcd") && matches("*", ""));
        assert!(matches("[a-c]?", "bx") && !matches("[!a-c]?", "bx") && matches("[]a]", "]"));
        assert!(matches("\\*", "*") && !matches("\\*", "a"));
        assert!(matches("[[:digit:]x]", "7") && matches("[[:digit:]x]", "x"));
        assert!(matches("[a", "[a") && matches("a[", "a["));
        assert!(!matches("*a*a*a*a*a*a*b", &"a".repeat(3000)));
        assert!(Pattern::parse("[[:nope:]]").is_err());
    }

    #[test]
    fn prefixes() {
        let text: Vec<char> = "a/b/c".chars().collect();
        let p = Pattern::parse("*/").unwrap();
        assert_eq!((p.prefix(&text, false), p.prefix(&text, true)), (Some(2), Some(4)));
        let p = Pattern::parse("/*").unwrap().reversed();
        let back: Vec<char> = text.iter().rev().copied().collect();
        assert_eq!((p.prefix(&back, false), p.prefix(&back, true)), (Some(2), Some(4)));
        assert_eq!(Pattern::parse("x").unwrap().prefix(&text, true), None);
    }
}
