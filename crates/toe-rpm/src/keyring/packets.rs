//! Where each key of a file begins (RFC 9580, 4.2).

/// Tag of a primary public key packet.
const PUBLIC_KEY: u8 = 6;

/// The bytes of each key: a public key packet and what follows up to the next.
pub(super) fn split_keys(bytes: &[u8]) -> Result<Vec<&[u8]>, &'static str> {
    let mut starts = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let (tag, len) = packet(rest).ok_or("it is no sequence of OpenPGP packets, or it is cut off")?;
        if tag == PUBLIC_KEY {
            starts.push(at);
        }
        if matches!(tag, 5 | 7) {
            return Err("it holds a secret key; only public keys are imported");
        }
        at += len;
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    Ok(starts.iter().zip(ends).filter_map(|(start, end)| bytes.get(*start..end)).collect())
}

/// Tag and whole length of the packet that `bytes` begin with.
fn packet(bytes: &[u8]) -> Option<(u8, usize)> {
    let first = *bytes.first()?;
    let byte = |i: usize| bytes.get(i).map(|b| usize::from(*b));
    let number = |from: usize, count: usize| -> Option<usize> {
        (from..from + count).try_fold(0usize, |n, i| Some(n << 8 | byte(i)?))
    };
    let (tag, head, body): (u8, usize, usize) = match first >> 6 {
        0b11 => match byte(1)? {
            n @ 0..=191 => (first & 0x3f, 2, n),
            n @ 192..=223 => (first & 0x3f, 3, ((n - 192) << 8) + byte(2)? + 192),
            255 => (first & 0x3f, 6, number(2, 4)?),
            // Partial lengths have no place in keys.
            _ => return None,
        },
        0b10 => {
            let tag = first >> 2 & 0x0f;
            match first & 3 {
                0 => (tag, 2, number(1, 1)?),
                1 => (tag, 3, number(1, 2)?),
                2 => (tag, 5, number(1, 4)?),
                _ => return None,
            }
        }
        _ => return None,
    };
    let len = head.checked_add(body)?;
    (len <= bytes.len()).then_some((tag, len))
}
