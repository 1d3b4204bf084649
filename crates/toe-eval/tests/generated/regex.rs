//! `[[ =~ ]]` and BASH_REMATCH.

use super::oracle::{compare, count, quoted};
use super::random::Random;

#[test]
fn expressions() {
    const ATOMS: &[&str] = &[
        "a",
        "b",
        "ab",
        ".",
        "[ab]",
        "[^a]",
        "[a-c]",
        "(a)",
        "(b|c)",
        "(ab|c)",
        "(a*)",
        "(.*)",
        "([0-9]+)",
        "-",
        "\\.",
        "(-([0-9]+))",
        "[[:alpha:]]",
        "[[:digit:]]",
        "[[:space:]]",
        "([^-]*)",
        "é",
        "x{2}",
        "()",
        "a|",
        ")",
        "\\w",
        "\\s",
        "\\b",
        "\\d",
        "(a|ab)",
        "(a?)",
        "[]]",
        "[a\\-]",
        "\\W",
        "(^a)",
        "[[:upper:]é]",
    ];
    const TEXT: &[&str] = &["a", "b", "c", "ab", "1", "23", "-", ".", "é", " ", "x", "É", ")", "_", "]"];
    let mut random = Random::new(9);
    let cases: Vec<String> = (0..count(6000))
        .map(|_| {
            let mut expression = random.one(&["", "^", "^"]).to_owned();
            for _ in 0..=random.below(4) {
                expression += random.one(ATOMS);
                expression += random.one(&["", "", "", "", "*", "+", "?", "{1,2}"]);
            }
            expression += random.one(&["", "$", "$"]);
            let text = random.some(TEXT, 0, 5);
            let show =
                random.one(&["", "; echo \"${#BASH_REMATCH[@]}\"", "; printf '[%s]' \"${BASH_REMATCH[@]}\""]);
            format!("x={} r={}\n[[ $x =~ $r ]]; echo $?{show}", quoted(&text), quoted(&expression))
        })
        .collect();
    compare(&[], &cases, 60);
}

/// What nails write: no alternatives that begin alike, nothing ambiguous.
#[test]
fn parts_of_names() {
    let expressions = [
        "^(.*)-([^-]*)-([^-]*)\\.(x86_64|noarch)\\.rpm$",
        "^([a-z]+)([0-9]+)?$",
        "([0-9]+)\\.([0-9]+)",
        "^([^:/]+)://([^/]*)(/.*)?$",
        "^(a|b)$",
        "(.*)/(.*)$",
        "^v?([0-9]+)(-([0-9]+))?$",
    ];
    let parts = ["a", "b", "1", "23", "-", ".", "x86_64", "noarch", ".rpm", "://", "/", "v", ":"];
    let mut random = Random::new(10);
    let cases: Vec<String> = (0..count(1500))
        .map(|_| {
            let (text, expression) = (random.some(&parts, 0, 9), random.one(&expressions));
            format!(
                "x={} r={}\n[[ $x =~ $r ]] && printf '[%s]' \"${{BASH_REMATCH[@]}}\"; echo ${{BASH_REMATCH[1]-none}}",
                quoted(&text),
                quoted(expression)
            )
        })
        .collect();
    compare(&[], &cases, 0);
}
