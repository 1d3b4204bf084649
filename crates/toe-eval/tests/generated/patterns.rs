//! Patterns and the operators that take them.

use super::oracle::{compare, count, quoted};
use super::random::Random;

const TEXT: &[&str] = &["a", "b", "c", "-", "]", "[", "é", "ß", "1", " ", "A", "Ж", "\\", "*", "€", "ﬁ", "٣"];
const PATTERN: &[&str] = &[
    "a",
    "b",
    "?",
    "*",
    "[ab]",
    "[!a]",
    "[^b]",
    "[a-c]",
    "[]a]",
    "[[:alpha:]]",
    "[[:digit:]]",
    "[![:upper:]]",
    "[[:lower:]é]",
    "[[:punct:]]",
    "[[:space:][:alnum:]]",
    "[[:word:]]",
    "é",
    "\\*",
    "[à-ü]",
    "[a-",
    "[",
    "]",
    "\\a",
    "[[:print:]]",
    "[[:graph:]]",
    "[[:cntrl:]]",
    "[[:blank:]]",
    "[[:xdigit:]]",
    "[[:ascii:]]",
];

#[test]
fn operators() {
    let mut random = Random::new(8);
    let cases: Vec<String> = (0..count(4000))
        .map(|_| {
            let text = random.some(TEXT, 0, 6);
            let pattern = random.some(PATTERN, 0, 4);
            let (x, p) = (quoted(&text), quoted(&pattern));
            let use_of = match random.below(12) {
                0 => "case $x in $p) echo yes;; *) echo no;; esac",
                1 => "[[ $x == $p ]]",
                2 => "echo \"${x#$p}\"",
                3 => "echo \"${x##$p}\"",
                4 => "echo \"${x%$p}\"",
                5 => "echo \"${x%%$p}\"",
                6 => "echo \"${x/$p/<&>}\"",
                7 => "echo \"${x//$p/_}\"",
                8 => "echo \"${x/#$p/_}\"",
                9 => "echo \"${x/%$p/_}\"",
                10 => "echo \"${x^^$p}\"",
                _ => "echo \"${x,$p}\"",
            };
            format!("x={x} p={p}\n{use_of}")
        })
        .collect();
    compare(&[], &cases, 20);
}
