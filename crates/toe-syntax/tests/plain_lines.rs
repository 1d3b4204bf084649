//! The rules for plain commands, assignments and words read what the rules for all of them read.
//!
//! A command with a tab behind it is not plain, nor is a word with a continued line right behind it: with them and
//! without the tree must be the same; with the tab, places included.

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

/// A command or an assignment.
fn first() -> impl Strategy<Value = String> {
    let assignment = (select(ASSIGNED), proptest::option::weighted(0.8, select(PIECES)))
        .prop_map(|(name, value)| format!("{name}{}", value.unwrap_or_default()));
    prop_oneof![3 => select(NAMES).prop_map(str::to_owned), 1 => assignment]
}

fn word() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(PIECES), 1..4).prop_map(|pieces| pieces.concat())
}

/// A command or an assignment, and words behind it; no backslash at the end, which would quote what is added.
fn line() -> impl Strategy<Value = String> {
    let word = (select(BLANKS), word()).prop_map(|(blank, word)| format!("{blank}{word}"));
    let words = proptest::collection::vec(word, 0..4);
    (first(), words)
        .prop_map(|(first, words)| first + &words.concat())
        .prop_filter("it ends in a backslash", |line| !line.ends_with('\\'))
}

fn read(text: &str) -> Parsed {
    parse(SourceId(0), text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_commands_are_read_like_others(line in line(), end in select(&["", ";", " # why", " ;"])) {
        let (plain, other) = (read(&format!("{line}{end}\n")), read(&format!("{line}\t{end}\n")));
        // Behind `#` the tab is part of the comment.
        if line.contains('#') {
            return Ok(());
        }
        prop_assert_eq!(plain.errors.is_empty(), other.errors.is_empty());
        if plain.errors.is_empty() {
            prop_assert_eq!(plain.nail.body, other.nail.body);
            prop_assert_eq!(plain.nail.comments.len(), other.nail.comments.len());
        }
    }

    #[test]
    fn plain_words_are_read_like_others(first in first(), words in proptest::collection::vec(word(), 0..4)) {
        let line = |gap: &str, end: &str| {
            let words = std::iter::once(&first).chain(&words).map(String::as_str);
            words.collect::<Vec<_>>().join(gap) + end + "\n"
        };
        let all = line(" ", "");
        // Where a backslash before a newline is something else than a continued line, or is refused.
        let is_open = |text: &String| text.ends_with('$') || text.matches('"').count() % 2 == 1;
        if all.contains(['#', '\'', '\\']) || all.contains("<(") || is_open(&first) || words.iter().any(is_open) {
            return Ok(());
        }
        let (plain, other) = (read(&all), read(&line("\\\n ", "\\\n")));
        if plain.errors.is_empty() || other.errors.is_empty() {
            prop_assert_eq!(&plain.errors, &other.errors);
            prop_assert!(plain.nail.eq_ignoring_spans(&other.nail), "{:#?}\n{:#?}", plain.nail, other.nail);
        }
    }
}

/// Lines that the rules for plain commands do read: the comparison above is about something.
#[test]
fn comments_behind_plain_lines_stay() {
    let nail = read("Rpm ${A}/a.rpm \"$B c\" 'd' # why\nA=b # so\nRpm a#b #c\n").nail;
    let comments: Vec<&str> = nail.comments.iter().map(|comment| comment.text.as_str()).collect();
    assert_eq!(comments, ["# why", "# so", "#c"]);
    assert_eq!(nail.body.statements.len(), 3);
}
