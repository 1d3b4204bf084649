//! POSIX extended regular expressions for `[[ =~ ]]`, in terms of the regex crate.
//!
//! That crate takes the first alternative that leads to a match where POSIX takes the longest match. For
//! success it is the same. For the groups of BASH_REMATCH it is when no choice is left: see
//! [`Expression::certain`].

use crate::expand::class::{Class, is_known};
use crate::expand::piece::Piece;

/// Why an expression cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RegexError {
    /// regcomp(3) would refuse it, or it is too large.
    Wrong(String),
    /// glibc has it beyond POSIX, or POSIX leaves it undefined.
    Foreign(String),
}

/// An expression in the syntax of the regex crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expression {
    pub source: String,
    /// How many characters it describes at most, repetitions counted.
    pub weight: u64,
    /// True when the groups of a match are the same for every matcher: alternatives are plain texts that do
    /// not begin alike, what is repeated is one character, and an optional group has the rest of the text
    /// (`$`) to decide about it.
    pub certain: bool,
}

/// Translates an expression to be looked for in `text`. Quoted pieces match themselves.
pub(crate) fn translate(pieces: &[Piece], text: &str) -> Result<Expression, RegexError> {
    let mut chars = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Break => chars.push((' ', false)),
            Piece::Text { text, quoted, .. } => chars.extend(text.chars().map(|c| (c, *quoted))),
        }
    }
    let ends = chars.last() == Some(&('$', false)) && chars.iter().rev().nth(1) != Some(&('\\', false));
    let mut beyond_ascii: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
    beyond_ascii.sort_unstable();
    beyond_ascii.dedup();
    let mut translator = Translator {
        chars,
        at: 0,
        out: String::new(),
        depth: 0,
        weight: 1,
        certain: true,
        needs_end: false,
        beyond_ascii,
    };
    translator.alternatives()?;
    let certain = translator.certain && (ends || !translator.needs_end);
    Ok(Expression { source: translator.out, weight: translator.weight, certain })
}

/// Compiles a translated expression.
pub(crate) fn compile(source: &str) -> Result<regex::Regex, RegexError> {
    regex::RegexBuilder::new(source)
        .dot_matches_new_line(true)
        .size_limit(2 << 20)
        .dfa_size_limit(4 << 20)
        .nest_limit(128)
        .build()
        .map_err(|e| match e {
            regex::Error::CompiledTooBig(_) => RegexError::Wrong("it is too large".to_owned()),
            _ => RegexError::Wrong("it cannot be compiled".to_owned()),
        })
}

struct Translator {
    chars: Vec<(char, bool)>,
    at: usize,
    out: String,
    depth: usize,
    weight: u64,
    certain: bool,
    needs_end: bool,
    /// The characters of the text that a class may have, each once.
    beyond_ascii: Vec<char>,
}

/// What an atom is to the repetition behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Atom {
    Character,
    Anchor,
    /// A group, and whether it always matches some text.
    Group {
        filled: bool,
    },
}

/// What a sequence of atoms is.
struct Branch {
    /// Its text, when it is plain.
    text: Option<String>,
    /// Characters that it matches at least.
    least: usize,
}

impl Translator {
    /// The next character when it is active (not quoted).
    fn active(&self) -> Option<char> {
        self.chars.get(self.at).filter(|(_, quoted)| !quoted).map(|(c, _)| *c)
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.active() == Some(c);
        self.at += usize::from(found);
        found
    }

    /// Alternatives; the characters that they match at least.
    fn alternatives(&mut self) -> Result<usize, RegexError> {
        if self.depth > 64 {
            return Err(RegexError::Wrong("its parentheses nest too deep".to_owned()));
        }
        self.depth += 1;
        let mut branches = vec![self.branch()?];
        while self.take('|') {
            self.out.push('|');
            branches.push(self.branch()?);
        }
        self.depth -= 1;
        if branches.len() > 1 {
            let texts: Option<Vec<&str>> = branches.iter().map(|b| b.text.as_deref()).collect();
            self.certain &= self.depth > 0
                && texts.is_some_and(|mut texts| {
                    texts.sort_unstable();
                    !texts.windows(2).any(|w| w[1].starts_with(w[0]))
                });
            self.needs_end |= branches.windows(2).any(|w| w[0].least != w[1].least);
        }
        Ok(branches.iter().map(|b| b.least).min().unwrap_or(0))
    }

    fn branch(&mut self) -> Result<Branch, RegexError> {
        let mut branch = Branch { text: Some(String::new()), least: 0 };
        while let Some(&(c, quoted)) = self.chars.get(self.at) {
            if !quoted && (c == '|' || c == ')' && self.depth > 1) {
                break;
            }
            if !quoted && matches!(c, '*' | '+' | '?' | '{') {
                return Err(RegexError::Foreign(format!("`{c}` with nothing to repeat")));
            }
            let (start, weight) = (self.out.len(), self.weight);
            let (atom, least) = self.atom()?;
            let plain = atom == Atom::Character && (quoted || !matches!(c, '.' | '[' | '\\'));
            match &mut branch.text {
                Some(text) if plain => text.push(c),
                text => *text = None,
            }
            match self.repeats(start, weight, atom)? {
                Some(fewest) => {
                    branch.text = None;
                    branch.least += least * fewest;
                }
                None => branch.least += least,
            }
        }
        Ok(branch)
    }

    /// Translates one atom: what it is, and the characters that it matches at least.
    fn atom(&mut self) -> Result<(Atom, usize), RegexError> {
        let Some(&(c, quoted)) = self.chars.get(self.at) else { return Ok((Atom::Anchor, 0)) };
        self.at += 1;
        self.weight = self.weight.saturating_add(1);
        if quoted {
            self.literal(c);
            return Ok((Atom::Character, 1));
        }
        match c {
            '^' => self.out.push_str("\\A"),
            '$' => self.out.push_str("\\z"),
            '.' => self.out.push('.'),
            '(' => {
                self.out.push('(');
                let least = self.alternatives()?;
                if !self.take(')') {
                    return Err(RegexError::Wrong("a `(` has no `)`".to_owned()));
                }
                self.out.push(')');
                return Ok((Atom::Group { filled: least > 0 }, least));
            }
            '[' => self.bracket()?,
            '\\' => return self.escape(),
            c => self.literal(c),
        }
        if matches!(c, '^' | '$') { Ok((Atom::Anchor, 0)) } else { Ok((Atom::Character, 1)) }
    }

    /// What follows a backslash that came out of an expansion.
    fn escape(&mut self) -> Result<(Atom, usize), RegexError> {
        let Some(&(c, _)) = self.chars.get(self.at) else {
            return Err(RegexError::Wrong("it ends in a backslash".to_owned()));
        };
        self.at += 1;
        let boundary = match c {
            'w' | 'W' | 's' | 'S' => {
                self.out.push('[');
                if c.is_ascii_uppercase() {
                    self.out.push('^');
                }
                if c.eq_ignore_ascii_case(&'w') {
                    self.push_class("alnum", Class::Alnum)?;
                    self.out.push('_');
                } else {
                    self.push_class("space", Class::Space)?;
                }
                self.out.push(']');
                return Ok((Atom::Character, 1));
            }
            'b' => "(?-u:\\b)",
            '<' => "(?-u:\\b{start})",
            '>' => "(?-u:\\b{end})",
            'B' | '`' | '\'' | '1'..='9' => return Err(RegexError::Foreign(format!("`\\{c}`"))),
            c => {
                self.literal(c);
                return Ok((Atom::Character, 1));
            }
        };
        if !self.beyond_ascii.is_empty() {
            return Err(RegexError::Foreign(format!("`\\{c}` over text outside of ASCII")));
        }
        self.out.push_str(boundary);
        Ok((Atom::Anchor, 0))
    }

    fn literal(&mut self, c: char) {
        self.out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
    }

    /// Translates the repetitions behind an atom; the fewest, when there are any.
    fn repeats(&mut self, start: usize, weight: u64, atom: Atom) -> Result<Option<usize>, RegexError> {
        let mut fewest = None;
        while let Some(c) = self.active() {
            let (suffix, least, most) = match c {
                '*' | '+' | '?' => {
                    self.at += 1;
                    (c.to_string(), usize::from(c == '+'), 1)
                }
                '{' => self.interval()?,
                _ => return Ok(fewest),
            };
            if atom == Atom::Anchor {
                return Err(RegexError::Foreign("a repeated anchor".to_owned()));
            }
            self.certain &= fewest.is_none()
                && match atom {
                    Atom::Group { filled } => filled && suffix == "?",
                    _ => true,
                };
            self.needs_end |= matches!(atom, Atom::Group { .. });
            fewest = Some(fewest.unwrap_or(1) * least);
            self.weight = weight.saturating_add(self.weight.saturating_sub(weight).saturating_mul(most));
            // Grouped each time, so that `a+?` is not the regex crate's lazy `+?`.
            self.out.insert_str(start, "(?:");
            self.out.push(')');
            self.out.push_str(&suffix);
        }
        Ok(fewest)
    }

    /// `{n,m}` in the other syntax, its n, and how often it is written out.
    fn interval(&mut self) -> Result<(String, usize, u64), RegexError> {
        let mut text = String::new();
        self.at += 1;
        loop {
            match self.active() {
                Some('}') => break,
                Some(c) if c.is_ascii_digit() || c == ',' => text.push(c),
                _ => return Err(RegexError::Foreign("a `{` that opens no {n,m}".to_owned())),
            }
            self.at += 1;
        }
        self.at += 1;
        let (low, high) = match text.split_once(',') {
            Some((low, "")) => (low, None),
            Some((low, high)) => (low, Some(high)),
            None => (text.as_str(), Some(text.as_str())),
        };
        let number = |t: &str| t.parse::<u32>().ok().filter(|n| *n <= 1000);
        let wrong = || RegexError::Wrong(format!("`{{{text}}}` is no repetition of at most 1000"));
        let low = if low.is_empty() { 0 } else { number(low).ok_or_else(wrong)? };
        match high {
            None => Ok((format!("{{{low},}}"), low as usize, u64::from(low) + 1)),
            Some(high) => {
                let high = number(high).filter(|h| *h >= low).ok_or_else(wrong)?;
                Ok((format!("{{{low},{high}}}"), low as usize, u64::from(high)))
            }
        }
    }

    /// A bracket expression from behind its `[`. A backslash is itself in it.
    fn bracket(&mut self) -> Result<(), RegexError> {
        let unclosed = || RegexError::Wrong("a `[` has no `]`".to_owned());
        self.out.push('[');
        if self.take('^') {
            self.out.push('^');
        }
        let mut first = true;
        loop {
            let &(c, quoted) = self.chars.get(self.at).ok_or_else(unclosed)?;
            if quoted {
                return Err(RegexError::Foreign("quoted text inside brackets".to_owned()));
            }
            self.at += 1;
            match c {
                ']' if !first => break,
                '[' if matches!(self.active(), Some(':' | '=' | '.')) => self.class()?,
                c => {
                    self.member(c);
                    if self.active() == Some('-')
                        && let Some(&(high, false)) = self.chars.get(self.at + 1)
                        && high != ']'
                    {
                        if high == '[' || high < c {
                            return Err(RegexError::Wrong("a range ends before it begins".to_owned()));
                        }
                        self.at += 2;
                        self.out.push('-');
                        self.member(high);
                    }
                }
            }
            first = false;
        }
        self.out.push(']');
        Ok(())
    }

    fn member(&mut self, c: char) {
        if c.is_ascii_punctuation() {
            self.out.push('\\');
        }
        self.out.push(c);
    }

    /// Writes a class: the ASCII one, and what the text has of it besides.
    fn push_class(&mut self, name: &str, class: Class) -> Result<(), RegexError> {
        if let Some(c) = self.beyond_ascii.iter().find(|c| !is_known(**c)) {
            return Err(RegexError::Foreign(format!(
                "a class over `{c}`, a character that not every C library knows,"
            )));
        }
        self.out.extend(["[:", name, ":]"]);
        self.weight = self.weight.saturating_add(self.beyond_ascii.len() as u64);
        self.out.extend(self.beyond_ascii.iter().filter(|c| class.has(**c)));
        Ok(())
    }

    fn class(&mut self) -> Result<(), RegexError> {
        const NAMES: &[&str] = &[
            "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
            "upper", "xdigit",
        ];
        let rest: String = self.chars[self.at..].iter().take(12).map(|(c, _)| *c).collect();
        let name = rest.strip_prefix(':').and_then(|r| r.split_once(":]")).map(|(name, _)| name.to_owned());
        match name {
            Some(name) if NAMES.contains(&name.as_str()) => {
                self.at += name.len() + 3;
                match Class::named(&name) {
                    Some(class) => self.push_class(&name, class),
                    None => Ok(()),
                }
            }
            _ => Err(RegexError::Foreign("a collating symbol or an unknown class".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> [Piece; 1] {
        [Piece::Text { text: text.to_owned(), quoted: false, split: false }]
    }

    fn found(pattern: &str, text: &str) -> Result<bool, RegexError> {
        compile(&translate(&pieces(pattern), text)?.source).map(|r| r.is_match(text))
    }

    #[test]
    fn posix_syntax() {
        assert_eq!(found("^a(b|c)+$", "abcb"), Ok(true));
        assert_eq!(found("a.c", "a\nc"), Ok(true));
        assert_eq!(found("a$", "a\n"), Ok(false));
        assert_eq!(found("[[:digit:]]{2,}", "x12"), Ok(true));
        assert_eq!(found("[]a-c]", "]"), Ok(true));
        assert_eq!(found("", "x"), Ok(true));
        assert_eq!(found("a+?", ""), Ok(true));
        assert_eq!(found("[&&~-]", "&"), Ok(true));
        assert_eq!(found("^[[:alpha:]]\\w$", "éÉ"), Ok(true));
        assert_eq!(found("a)|()", "a)"), Ok(true));
        assert!(matches!(found(r"(a)\1", "aa"), Err(RegexError::Foreign(_))));
        assert!(matches!(found("a(b", "a"), Err(RegexError::Wrong(_))));
        assert!(matches!(found("*a", "a"), Err(RegexError::Foreign(_))));
        let quoted = translate(&[Piece::quoted("a.c")], "").unwrap();
        assert!(!compile(&quoted.source).unwrap().is_match("abc"));
    }

    #[test]
    fn groups_without_choice() {
        let certain = |pattern| translate(&pieces(pattern), "").unwrap().certain;
        assert!(certain("^(.*)-([^-]*)\\.(x86_64|noarch)\\.rpm$") && certain("^v?([0-9]+)(-([0-9]+))?$"));
        assert!(!certain("(a|ab)") && !certain("(a|b)*") && !certain("(a)?") && !certain("(a*)?$"));
    }

    #[test]
    fn weights_count_repetitions() {
        let weight = |pattern| translate(&pieces(pattern), "").unwrap().weight;
        assert!(weight("((a{100}){100}){100}") > 1_000_000 && weight("abc") < 10);
    }
}
