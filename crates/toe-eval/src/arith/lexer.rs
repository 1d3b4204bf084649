//! Tokens of arithmetic.

use super::tree::{ArithError, Binary, Place};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(i64),
    Place(Place),
    Binary(Binary),
    Assign(Option<Binary>),
    Increment,
    Decrement,
    Not,
    Complement,
    And,
    Or,
    Question,
    Colon,
    Comma,
    Open,
    Close,
}

/// Cuts an expression into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ArithError> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        if matches!(b, b' ' | b'\t' | b'\n') {
            at += 1;
        } else if b.is_ascii_digit() {
            let end = text[at..].find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '#' | '@' | '_')));
            let end = end.map_or(text.len(), |e| at + e);
            out.push(Token::Number(number(&text[at..end])?));
            at = end;
        } else if b.is_ascii_alphabetic() || b == b'_' {
            let end = text[at..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            let end = end.map_or(text.len(), |e| at + e);
            let name = text[at..end].to_owned();
            at = end;
            let mut index = None;
            if bytes.get(at) == Some(&b'[') {
                let close = close(bytes, at)
                    .ok_or_else(|| ArithError::new(format!("`{name}[` has no `]`"), "close the subscript"))?;
                index = Some(text[at + 1..close].to_owned());
                at = close + 1;
            }
            out.push(Token::Place(Place { name, index }));
        } else {
            let (token, length) = operator(bytes, at).ok_or_else(|| {
                let c = text[at..].chars().next().unwrap_or(' ');
                let help = if c == '.' {
                    "numbers are whole: take a part of a version with ${NAME%%.*} or ${NAME##*.}"
                } else {
                    "operators are those of C, with ** for powers"
                };
                ArithError::new(format!("`{}` is no operator", c.escape_debug()), help)
            })?;
            out.push(token);
            at += length;
        }
    }
    Ok(out)
}

fn close(bytes: &[u8], open: usize) -> Option<usize> {
    let mut level = 0;
    for (i, b) in bytes.iter().enumerate().skip(open) {
        match b {
            b'[' => level += 1,
            b']' => {
                level -= 1;
                if level == 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
    }
    None
}

fn operator(bytes: &[u8], at: usize) -> Option<(Token, usize)> {
    use Binary as B;
    let rest = &bytes[at..];
    const TABLE: &[(&str, Token)] = &[
        ("<<=", Token::Assign(Some(B::ShiftLeft))),
        (">>=", Token::Assign(Some(B::ShiftRight))),
        ("**", Token::Binary(B::Power)),
        ("<<", Token::Binary(B::ShiftLeft)),
        (">>", Token::Binary(B::ShiftRight)),
        ("<=", Token::Binary(B::LessEqual)),
        (">=", Token::Binary(B::GreaterEqual)),
        ("==", Token::Binary(B::Equal)),
        ("!=", Token::Binary(B::NotEqual)),
        ("&&", Token::And),
        ("||", Token::Or),
        ("++", Token::Increment),
        ("--", Token::Decrement),
        ("*=", Token::Assign(Some(B::Multiply))),
        ("/=", Token::Assign(Some(B::Divide))),
        ("%=", Token::Assign(Some(B::Remainder))),
        ("+=", Token::Assign(Some(B::Add))),
        ("-=", Token::Assign(Some(B::Subtract))),
        ("&=", Token::Assign(Some(B::BitAnd))),
        ("^=", Token::Assign(Some(B::BitXor))),
        ("|=", Token::Assign(Some(B::BitOr))),
        ("*", Token::Binary(B::Multiply)),
        ("/", Token::Binary(B::Divide)),
        ("%", Token::Binary(B::Remainder)),
        ("+", Token::Binary(B::Add)),
        ("-", Token::Binary(B::Subtract)),
        ("<", Token::Binary(B::Less)),
        (">", Token::Binary(B::Greater)),
        ("&", Token::Binary(B::BitAnd)),
        ("^", Token::Binary(B::BitXor)),
        ("|", Token::Binary(B::BitOr)),
        ("=", Token::Assign(None)),
        ("!", Token::Not),
        ("~", Token::Complement),
        ("?", Token::Question),
        (":", Token::Colon),
        (",", Token::Comma),
        ("(", Token::Open),
        (")", Token::Close),
    ];
    TABLE.iter().find(|(text, _)| rest.starts_with(text.as_bytes())).map(|(text, t)| (t.clone(), text.len()))
}

/// A constant: decimal, `0` octal, `0x` hexadecimal, `base#digits`. Too large wraps, as in bash.
fn number(text: &str) -> Result<i64, ArithError> {
    let wrong = || {
        let zeros = text.trim_start_matches('0');
        if zeros.len() < text.len() && zeros.bytes().all(|b| b.is_ascii_digit()) {
            return ArithError::new(
                format!("`{text}` is no octal number"),
                format!(
                    "a zero in front means octal: write {zeros}, or 10#$NAME for the value of a variable"
                ),
            );
        }
        ArithError::new(
            format!("`{text}` is no number"),
            "write decimal, 0x.. for hexadecimal, 0.. for octal, or BASE#DIGITS with a base from 2 to 64",
        )
    };
    let (base, digits) = if let Some((base, digits)) = text.split_once('#') {
        if base.starts_with('0') || !base.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let base = base.parse::<u32>().ok().filter(|b| (2..=64).contains(b)).ok_or_else(wrong)?;
        (base, digits)
    } else if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        (16, digits)
    } else if text.len() > 1 && text.starts_with('0') {
        (8, &text[1..])
    } else {
        (10, text)
    };
    if digits.is_empty() {
        return Err(wrong());
    }
    let mut value = 0i64;
    for b in digits.bytes() {
        let digit = match b {
            b'0'..=b'9' => b - b'0',
            b'a'..=b'z' => b - b'a' + 10,
            b'A'..=b'Z' if base <= 36 => b - b'A' + 10,
            b'A'..=b'Z' => b - b'A' + 36,
            b'@' => 62,
            b'_' => 63,
            _ => return Err(wrong()),
        };
        if u32::from(digit) >= base {
            return Err(wrong());
        }
        value = value.wrapping_mul(i64::from(base)).wrapping_add(i64::from(digit));
    }
    Ok(value)
}
