//! The rules for plain commands and assignments read what the rules for all commands read.
//!
//! A line that ends in `;` is not plain: with it and without it the tree must be the same, places included.

use proptest::prelude::*;
use proptest::sample::select;
use toe_source::SourceId;
use toe_syntax::{Parsed, parse};

const NAMES: &[&str] = &[
    "Rpm", "log", "if", "fi", "done", "local", "export", "declare", "f", "_f", "a-b", "time", "!", "[[", "{",
    "A", "Rpm$x", "R\\pm", "\"Rpm\"", "Rpmé", "in", "function", "2", "~", "a/b",
];
const ASSIGNED: &[&str] = &["A=", "a_1=", "A+=", "a[1]=", "A=(", "1A=", "é="];
const PIECES: &[&str] = &[
    "a",
    "lib-1.2-1.el9.x86_64",
    ".rpm",
    "/",
    "${A}",
    "$A",
    "${A:-b}",
    "$1",
    "$",
    "${",
    "\"",
    "\"$A b\"",
    "\"a\\\"b\"",
    "'it $s'",
    "'",
    "#",
    "~",
    "{a,b}",
    "}",
    "*.so",
    "?",
    "[",
    "]",
    "=",
    "+",
    ",",
    ":",
    "@",
    "%",
    "^",
    "!",
    "é",
    "\u{301}",
    "\\",
    "\\ ",
    "`arch`",
    "$(arch)",
    "$((1+2))",
    ">",
    "<",
    "2>",
    "&",
    "|",
    "(",
    ")",
    "1",
    "-f",
    "\t",
    "$'\\n'",
    "${A}${B}",
    "\"${A}\"'$B'$C",
    "\u{7f}",
    "\u{1}",
];
const BLANKS: &[&str] = &[" ", " ", " ", " ", " ", " ", " ", "  ", "\t", " \\\n", ""];

/// A command or an assignment, and words behind it.
fn line() -> impl Strategy<Value = String> {
    let assignment = (select(ASSIGNED), proptest::option::weighted(0.8, select(PIECES)))
        .prop_map(|(name, value)| format!("{name}{}", value.unwrap_or_default()));
    let first = prop_oneof![3 => select(NAMES).prop_map(str::to_owned), 1 => assignment];
    let word = (select(BLANKS), proptest::collection::vec(select(PIECES), 1..4))
        .prop_map(|(blank, pieces)| format!("{blank}{}", pieces.concat()));
    (first, proptest::collection::vec(word, 0..4)).prop_map(|(first, words)| first + &words.concat())
}

fn read(text: &str) -> Parsed {
    parse(SourceId(0), text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_lines_are_read_like_others(line in line().prop_filter("a backslash quotes the `;`", |l| !l.ends_with('\\'))) {
        let (plain, other) = (read(&format!("{line}\n")), read(&format!("{line};\n")));
        // In a comment the `;` ends nothing.
        prop_assume!(plain.nail.comments.is_empty() || other.nail.comments.is_empty());
        prop_assert_eq!(&plain.nail.comments, &other.nail.comments);
        prop_assert_eq!(plain.errors.is_empty(), other.errors.is_empty());
        if plain.errors.is_empty() {
            prop_assert_eq!(plain.nail.body, other.nail.body);
        }
    }
}

/// Lines that the rules for plain commands do read: the comparison above is about something.
#[test]
fn comments_behind_plain_lines_stay() {
    let nail = read("Rpm ${A}/a.rpm \"$B c\" 'd' # why\nA=b # so\n").nail;
    let comments: Vec<&str> = nail.comments.iter().map(|comment| comment.text.as_str()).collect();
    assert_eq!(comments, ["# why", "# so"]);
    assert_eq!(nail.body.statements.len(), 2);
}
