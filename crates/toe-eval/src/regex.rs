//! POSIX extended regular expressions for `[[ =~ ]]`, in terms of the regex crate. Only success shows
//! (BASH_REMATCH is not in the subset), so leftmost-longest and leftmost-first agree.

use crate::expand::piece::Piece;

/// Why an expression cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RegexError {
    /// regcomp(3) would refuse it, or it is too large.
    Wrong(String),
    /// glibc has it beyond POSIX, or POSIX leaves it undefined.
    Foreign(String),
}

/// True when the expression is found in `text`. Quoted pieces match themselves.
pub(crate) fn is_match(pieces: &[Piece], text: &str) -> Result<bool, RegexError> {
    let mut chars = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Break => chars.push((' ', false)),
            Piece::Text { text, quoted, .. } => chars.extend(text.chars().map(|c| (c, *quoted))),
        }
    }
    if !text.is_ascii() && chars.iter().any(|(c, _)| *c == '[') && chars.iter().any(|(c, _)| *c == ':') {
        return Err(RegexError::Foreign("a class over text outside of ASCII".to_owned()));
    }
    let mut translator = Translator { chars, at: 0, out: String::new(), depth: 0 };
    translator.alternatives()?;
    if translator.at < translator.chars.len() {
        return Err(RegexError::Wrong("a `)` has no `(`".to_owned()));
    }
    let compiled = regex::RegexBuilder::new(&translator.out)
        .dot_matches_new_line(true)
        .size_limit(4 << 20)
        .nest_limit(128)
        .build()
        .map_err(|e| match e {
            regex::Error::CompiledTooBig(_) => RegexError::Wrong("it is too large".to_owned()),
            _ => RegexError::Wrong("it cannot be compiled".to_owned()),
        })?;
    Ok(compiled.is_match(text))
}

struct Translator {
    chars: Vec<(char, bool)>,
    at: usize,
    out: String,
    depth: usize,
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

    fn alternatives(&mut self) -> Result<(), RegexError> {
        if self.depth > 64 {
            return Err(RegexError::Wrong("its parentheses nest too deep".to_owned()));
        }
        self.depth += 1;
        loop {
            self.branch()?;
            if !self.take('|') {
                break;
            }
            self.out.push('|');
        }
        self.depth -= 1;
        Ok(())
    }

    fn branch(&mut self) -> Result<(), RegexError> {
        let mut empty = true;
        while let Some(&(c, quoted)) = self.chars.get(self.at) {
            if !quoted && matches!(c, '|' | ')') {
                if c == ')' && self.depth == 1 {
                    // A lone `)` is undefined in POSIX.
                    return Err(RegexError::Foreign("a `)` without its `(`".to_owned()));
                }
                break;
            }
            if !quoted && matches!(c, '*' | '+' | '?' | '{') {
                return Err(RegexError::Foreign(format!("`{c}` with nothing to repeat")));
            }
            empty = false;
            let start = self.out.len();
            let anchor = self.atom()?;
            self.repeats(start, anchor)?;
        }
        if empty && !self.chars.is_empty() {
            return Err(RegexError::Foreign("an empty alternative".to_owned()));
        }
        Ok(())
    }

    /// Translates one atom; true for an anchor, which cannot be repeated.
    fn atom(&mut self) -> Result<bool, RegexError> {
        let Some(&(c, quoted)) = self.chars.get(self.at) else { return Ok(false) };
        self.at += 1;
        if quoted {
            self.literal(c);
            return Ok(false);
        }
        match c {
            '^' => self.out.push_str("\\A"),
            '$' => self.out.push_str("\\z"),
            '.' => self.out.push('.'),
            '(' => {
                self.out.push_str("(?:");
                if self.active() == Some(')') {
                    return Err(RegexError::Foreign("`()`".to_owned()));
                }
                self.alternatives()?;
                if !self.take(')') {
                    return Err(RegexError::Wrong("a `(` has no `)`".to_owned()));
                }
                self.out.push(')');
            }
            '[' => self.bracket()?,
            '\\' => match self.chars.get(self.at).copied() {
                Some((c, _)) if c.is_alphanumeric() || matches!(c, '<' | '>' | '`' | '\'') => {
                    return Err(RegexError::Foreign(format!("`\\{c}`")));
                }
                Some((c, _)) => {
                    self.at += 1;
                    self.literal(c);
                }
                None => return Err(RegexError::Wrong("it ends in a backslash".to_owned())),
            },
            c => self.literal(c),
        }
        Ok(matches!(c, '^' | '$'))
    }

    fn literal(&mut self, c: char) {
        self.out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
    }

    fn repeats(&mut self, start: usize, anchor: bool) -> Result<(), RegexError> {
        while let Some(c) = self.active() {
            let suffix = match c {
                '*' | '+' | '?' => {
                    self.at += 1;
                    c.to_string()
                }
                '{' => self.interval()?,
                _ => return Ok(()),
            };
            if anchor {
                return Err(RegexError::Foreign("a repeated anchor".to_owned()));
            }
            // Grouped each time, so that `a+?` is not the regex crate's lazy `+?`.
            self.out.insert_str(start, "(?:");
            self.out.push(')');
            self.out.push_str(&suffix);
        }
        Ok(())
    }

    fn interval(&mut self) -> Result<String, RegexError> {
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
            None => Ok(format!("{{{low},}}")),
            Some(high) => {
                let high = number(high).filter(|h| *h >= low).ok_or_else(wrong)?;
                Ok(format!("{{{low},{high}}}"))
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
                '\\' => return Err(RegexError::Foreign("a backslash inside brackets".to_owned())),
                c => {
                    self.member(c);
                    if self.active() == Some('-')
                        && let Some(&(high, false)) = self.chars.get(self.at + 1)
                        && high != ']'
                    {
                        if high == '[' || high < c {
                            return Err(RegexError::Wrong("a range ends before it begins".to_owned()));
                        }
                        if high == '\\' {
                            return Err(RegexError::Foreign("a backslash inside brackets".to_owned()));
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

    fn class(&mut self) -> Result<(), RegexError> {
        const NAMES: &[&str] = &[
            "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
            "upper", "xdigit",
        ];
        let rest: String = self.chars[self.at..].iter().take(12).map(|(c, _)| *c).collect();
        let name = rest.strip_prefix(':').and_then(|r| r.split_once(":]")).map(|(name, _)| name.to_owned());
        match name {
            Some(name) if NAMES.contains(&name.as_str()) => {
                self.out.extend(["[:", name.as_str(), ":]"]);
                self.at += name.len() + 3;
                Ok(())
            }
            _ => Err(RegexError::Foreign("a collating symbol or an unknown class".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Result<bool, RegexError> {
        is_match(&[Piece::Text { text: pattern.to_owned(), quoted: false, split: false }], text)
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
        assert!(matches!(found(r"\w", "a"), Err(RegexError::Foreign(_))));
        assert!(matches!(found("a(b", "a"), Err(RegexError::Wrong(_))));
        assert!(matches!(found("*a", "a"), Err(RegexError::Foreign(_))));
        assert_eq!(is_match(&[Piece::quoted("a.c")], "abc"), Ok(false));
    }
}
