//! `[:class:]` in patterns and regular expressions, as the C library has it in C.UTF-8.

use std::sync::LazyLock;

use regex::Regex;

/// A class of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Alnum,
    Alpha,
    Ascii,
    Blank,
    Cntrl,
    Digit,
    Graph,
    Lower,
    Print,
    Punct,
    Space,
    Upper,
    Word,
    Xdigit,
}

/// Characters about which the versions of Unicode, and so of the C library, agree since 14.0: marks and some
/// letters have changed.
static KNOWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\A[\p{Age:14.0}&&[^\p{Cn}\p{Mn}\u{295}\u{10fc}\u{a7f2}-\u{a7f4}\u{ab69}]]\z").ok()
});
static DECIMAL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\A\p{Nd}\z").ok());

fn is(what: &LazyLock<Option<Regex>>, c: char) -> bool {
    what.as_ref().is_some_and(|r| r.is_match(c.encode_utf8(&mut [0; 4])))
}

/// True when every C library agrees about the classes of `c`.
pub(crate) fn is_known(c: char) -> bool {
    c.is_ascii() || is(&KNOWN, c)
}

impl Class {
    /// The class of that name; `ascii` and `word` are bash's own.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "alnum" => Class::Alnum,
            "alpha" => Class::Alpha,
            "ascii" => Class::Ascii,
            "blank" => Class::Blank,
            "cntrl" => Class::Cntrl,
            "digit" => Class::Digit,
            "graph" => Class::Graph,
            "lower" => Class::Lower,
            "print" => Class::Print,
            "punct" => Class::Punct,
            "space" => Class::Space,
            "upper" => Class::Upper,
            "word" => Class::Word,
            "xdigit" => Class::Xdigit,
            _ => return None,
        })
    }

    /// True when `c` is in it.
    pub(crate) fn has(self, c: char) -> bool {
        if c.is_ascii() { self.has_ascii(c) } else { self.has_other(c) }
    }

    fn has_ascii(self, c: char) -> bool {
        match self {
            Class::Alnum => c.is_ascii_alphanumeric(),
            Class::Alpha => c.is_ascii_alphabetic(),
            Class::Ascii => true,
            Class::Blank => c == ' ' || c == '\t',
            Class::Cntrl => c.is_ascii_control(),
            Class::Digit => c.is_ascii_digit(),
            Class::Graph => c.is_ascii_graphic(),
            Class::Lower => c.is_ascii_lowercase(),
            Class::Print => c.is_ascii_graphic() || c == ' ',
            Class::Punct => c.is_ascii_punctuation(),
            Class::Space => c.is_ascii_whitespace() || c == '\x0b',
            Class::Upper => c.is_ascii_uppercase(),
            Class::Word => c.is_ascii_alphanumeric() || c == '_',
            Class::Xdigit => c.is_ascii_hexdigit(),
        }
    }

    fn has_other(self, c: char) -> bool {
        // Spaces that break no line count as signs.
        let blank = || {
            c.is_whitespace()
                && !matches!(c, '\u{85}' | '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2028}' | '\u{2029}')
        };
        let line = matches!(c, '\u{2028}' | '\u{2029}');
        let control = c.is_control() || line;
        // Digits of other scripts are letters here.
        let letter = || c.is_alphabetic() || is(&DECIMAL, c);
        match self {
            Class::Alnum | Class::Alpha | Class::Word => letter(),
            Class::Ascii | Class::Digit | Class::Xdigit => false,
            Class::Blank => blank(),
            Class::Space => blank() || line,
            Class::Cntrl => control,
            Class::Graph => !control && !blank(),
            Class::Print => !control,
            Class::Punct => !control && !blank() && !letter(),
            // The letters that are a capital and a small one in one are both.
            Class::Lower => c.is_lowercase() || matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ'),
            Class::Upper => {
                c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase() && c.to_lowercase().ne([c])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_ascii() {
        assert!(
            Class::Alpha.has('é') && Class::Upper.has('Ж') && Class::Lower.has('ß') && Class::Alpha.has('٣')
        );
        assert!(!Class::Digit.has('٣') && Class::Punct.has('€') && Class::Space.has('\u{3000}'));
        assert!(is_known('é') && !is_known('\u{1fae8}') && !is_known('\u{378}') && !is_known('\u{301}'));
    }
}
