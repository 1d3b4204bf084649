//! Every class over the characters of the C library's Unicode.

use super::oracle::{compare, quoted};

#[test]
fn all_characters() {
    const CLASSES: &[&str] = &[
        "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
        "word", "xdigit",
    ];
    let known = ::regex::Regex::new(r"[\p{Age:14.0}&&[^\p{Cn}\p{Co}\p{Mn}]]").unwrap();
    let changed = ['\u{295}', '\u{10fc}', '\u{a7f2}', '\u{a7f3}', '\u{a7f4}', '\u{ab69}'];
    let known: Vec<char> = ('\u{80}'..='\u{30ff}')
        .chain('\u{a640}'..='\u{abff}')
        .chain('\u{fb00}'..='\u{ffff}')
        .chain('\u{10400}'..='\u{107ff}')
        .filter(|c| known.is_match(c.encode_utf8(&mut [0; 4])) && !changed.contains(c))
        .collect();
    let mut cases = Vec::new();
    for block in known.chunks(128) {
        let text = quoted(&block.iter().collect::<String>());
        cases.extend(CLASSES.iter().map(|class| format!("x={text}; echo \"${{x//[[:{class}:]]/}}\"")));
    }
    compare(&[], &cases, 0);
}
