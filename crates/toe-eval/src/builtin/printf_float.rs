//! The floating-point conversions of printf(3), as bash has them on x86-64: a word is read to the nearest
//! number of the 80-bit extended format, which is then printed exactly.

use num_bigint::BigUint;

/// Digits of a word, and how far its exponent of ten may be from 0: well inside of the format's range.
const MOST_DIGITS: usize = 1000;
const MOST_EXPONENT: i64 = 4900;

/// Why a word is not converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FloatError {
    /// Bash complains about it, too.
    NoNumber,
    /// `0x1p3`, `inf`, `nan`, or more digits than are ever needed.
    Foreign,
}

/// A number of the extended format, `mantissa * 2^exponent`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Extended {
    negative: bool,
    mantissa: u64,
    exponent: i64,
}

/// A conversion of such a number.
pub(super) struct FloatConversion<'a> {
    pub flags: &'a str,
    /// One of `f F e E g G`.
    pub letter: char,
    pub width: usize,
    pub left: bool,
    pub precision: Option<usize>,
}

impl Extended {
    /// Reads a word as strtold(3) does; `'c` is the number of a character.
    pub(super) fn parse(word: &str) -> Result<Self, FloatError> {
        if let Some(c) = word.strip_prefix(['\'', '"']) {
            return Ok(Extended::nearest(false, BigUint::from(c.chars().next().map_or(0, u32::from)), 0));
        }
        let text = word.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
        if text.is_empty() {
            return if word.is_empty() { Ok(Extended::zero(false)) } else { Err(FloatError::NoNumber) };
        }
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let lower = text.get(..3).unwrap_or(text).to_ascii_lowercase();
        if lower == "inf" || lower == "nan" || lower.starts_with("0x") {
            return Err(FloatError::Foreign);
        }
        let (number, power) = match text.split_once(['e', 'E']) {
            Some((number, power)) => (number, exponent(power)?),
            None => (text, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = || whole.bytes().chain(fraction.bytes());
        if digits().next().is_none() || !digits().all(|b| b.is_ascii_digit()) {
            return Err(FloatError::NoNumber);
        }
        let digits: Vec<u8> = digits().skip_while(|b| *b == b'0').collect();
        if digits.is_empty() {
            return Ok(Extended::zero(negative));
        }
        let power = power.saturating_sub(fraction.len() as i64);
        if digits.len() > MOST_DIGITS || power.saturating_add(digits.len() as i64).abs() > MOST_EXPONENT {
            return Err(FloatError::Foreign);
        }
        let digits = BigUint::parse_bytes(&digits, 10).ok_or(FloatError::NoNumber)?;
        Ok(Extended::nearest(negative, digits, power))
    }

    fn zero(negative: bool) -> Self {
        Extended { negative, mantissa: 0, exponent: 0 }
    }

    /// `digits * 10^power`, rounded to 64 bits, halves to the even one.
    fn nearest(negative: bool, digits: BigUint, power: i64) -> Self {
        if digits.bits() == 0 {
            return Extended::zero(negative);
        }
        let ten = BigUint::from(10u32).pow(power.unsigned_abs() as u32);
        let (over, under) = if power < 0 { (digits, ten) } else { (digits * ten, BigUint::from(1u32)) };
        // The quotient of the two has 64 or 65 bits then.
        let mut exponent = over.bits() as i64 - under.bits() as i64 - 64;
        loop {
            let (over, under) = if exponent < 0 {
                (&over << exponent.unsigned_abs(), under.clone())
            } else {
                (over.clone(), &under << exponent.unsigned_abs())
            };
            let quotient = &over / &under;
            if quotient.bits() > 64 {
                exponent += 1;
                continue;
            }
            let twice = (over - &quotient * &under) * 2u32;
            let odd = quotient.bit(0);
            let up = twice > under || twice == under && odd;
            let Ok(mantissa) = u64::try_from(quotient) else { return Extended::zero(negative) };
            return match mantissa.checked_add(u64::from(up)) {
                Some(mantissa) => Extended { negative, mantissa, exponent },
                None => Extended { negative, mantissa: 1 << 63, exponent: exponent + 1 },
            };
        }
    }

    /// How many digits there are to work on.
    pub(super) fn size(&self) -> usize {
        64 + self.exponent.unsigned_abs() as usize
    }

    fn decimal(&self) -> Decimal {
        if self.mantissa == 0 {
            return Decimal { digits: Vec::new(), point: 1 };
        }
        let mantissa = BigUint::from(self.mantissa);
        let (whole, shift) = if self.exponent < 0 {
            // m / 2^k is m * 5^k / 10^k.
            let k = self.exponent.unsigned_abs();
            (mantissa * BigUint::from(5u32).pow(k as u32), k)
        } else {
            (mantissa << self.exponent.unsigned_abs(), 0)
        };
        let digits = whole.to_string().into_bytes();
        let point = digits.len() as i64 - shift as i64;
        Decimal { digits, point }
    }
}

fn exponent(text: &str) -> Result<i64, FloatError> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FloatError::NoNumber);
    }
    Ok(text.parse().unwrap_or(if text.starts_with('-') { i64::MIN / 2 } else { i64::MAX / 2 }))
}

/// Digits `d1 d2 ..` that mean `0.d1d2.. * 10^point`; none for zero.
#[derive(Debug, Clone)]
struct Decimal {
    digits: Vec<u8>,
    point: i64,
}

impl Decimal {
    /// Keeps `count` digits, rounding halves to the even one.
    fn round(mut self, count: i64) -> Self {
        let Ok(count) = usize::try_from(count) else {
            return Decimal { digits: Vec::new(), point: self.point };
        };
        let Some(first) = self.digits.get(count).copied() else { return self };
        let rest = self.digits[count + 1..].iter().any(|d| *d != b'0');
        let odd = count > 0 && self.digits[count - 1] % 2 == 1;
        self.digits.truncate(count);
        if first > b'5' || first == b'5' && (rest || odd) {
            while self.digits.last() == Some(&b'9') {
                self.digits.pop();
            }
            if let Some(last) = self.digits.last_mut() {
                *last += 1;
            } else {
                self.digits.push(b'1');
                self.point += 1;
            }
        }
        self
    }

    /// The digit for `10^place`.
    fn digit(&self, place: i64) -> char {
        let index = usize::try_from(self.point - 1 - place).ok();
        index.and_then(|i| self.digits.get(i)).map_or('0', |d| char::from(*d))
    }
}

impl FloatConversion<'_> {
    /// True for `%#g` where rounding makes one digit more: some C libraries forget the zeros behind it.
    pub(super) fn is_doubtful(&self, value: &Extended) -> bool {
        let decimal = value.decimal();
        let precision = self.precision.unwrap_or(6).max(1);
        self.flags.contains('#')
            && self.letter.eq_ignore_ascii_case(&'g')
            && decimal.clone().round(precision as i64).point != decimal.point
    }

    /// The text, padded with zeros where the flags say so; spaces are the caller's.
    pub(super) fn text(&self, value: &Extended) -> String {
        let precision = self.precision.unwrap_or(6);
        let alternate = self.flags.contains('#');
        let decimal = value.decimal();
        let mut body = match self.letter.to_ascii_lowercase() {
            'f' => fixed(decimal, precision, alternate),
            'e' => scientific(decimal, precision, alternate),
            _ => {
                let precision = precision.max(1);
                let rounded = decimal.clone().round(precision as i64);
                let exponent = if rounded.digits.is_empty() { 0 } else { rounded.point - 1 };
                // More digits than there are would be zeros, which only `#` keeps.
                let digits = if alternate { precision } else { precision.min(decimal.digits.len().max(1)) };
                if exponent < -4 || exponent >= precision as i64 {
                    let body = scientific(decimal, digits - 1, alternate);
                    if alternate { body } else { without_zeros(&body) }
                } else {
                    let places = usize::try_from(digits as i64 - 1 - exponent).unwrap_or(0);
                    let body = fixed(decimal, places, alternate);
                    if alternate { body } else { without_zeros(&body) }
                }
            }
        };
        if self.letter.is_ascii_uppercase() {
            body.make_ascii_uppercase();
        }
        let sign = match (value.negative, self.flags) {
            (true, _) => "-",
            (false, flags) if flags.contains('+') => "+",
            (false, flags) if flags.contains(' ') => " ",
            _ => "",
        };
        let zeros = if self.flags.contains('0') && !self.left {
            self.width.saturating_sub(sign.len() + body.len())
        } else {
            0
        };
        format!("{sign}{}{body}", "0".repeat(zeros))
    }
}

fn fixed(decimal: Decimal, precision: usize, alternate: bool) -> String {
    let count = decimal.point.saturating_add(precision as i64);
    let decimal = decimal.round(count);
    let top = if decimal.digits.is_empty() { 0 } else { (decimal.point - 1).max(0) };
    let mut out: String = (0..=top).rev().map(|place| decimal.digit(place)).collect();
    if precision > 0 || alternate {
        out.push('.');
    }
    out.extend((1..=precision as i64).map(|place| decimal.digit(-place)));
    out
}

fn scientific(decimal: Decimal, precision: usize, alternate: bool) -> String {
    let decimal = decimal.round(precision as i64 + 1);
    let exponent = if decimal.digits.is_empty() { 0 } else { decimal.point - 1 };
    let mut out = String::from(decimal.digit(exponent));
    if precision > 0 || alternate {
        out.push('.');
    }
    out.extend((1..=precision as i64).map(|place| decimal.digit(exponent - place)));
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{out}e{sign}{:02}", exponent.abs())
}

/// Takes zeros away that end the digits behind the point, and the point when none is left.
fn without_zeros(body: &str) -> String {
    let (digits, power) = body.find('e').map_or((body, ""), |at| body.split_at(at));
    if !digits.contains('.') {
        return body.to_owned();
    }
    format!("{}{power}", digits.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(flags: &str, letter: char, width: usize, precision: Option<usize>, word: &str) -> String {
        FloatConversion { flags, letter, width, left: false, precision }.text(&Extended::parse(word).unwrap())
    }

    #[test]
    fn sixty_four_bits_of_mantissa() {
        assert_eq!(text("", 'f', 0, Some(30), "0.1"), "0.100000000000000000001355252716");
        assert_eq!(text("", 'f', 0, Some(0), "2.5"), "2");
        assert_eq!(text("", 'e', 0, None, "12345.678"), "1.234568e+04");
        assert_eq!(text("", 'G', 0, None, "1e-10"), "1E-10");
        assert_eq!(text("0", 'f', 10, Some(3), "-3.14159"), "-00003.142");
        assert_eq!(text("#", 'g', 0, None, "1"), "1.00000");
        assert_eq!(text("", 'g', 0, None, "999999.5"), "1e+06");
        let doubtful = FloatConversion { flags: "#", letter: 'G', width: 0, left: false, precision: None };
        assert!(doubtful.is_doubtful(&Extended::parse("999999.55").unwrap()));
        assert!(!doubtful.is_doubtful(&Extended::parse("999999.45").unwrap()));
    }

    #[test]
    fn what_is_no_number() {
        for word in ["1e", "1.5.2", "3 ", ".", "x", " "] {
            assert_eq!(Extended::parse(word), Err(FloatError::NoNumber), "{word}");
        }
        for word in ["inf", "-nan", "0x10", "1e5000", "1e-5000"] {
            assert_eq!(Extended::parse(word), Err(FloatError::Foreign), "{word}");
        }
    }
}
