//! `printf [-v NAME] FORMAT [WORD..]` (bash manual, 4.2; POSIX printf).

use crate::expand::Expanded;
use crate::expand::ansi_c::{Decoded, Dialect, decode};
use crate::expand::tilde::is_name;
use crate::machine::Machine;
use crate::stop::Run;

use super::printf_float::{Extended, FloatConversion, FloatError};
use super::printf_number::{Conversion, integer};

/// One conversion of a format.
struct Directive {
    flags: String,
    width: Field,
    precision: Option<Field>,
    letter: char,
}

enum Field {
    None,
    Number(usize),
    Star,
}

/// The words, taken one after the other.
struct Words<'a> {
    words: &'a [Expanded],
    at: usize,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let word = self.words.get(self.at).map(|w| w.text.as_str());
        self.at += 1;
        word
    }
}

impl Machine<'_> {
    pub(super) fn printf(&mut self, args: &[Expanded]) -> Run<i32> {
        let mut args = args;
        let mut variable = None;
        while let Some((first, rest)) = args.split_first() {
            match first.text.as_str() {
                "-v" => {
                    let Some((name, rest)) = rest.split_first() else {
                        return Err(self.bad_call(
                            "printf",
                            "-v names no variable",
                            "write printf -v NAME FORMAT",
                        ));
                    };
                    if !is_name(&name.text) {
                        return Err(
                            self.not_in_subset(format!("`printf -v {}`", name.text), "name a plain variable")
                        );
                    }
                    variable = Some(name.text.clone());
                    args = rest;
                }
                "--" => {
                    args = rest;
                    break;
                }
                other if other.starts_with('-') && other.len() > 1 => {
                    return Err(self.bad_call(
                        "printf",
                        format!("`{other}` is no option"),
                        "write printf -- FORMAT",
                    ));
                }
                _ => break,
            }
        }
        let Some((format, words)) = args.split_first() else {
            return Err(self.bad_call("printf", "there is no format", "write printf FORMAT WORDS"));
        };
        let mut out = Vec::new();
        let mut words = Words { words, at: 0 };
        loop {
            let (before, length) = (words.at, out.len());
            self.charge(1 + format.text.len() as u64 / 16)?;
            let stop = self.printf_once(&format.text, &mut words, &mut out)?;
            self.charge((out.len() - length) as u64 / 32)?;
            self.check_word(if variable.is_some() { out.len() } else { 0 })?;
            self.check_values(out.len())?;
            if stop || words.at >= words.words.len() || words.at == before {
                break;
            }
        }
        match variable {
            Some(name) => {
                let text = self.text_of(out, "printf")?;
                self.set_scalar(&name, &text)?;
            }
            None => self.write(&out)?,
        }
        Ok(0)
    }

    /// One pass over the format; true after `\c`.
    fn printf_once(&mut self, format: &str, words: &mut Words<'_>, out: &mut Vec<u8>) -> Run<bool> {
        let mut rest = format;
        while let Some(percent) = rest.find('%') {
            out.extend(self.printf_escapes(&rest[..percent], Dialect::Format)?.bytes);
            rest = &rest[percent + 1..];
            if let Some(after) = rest.strip_prefix('%') {
                out.push(b'%');
                rest = after;
                continue;
            }
            let (directive, after) = self.printf_directive(rest)?;
            rest = after;
            if self.printf_convert(&directive, words, out)? {
                return Ok(true);
            }
        }
        out.extend(self.printf_escapes(rest, Dialect::Format)?.bytes);
        Ok(false)
    }

    fn printf_escapes(&self, text: &str, dialect: Dialect) -> Run<Decoded> {
        let decoded = decode(text, dialect);
        match decoded.bare {
            Some(sign) => {
                let help = format!("write digits behind it, or `\\\\{sign}` for the text");
                Err(self.bad_call("printf", format!("`\\{sign}` has no digits"), help))
            }
            None => Ok(decoded),
        }
    }

    fn printf_directive<'t>(&self, text: &'t str) -> Run<(Directive, &'t str)> {
        let flags_end = text.find(|c| !"-+ #0".contains(c)).unwrap_or(text.len());
        let (flags, rest) = text.split_at(flags_end);
        let (width, rest) = self.printf_field(rest)?;
        let (precision, rest) = match rest.strip_prefix('.') {
            Some(rest) => {
                let (field, rest) = self.printf_field(rest)?;
                (Some(field), rest)
            }
            None => (None, rest),
        };
        let rest = rest.trim_start_matches(['l', 'h', 'j', 'z', 't', 'L']);
        let mut chars = rest.chars();
        match chars.next() {
            Some(letter) => {
                Ok((Directive { flags: flags.to_owned(), width, precision, letter }, chars.as_str()))
            }
            None => Err(self.bad_call(
                "printf",
                "a `%` has no conversion behind it",
                "write %% for a percent sign",
            )),
        }
    }

    fn printf_field<'t>(&self, text: &'t str) -> Run<(Field, &'t str)> {
        if let Some(rest) = text.strip_prefix('*') {
            return Ok((Field::Star, rest));
        }
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        if end == 0 {
            return Ok((Field::None, text));
        }
        let number = text[..end].parse().unwrap_or(usize::MAX);
        self.check_word(number)?;
        Ok((Field::Number(number), &text[end..]))
    }

    fn printf_convert(
        &mut self,
        directive: &Directive,
        words: &mut Words<'_>,
        out: &mut Vec<u8>,
    ) -> Run<bool> {
        let mut left = directive.flags.contains('-');
        let width = match directive.width {
            Field::None => 0,
            Field::Number(n) => n,
            Field::Star => {
                let value = self.printf_star(words)?;
                left |= value < 0;
                value.unsigned_abs() as usize
            }
        };
        let precision = match &directive.precision {
            None => None,
            Some(Field::None) => Some(0),
            Some(Field::Number(n)) => Some(*n),
            Some(Field::Star) => usize::try_from(self.printf_star(words)?).ok(),
        };
        self.check_word(width.max(precision.unwrap_or(0)))?;
        let mut stop = false;
        let text: Vec<u8> = match directive.letter {
            's' | 'b' | 'q' => {
                let word = words.next().unwrap_or("");
                let mut bytes = match directive.letter {
                    'b' => {
                        let decoded = self.printf_escapes(word, Dialect::PercentB)?;
                        stop = decoded.stop;
                        decoded.bytes
                    }
                    'q' => self.shell_quoted(word)?.into_bytes(),
                    _ => word.as_bytes().to_vec(),
                };
                // Bash counts bytes here, whatever the locale.
                if precision.is_some_and(|p| p < bytes.len()) || width > bytes.len() {
                    if !bytes.is_ascii() {
                        return Err(self.not_in_subset(
                            "a width or precision for text outside of ASCII",
                            "write the padding itself",
                        ));
                    }
                    bytes.truncate(precision.unwrap_or(usize::MAX));
                }
                bytes
            }
            'c' => {
                let word = words.next().unwrap_or("");
                match word.chars().next() {
                    Some(c) if c.is_ascii() => vec![c as u8],
                    None => {
                        return Err(
                            self.not_in_subset("%c of an empty word, which is a NUL byte", "write %s")
                        );
                    }
                    Some(_) => {
                        return Err(self.not_in_subset("%c of a character outside of ASCII", "write %s"));
                    }
                }
            }
            'd' | 'i' | 'o' | 'u' | 'x' | 'X' => {
                let value = match words.next() {
                    Some(word) => integer(word).ok_or_else(|| {
                        self.bad_call(
                            "printf",
                            format!("`{}` is no whole number", word.escape_debug()),
                            "give a number, or write %s",
                        )
                    })?,
                    None => 0,
                };
                let conversion =
                    Conversion { flags: &directive.flags, letter: directive.letter, width, left, precision };
                conversion.text(value).into_bytes()
            }
            'f' | 'F' | 'e' | 'E' | 'g' | 'G' => {
                let value = self.printf_float(words.next().unwrap_or("0"))?;
                let conversion = FloatConversion {
                    flags: &directive.flags,
                    letter: directive.letter,
                    width,
                    left,
                    precision,
                };
                if conversion.is_doubtful(&value) {
                    return Err(self.not_in_subset(
                        "%#g of a number that is rounded up to a power of ten",
                        "write %g, or %.Nf with the digits that are wanted",
                    ));
                }
                conversion.text(&value).into_bytes()
            }
            other => {
                return Err(self.not_in_subset(
                    format!("printf's `%{other}`"),
                    "the subset has %s %b %c %q %d %i %u %o %x %X %f %e %g and %%",
                ));
            }
        };
        let fill = vec![b' '; width.saturating_sub(text.len())];
        if left {
            out.extend(text);
            out.extend(fill);
        } else {
            out.extend(fill);
            out.extend(text);
        }
        Ok(stop)
    }

    fn printf_float(&mut self, word: &str) -> Run<Extended> {
        let value = Extended::parse(word).map_err(|error| match error {
            FloatError::NoNumber => self.bad_call(
                "printf",
                format!("`{}` is no number", word.escape_debug()),
                "give a number, or write %s",
            ),
            FloatError::Foreign => self.not_in_subset(
                format!(
                    "the number `{}` of printf",
                    word.chars().take(40).collect::<String>().escape_debug()
                ),
                "write a decimal number between 1e-4900 and 1e4900",
            ),
        })?;
        // All digits of the number are made, in quadratic time.
        self.charge((value.size() * value.size()) as u64 / 25_000)?;
        Ok(value)
    }

    fn printf_star(&mut self, words: &mut Words<'_>) -> Run<i64> {
        let word = words.next().unwrap_or("0");
        match integer(word) {
            Some(n) if n.abs() <= i128::from(i32::MAX) => Ok(n as i64),
            _ => Err(self.bad_call(
                "printf",
                format!("`{}` is no width", word.escape_debug()),
                "give a number",
            )),
        }
    }

    /// `%q`: quoted so that a shell reads it back.
    fn shell_quoted(&self, word: &str) -> Run<String> {
        if word.is_empty() {
            return Ok("''".to_owned());
        }
        if word.chars().any(|c| !c.is_ascii() && !c.is_alphabetic()) {
            return Err(
                self.not_in_subset("%q of a character that not every C library can print", "write %s")
            );
        }
        if word.chars().any(char::is_control) {
            return Ok(ansi_quoted(word));
        }
        let mut out = String::new();
        for (at, c) in word.char_indices() {
            let before = word[..at].chars().next_back();
            let special = " '\"\\|&;()<>!{}*[]?^$`,".contains(c)
                || c == '#' && at == 0
                || c == '~' && matches!(before, None | Some('=' | ':'));
            if special {
                out.push('\\');
            }
            out.push(c);
        }
        Ok(out)
    }
}

/// A word with characters that cannot be printed, as `$'..'`.
fn ansi_quoted(word: &str) -> String {
    let mut out = String::from("$'");
    for c in word.chars() {
        match c {
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\u{1b}' => out.push_str("\\E"),
            '\\' | '\'' => out.extend(['\\', c]),
            c if c.is_control() => {
                let octal = |place: u32| char::from_digit(u32::from(c) >> (3 * place) & 7, 8);
                out.push('\\');
                out.extend([octal(2), octal(1), octal(0)].into_iter().flatten());
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}
