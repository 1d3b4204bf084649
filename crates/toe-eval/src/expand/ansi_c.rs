//! Backslash escapes: `$'..'` (bash manual, 3.1.2.4), `echo -e`, and printf's format and `%b`.

/// Where the escapes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `$'..'`
    Quote,
    /// `echo -e`: octal is `\0nnn`, `\c` ends all output.
    Echo,
    /// The argument of printf's `%b`: octal is `\nnn` or `\0nnn`, `\c` ends all output.
    PercentB,
    /// printf's format: octal is `\nnn`.
    Format,
}

/// What decoding gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// `\c` was met: nothing more is written.
    pub stop: bool,
    /// The `x`, `u` or `U` of an escape without digits, which stays as it is written.
    pub bare: Option<char>,
}

/// Decodes the escapes of `text`.
pub(crate) fn decode(text: &str, dialect: Dialect) -> Decoded {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let (mut at, mut bare) = (0, None);
    while let Some(&b) = bytes.get(at) {
        at += 1;
        if b != b'\\' {
            out.push(b);
            continue;
        }
        let Some(&e) = bytes.get(at) else {
            out.push(b'\\');
            break;
        };
        at += 1;
        match e {
            b'a' => out.push(7),
            b'b' => out.push(8),
            b'e' | b'E' => out.push(27),
            b'f' => out.push(12),
            b'n' => out.push(10),
            b'r' => out.push(13),
            b't' => out.push(9),
            b'v' => out.push(11),
            b'\\' => out.push(b'\\'),
            b'\'' | b'"' | b'?' if dialect == Dialect::Quote || dialect == Dialect::Format => out.push(e),
            b'\'' | b'"' | b'?' if dialect == Dialect::PercentB => out.push(e),
            b'c' if dialect == Dialect::Quote => match bytes.get(at) {
                Some(&c) => {
                    // \c\\ is control-backslash: the second backslash belongs to it.
                    at += if c == b'\\' && bytes.get(at + 1) == Some(&b'\\') { 2 } else { 1 };
                    out.push(if c == b'?' { 0x7f } else { c.to_ascii_uppercase() & 0x1f });
                }
                None => out.extend_from_slice(b"\\c"),
            },
            b'c' if dialect != Dialect::Format => return Decoded { bytes: out, stop: true, bare },
            b'0'..=b'7' if dialect != Dialect::Echo || e == b'0' => {
                let leading_zero = e == b'0' && matches!(dialect, Dialect::Echo | Dialect::PercentB);
                let (mut value, mut left) = if leading_zero { (0, 3) } else { (u32::from(e - b'0'), 2) };
                while left > 0
                    && let Some(d @ b'0'..=b'7') = bytes.get(at)
                {
                    value = value * 8 + u32::from(d - b'0');
                    at += 1;
                    left -= 1;
                }
                out.push(value as u8);
            }
            b'x' if dialect == Dialect::Quote && bytes.get(at) == Some(&b'{') => {
                at += 1;
                let value = hex(bytes, &mut at, usize::MAX);
                if bytes.get(at) == Some(&b'}') {
                    at += 1;
                }
                out.push(value.unwrap_or(0) as u8);
            }
            b'x' | b'u' | b'U' => {
                let most = match e {
                    b'x' => 2,
                    b'u' => 4,
                    _ => 8,
                };
                match hex(bytes, &mut at, most) {
                    Some(value) if e == b'x' => out.push(value as u8),
                    Some(value) => match char::from_u32(value) {
                        Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                        // Not a character: a byte that no text can hold, so the caller refuses it.
                        None => out.push(0xff),
                    },
                    None => {
                        bare = Some(char::from(e));
                        out.extend_from_slice(&[b'\\', e]);
                    }
                }
            }
            _ => out.extend_from_slice(&[b'\\', e]),
        }
    }
    Decoded { bytes: out, stop: false, bare }
}

fn hex(bytes: &[u8], at: &mut usize, most: usize) -> Option<u32> {
    let mut value: Option<u32> = None;
    for _ in 0..most {
        let Some(digit) = bytes.get(*at).and_then(|b| (*b as char).to_digit(16)) else { break };
        value = Some(value.unwrap_or(0).wrapping_mul(16).wrapping_add(digit));
        *at += 1;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let quote = |s| decode(s, Dialect::Quote).bytes;
        assert_eq!(quote(r"a\tb\x41\101\u00e5\'\cA\q"), "a\tbAA\u{e5}'\u{1}\\q".as_bytes());
        assert_eq!(quote(r"\x{41}\x{142}b\x{4"), b"ABb\x04");
        assert_eq!(
            decode(r"a\0101\101\cz", Dialect::Echo),
            Decoded { bytes: b"aA\\101".to_vec(), stop: true, bare: None }
        );
        assert_eq!(decode(r"\0101\101", Dialect::PercentB).bytes, b"AA");
        assert_eq!(decode(r"\0101", Dialect::Format).bytes, b"\x081");
    }
}
