//! The integer conversions of printf(3).

/// A conversion of a whole number.
pub(super) struct Conversion<'a> {
    pub flags: &'a str,
    pub letter: char,
    pub width: usize,
    pub left: bool,
    pub precision: Option<usize>,
}

impl Conversion<'_> {
    /// The text, padded with zeros where the flags say so; spaces are the caller's.
    pub(super) fn text(&self, value: i128) -> String {
        let signed = matches!(self.letter, 'd' | 'i');
        let unsigned = value as i64 as u64;
        let (sign, mut digits) = if signed {
            let value = value.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
            let sign = match (value < 0, self.flags) {
                (true, _) => "-",
                (false, flags) if flags.contains('+') => "+",
                (false, flags) if flags.contains(' ') => " ",
                _ => "",
            };
            (sign, value.unsigned_abs().to_string())
        } else {
            let value =
                if value > i128::from(i64::MAX) { value.min(i128::from(u64::MAX)) as u64 } else { unsigned };
            let digits = match self.letter {
                'o' => format!("{value:o}"),
                'x' => format!("{value:x}"),
                'X' => format!("{value:X}"),
                _ => value.to_string(),
            };
            ("", digits)
        };
        if self.precision == Some(0) && digits == "0" {
            digits.clear();
        }
        let zero = digits.is_empty() || digits == "0";
        let prefix = match (self.flags.contains('#'), self.letter) {
            (true, 'x') if !zero => "0x",
            (true, 'X') if !zero => "0X",
            _ => sign,
        };
        let mut zeros = self.precision.unwrap_or(0).saturating_sub(digits.len());
        if self.flags.contains('#') && self.letter == 'o' && zeros == 0 && !digits.starts_with('0') {
            zeros = 1;
        }
        if self.flags.contains('0') && !self.left && self.precision.is_none() {
            zeros = zeros.max(self.width.saturating_sub(digits.len() + prefix.len()));
        }
        format!("{prefix}{}{digits}", "0".repeat(zeros))
    }
}

/// A constant of C, or `'c` for the number of a character. `None` where bash complains.
pub(super) fn integer(word: &str) -> Option<i128> {
    if let Some(c) = word.strip_prefix(['\'', '"']) {
        return Some(c.chars().next().map_or(0, |c| i128::from(u32::from(c))));
    }
    if word.is_empty() {
        return Some(0);
    }
    let text = word.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, digits) = if let Some(hex) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        (16, hex)
    } else if digits.len() > 1 && digits.starts_with('0') {
        (8, &digits[1..])
    } else {
        (10, digits)
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    // Beyond 64 bits bash complains about the range.
    let value = i128::from_str_radix(digits, radix).ok()?;
    let value = if negative { -value } else { value };
    (i128::from(i64::MIN)..=i128::from(i64::MAX)).contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants() {
        assert_eq!(integer("0x1f"), Some(31));
        assert_eq!(integer("-010"), Some(-8));
        assert_eq!(integer("'A"), Some(65));
        assert_eq!(integer("9x"), None);
    }

    #[test]
    fn padding() {
        let text = |flags, letter, width, precision, value| {
            Conversion { flags, letter, width, left: false, precision }.text(value)
        };
        assert_eq!(text("0", 'd', 5, None, -3), "-0003");
        assert_eq!(text("#", 'x', 0, None, 255), "0xff");
        assert_eq!(text("", 'd', 0, Some(3), 5), "005");
        assert_eq!(text("", 'u', 0, None, -1), "18446744073709551615");
        assert_eq!(text("#", 'o', 0, None, 8), "010");
        assert_eq!(text("+", 'd', 0, None, 4), "+4");
    }
}
