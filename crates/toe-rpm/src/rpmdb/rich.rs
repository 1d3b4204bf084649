//! Names inside rich dependencies, `(a if (b or c))`.

/// The simple names of a rich dependency, each once, those in a negated place with a `!` before them.
/// Versions and `rpmlib()` are left out.
pub(super) fn names(dependency: &[u8]) -> Vec<Vec<u8>> {
    let mut names: Vec<Vec<u8>> = Vec::new();
    let mut rest = dependency;
    // For each open parenthesis: the sense to restore, and where the names of its condition begin.
    let mut open: Vec<(bool, usize)> = Vec::new();
    let mut negated = false;
    let mut operator_next = false;
    while let Some(byte) = rest.first() {
        match byte {
            b' ' | b'\t' | b',' => rest = rest.get(1..).unwrap_or_default(),
            b'(' => {
                open.push((negated, names.len()));
                operator_next = false;
                rest = rest.get(1..).unwrap_or_default();
            }
            b')' => {
                if let Some((outer, _)) = open.pop() {
                    negated = outer;
                }
                operator_next = true;
                rest = rest.get(1..).unwrap_or_default();
            }
            _ if operator_next => {
                let operator = word(&mut rest);
                match operator {
                    b"if" | b"unless" => {
                        negated = !negated;
                        if let Some((_, condition)) = open.last_mut() {
                            *condition = names.len();
                        }
                    }
                    b"else" => {
                        let condition = open.last().map_or(0, |(_, start)| *start);
                        let repeated: Vec<_> =
                            names.get(condition..).unwrap_or_default().iter().map(|n| inverted(n)).collect();
                        names.extend(repeated);
                        negated = !negated;
                    }
                    _ => {}
                }
                operator_next = false;
            }
            _ => {
                let name = word(&mut rest);
                if !name.starts_with(b"rpmlib(") {
                    names.push(if negated { [b"!", name].concat() } else { name.to_vec() });
                }
                skip_version(&mut rest);
                operator_next = true;
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|n| seen.insert(n.clone()));
    names
}

fn inverted(name: &[u8]) -> Vec<u8> {
    match name.strip_prefix(b"!") {
        Some(plain) => plain.to_vec(),
        None => [b"!", name].concat(),
    }
}

/// Takes bytes up to white space, a comma, or a closing parenthesis that was not opened in the word.
fn word<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let mut depth = 0usize;
    let end = rest.iter().position(|b| match b {
        b' ' | b'\t' | b',' => true,
        b'(' => {
            depth += 1;
            false
        }
        b')' if depth == 0 => true,
        b')' => {
            depth -= 1;
            false
        }
        _ => false,
    });
    let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
    *rest = after;
    word
}

fn skip_version(rest: &mut &[u8]) {
    let trimmed = rest.trim_ascii_start();
    let compare = trimmed.iter().take_while(|b| matches!(b, b'<' | b'>' | b'=')).count();
    if compare > 0 {
        *rest = trimmed.get(compare..).unwrap_or_default().trim_ascii_start();
        word(rest);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn negation_follows_if_and_else() {
        for (rich, expected) in [
            ("(tx if ty)", "tx !ty"),
            ("(a and b(x) >= 1.0 or rpmlib(Y))", "a b(x)"),
            ("(a if b else c)", "a !b b c"),
            ("((a unless (b and c)) or c)", "a !b !c c"),
            ("(a or a)", "a"),
        ] {
            let names: Vec<_> = super::names(rich.as_bytes());
            let names: Vec<_> = names.iter().map(|n| String::from_utf8_lossy(n)).collect();
            assert_eq!(names.join(" "), expected, "{rich}");
        }
    }
}
