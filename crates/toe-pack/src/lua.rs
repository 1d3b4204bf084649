//! Lua text for rpm's embedded interpreter.

/// Any bytes as a Lua string literal. Everything but plain path characters becomes a decimal
/// escape, so that no byte can end the literal, begin an escape or mean anything to rpm's macros.
pub(crate) fn quote(bytes: &[u8]) -> String {
    let mut literal = String::with_capacity(bytes.len() + 2);
    literal.push('"');
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"/._-+:,=@ ".contains(byte) {
            literal.push(char::from(*byte));
        } else {
            literal.push('\\');
            literal.extend([100, 10, 1].map(|place| char::from(b'0' + byte / place % 10)));
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The bytes that a Lua reader takes from a literal made only of plain characters and `\ddd`.
    fn read(literal: &str) -> Option<Vec<u8>> {
        let mut rest = literal.strip_prefix('"')?.strip_suffix('"')?.as_bytes();
        let mut bytes = Vec::new();
        while let Some((first, after)) = rest.split_first() {
            if *first == b'\\' {
                let (digits, after) = after.split_at_checked(3)?;
                bytes.push(std::str::from_utf8(digits).ok()?.parse().ok()?);
                rest = after;
            } else {
                if b"\"%\n\r\0[]".contains(first) || !first.is_ascii() {
                    return None;
                }
                bytes.push(*first);
                rest = after;
            }
        }
        Some(bytes)
    }

    #[test]
    fn hostile_text() {
        assert_eq!(quote(b"/a b"), "\"/a b\"");
        assert_eq!(quote(b"\"]]%{x}\n1"), "\"\\034\\093\\093\\037\\123x\\125\\0101\"");
    }

    proptest! {
        #[test]
        fn every_byte_comes_back(bytes: Vec<u8>) {
            let literal = quote(&bytes);
            prop_assert!(literal.is_ascii());
            prop_assert_eq!(read(&literal), Some(bytes));
        }
    }
}
