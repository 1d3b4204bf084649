//! Permission bits as the `posix` table of rpm writes and reads them.

/// `rwxr-xr-x`, with `s` or `S` for setuid and setgid; the sticky bit is not shown.
pub(super) fn to_text(mode: u32) -> String {
    let mut text: Vec<u8> = (0..9)
        .map(|bit| if mode & (0o400 >> bit) == 0 { b'-' } else { [b'r', b'w', b'x'][bit % 3] })
        .collect();
    for (set_id, execute, at) in [(0o4000, 0o100, 2), (0o2000, 0o010, 5)] {
        if mode & set_id != 0
            && let Some(place) = text.get_mut(at)
        {
            *place = if mode & execute == 0 { b'S' } else { b's' };
        }
    }
    text.into_iter().map(char::from).collect()
}

/// Reads `0755`, `rwxr-xr-x`, `u+x,go-w` or `+x`; the last two change `old`.
pub(super) fn parse(text: &str, old: u32) -> Option<u32> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return u32::from_str_radix(text, 8).ok().filter(|mode| *mode <= 0o7777);
    }
    if text.len() == 9 && text.bytes().zip(b"rwxrwxrwx".iter()).all(|(c, k)| c == *k || b"-sS".contains(&c)) {
        return Some(from_letters(text));
    }
    text.split(',').try_fold(old, change)
}

fn from_letters(text: &str) -> u32 {
    text.bytes().enumerate().fold(0, |mode, (at, letter)| {
        let bit = 0o400 >> at;
        let set_id = match at {
            2 => 0o4000,
            5 => 0o2000,
            _ => 0,
        };
        mode | match letter {
            b'-' => 0,
            b's' => bit | set_id,
            b'S' => set_id,
            _ => bit,
        }
    })
}

/// One `[ugoa]*[+-=][rwxs]*`.
fn change(mode: u32, clause: &str) -> Option<u32> {
    let operator = clause.find(['+', '-', '='])?;
    let (who, rest) = clause.split_at(operator);
    let mut affected = 0;
    for letter in who.chars() {
        affected |= match letter {
            'u' => 0o4700,
            'g' => 0o2070,
            'o' => 0o0007,
            'a' => 0o6777,
            _ => return None,
        };
    }
    if who.is_empty() {
        affected = 0o6777;
    }
    let mut bits = 0;
    for letter in rest.chars().skip(1) {
        bits |= match letter {
            'r' => 0o444,
            'w' => 0o222,
            'x' => 0o111,
            's' => 0o6000,
            _ => return None,
        };
    }
    let bits = bits & affected;
    Some(match rest.as_bytes().first()? {
        b'+' => mode | bits,
        b'-' => mode & !bits,
        _ => (mode & !affected) | bits,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_read_and_written_as_rpm_does() {
        for (text, old, new) in [
            ("0755", 0, Some(0o755)),
            ("555", 0, Some(0o555)),
            ("rwxr-xr-x", 0, Some(0o755)),
            ("rw-r-----", 0o777, Some(0o640)),
            ("rwsr-xr-x", 0, Some(0o4755)),
            ("u+x", 0o644, Some(0o744)),
            ("+x", 0o644, Some(0o755)),
            ("a-w,u+s", 0o777, Some(0o4555)),
            ("go=r", 0o777, Some(0o744)),
            ("zzz", 0, None),
            ("99", 0, None),
        ] {
            assert_eq!(parse(text, old), new, "{text}");
        }
        assert_eq!((to_text(0o4755), to_text(0o2640)), ("rwsr-xr-x".into(), "rw-r-S---".into()));
    }
}
