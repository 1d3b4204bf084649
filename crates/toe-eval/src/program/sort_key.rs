//! The keys of `sort`: `FIELD[.CHARACTER][OPTIONS][,FIELD[.CHARACTER][OPTIONS]]` (POSIX, sort).

use std::cmp::Ordering;

/// How a key is compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct KeyOptions {
    pub numeric: bool,
    pub reverse: bool,
    pub fold: bool,
    pub blanks: bool,
}

impl KeyOptions {
    /// Sets the option of a letter; false when there is none.
    pub(super) fn set(&mut self, letter: char) -> bool {
        match letter {
            'n' => self.numeric = true,
            'r' => self.reverse = true,
            'f' => self.fold = true,
            'b' => self.blanks = true,
            _ => return false,
        }
        true
    }

    /// True when whole lines are not simply compared byte by byte.
    pub(super) fn orders(self) -> bool {
        KeyOptions { reverse: false, ..self } != KeyOptions::default()
    }
}

/// A place in a line: fields to skip, then bytes.
#[derive(Debug, Clone, Copy)]
struct Place {
    fields: usize,
    bytes: usize,
}

/// A part of each line that is compared.
#[derive(Debug, Clone)]
pub(super) struct Key {
    start: Place,
    /// Where it ends; 0 bytes means the end of the field.
    end: Option<Place>,
    /// Blanks before the start, or the end, are skipped.
    skip_start: bool,
    skip_end: bool,
    options: KeyOptions,
}

impl Key {
    /// The whole line.
    pub(super) fn whole_line(options: KeyOptions) -> Self {
        let start = Place { fields: 0, bytes: 0 };
        Key { start, end: None, skip_start: options.blanks, skip_end: options.blanks, options }
    }

    /// Reads the value of `-k`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (first, last) = match text.split_once(',') {
            Some((first, last)) => (first, Some(last)),
            None => (text, None),
        };
        let mut options = KeyOptions::default();
        let (field, byte, skip_start) = place(first, &mut options)?;
        let start =
            Place { fields: field.checked_sub(1)?, bytes: byte.map_or(Some(0), |b| b.checked_sub(1))? };
        let mut skip_end = false;
        let end = match last {
            None => None,
            Some(last) => {
                let (field, byte, skips) = place(last, &mut options)?;
                skip_end = skips;
                Some(Place { fields: field.checked_sub(1)?, bytes: byte.unwrap_or(0) })
            }
        };
        Some(Key { start, end, skip_start, skip_end, options })
    }

    /// Takes the options of the whole sort when it has none itself.
    pub(super) fn inherit(&mut self, global: KeyOptions) {
        let own = self.options != KeyOptions::default() || self.skip_start || self.skip_end;
        if !own {
            self.options = global;
            (self.skip_start, self.skip_end) = (global.blanks, global.blanks);
        }
    }

    /// Compares the key in two lines.
    pub(super) fn compare(&self, a: &[u8], b: &[u8], separator: Option<u8>) -> Ordering {
        let (a, b) = (self.text(a, separator), self.text(b, separator));
        let ordering = if self.options.numeric {
            Number::of(a).compare(&Number::of(b))
        } else if self.options.fold {
            let upper = |text: &[u8]| text.iter().map(u8::to_ascii_uppercase).collect::<Vec<u8>>();
            upper(a).cmp(&upper(b))
        } else {
            a.cmp(b)
        };
        if self.options.reverse { ordering.reverse() } else { ordering }
    }

    fn text<'l>(&self, line: &'l [u8], separator: Option<u8>) -> &'l [u8] {
        let mut start = skip_fields(line, 0, self.start.fields, separator, true);
        if self.skip_start {
            start = skip_blanks(line, start);
        }
        start = start.saturating_add(self.start.bytes).min(line.len());
        let end = match self.end {
            None => line.len(),
            Some(Place { fields, bytes: 0 }) => skip_fields(line, 0, fields + 1, separator, false),
            Some(Place { fields, bytes }) => {
                let mut end = skip_fields(line, 0, fields, separator, true);
                if self.skip_end {
                    end = skip_blanks(line, end);
                }
                end.saturating_add(bytes).min(line.len())
            }
        };
        &line[start..end.max(start)]
    }
}

/// `FIELD[.CHARACTER][OPTIONS]`: field, character, and whether blanks are skipped.
fn place(text: &str, options: &mut KeyOptions) -> Option<(usize, Option<usize>, bool)> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (field, mut rest) = text.split_at(digits(text));
    let field = field.parse::<usize>().ok().filter(|n| *n < 1 << 32)?;
    let mut byte = None;
    if let Some(after) = rest.strip_prefix('.') {
        let (number, after) = after.split_at(digits(after));
        byte = Some(number.parse::<usize>().ok().filter(|n| *n < 1 << 32)?);
        rest = after;
    }
    let mut skips = false;
    for letter in rest.chars() {
        if letter == 'b' {
            skips = true;
        } else if !options.set(letter) {
            return None;
        }
    }
    Some((field, byte, skips))
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn skip_blanks(line: &[u8], mut at: usize) -> usize {
    while line.get(at).is_some_and(|b| is_blank(*b)) {
        at += 1;
    }
    at
}

/// Behind `count` fields. A separator is passed after each of them, after the last if `past_last`;
/// without one a field begins with the blanks before it.
fn skip_fields(line: &[u8], mut at: usize, count: usize, separator: Option<u8>, past_last: bool) -> usize {
    for i in 0..count {
        if at >= line.len() {
            break;
        }
        if let Some(separator) = separator {
            while line.get(at).is_some_and(|b| *b != separator) {
                at += 1;
            }
            if at < line.len() && (past_last || i + 1 < count) {
                at += 1;
            }
        } else {
            at = skip_blanks(line, at);
            while line.get(at).is_some_and(|b| !is_blank(*b)) {
                at += 1;
            }
        }
    }
    at
}

/// A decimal number at the start of a text, of any length; 0 when there is none.
struct Number<'t> {
    negative: bool,
    whole: &'t [u8],
    fraction: &'t [u8],
}

impl<'t> Number<'t> {
    fn of(text: &'t [u8]) -> Self {
        let text = &text[skip_blanks(text, 0)..];
        let (negative, text) = match text.strip_prefix(b"-") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let digits = |text: &[u8]| text.iter().take_while(|b| b.is_ascii_digit()).count();
        let (whole, rest) = text.split_at(digits(text));
        let fraction = rest.strip_prefix(b".").map_or(&b""[..], |rest| &rest[..digits(rest)]);
        let whole = &whole[whole.iter().take_while(|b| **b == b'0').count()..];
        let kept = fraction.iter().rposition(|b| *b != b'0').map_or(0, |i| i + 1);
        Number { negative, whole, fraction: &fraction[..kept] }
    }

    fn compare(&self, other: &Number<'_>) -> Ordering {
        let zero = |n: &Number<'_>| n.whole.is_empty() && n.fraction.is_empty();
        let sign = |n: &Number<'_>| match (zero(n), n.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let size = |a: &Number<'_>, b: &Number<'_>| {
            (a.whole.len(), a.whole, a.fraction).cmp(&(b.whole.len(), b.whole, b.fraction))
        };
        match (sign(self), sign(other)) {
            (-1, -1) => size(other, self),
            (1, 1) => size(self, other),
            (a, b) => a.cmp(&b),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_length() {
        let compare = |a: &str, b: &str| Number::of(a.as_bytes()).compare(&Number::of(b.as_bytes()));
        assert_eq!(compare("9", "10"), Ordering::Less);
        assert_eq!(compare("-10", "-9"), Ordering::Less);
        assert_eq!(compare("1.50", "1.5x"), Ordering::Equal);
        assert_eq!(compare("-0", "abc"), Ordering::Equal);
        assert_eq!(compare("123456789012345678901", "123456789012345678902"), Ordering::Less);
    }

    #[test]
    fn keys() {
        let text = |key: &str, separator| {
            let key = Key::parse(key).unwrap();
            String::from_utf8(key.text(b"ab:cd:ef", separator).to_vec()).unwrap()
        };
        assert_eq!(text("2", Some(b':')), "cd:ef");
        assert_eq!(text("2,2", Some(b':')), "cd");
        assert_eq!(text("1.2,2.1", Some(b':')), "b:c");
        assert!(Key::parse("0").is_none() && Key::parse("1.0").is_none() && Key::parse("1x").is_none());
    }
}
