//! The corpus, side by side with `bash -n`.

use std::io::Write as _;
use std::process::{Command, Stdio};

use toe_source::SourceId;
use toe_syntax::{SyntaxError, parse};

fn cases(corpus: &str) -> impl Iterator<Item = &str> {
    corpus.split("----\n")
}

/// Whether bash takes the text, or nothing without bash.
fn bash_accepts(text: &str) -> Option<bool> {
    let child = Command::new("bash")
        .args(["--norc", "--noprofile", "-n"])
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("MISSING: bash, the oracle of this test");
        assert!(std::env::var_os("TOE_ORACLES").is_none_or(|v| v != "required"), "bash is required");
        return None;
    };
    child.stdin.take().expect("piped").write_all(text.as_bytes()).expect("bash reads");
    let output = child.wait_with_output().expect("bash ends");
    Some(output.status.success() && output.stderr.is_empty())
}

fn show(text: &str) -> String {
    let errors: Vec<_> = parse(SourceId(0), text).errors.iter().map(ToString::to_string).collect();
    format!("{text:?}: {errors:?}")
}

#[test]
fn what_is_in_the_language_is_accepted_by_both() {
    let mut wrong = Vec::new();
    for text in cases(include_str!("corpus/accepted.txt")) {
        if !parse(SourceId(0), text).errors.is_empty() {
            wrong.push(show(text));
        }
        if bash_accepts(text) == Some(false) {
            wrong.push(format!("bash refuses {text:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_outside_is_refused_by_name_while_bash_takes_it() {
    let mut wrong = Vec::new();
    for text in cases(include_str!("corpus/outside.txt")) {
        let named =
            parse(SourceId(0), text).errors.iter().any(|e| matches!(e, SyntaxError::NotInSubset { .. }));
        if !named {
            wrong.push(show(text));
        }
        if bash_accepts(text) == Some(false) {
            wrong.push(format!("bash refuses {text:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_bash_refuses_is_refused() {
    let mut wrong = Vec::new();
    for text in cases(include_str!("corpus/refused.txt")) {
        if parse(SourceId(0), text).errors.is_empty() {
            wrong.push(show(text));
        }
        if bash_accepts(text) == Some(true) {
            wrong.push(format!("bash takes {text:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The last three of these bash reads as something else, or only fails when it gets there.
#[test]
fn what_is_stricter_than_bash() {
    let mut wrong = Vec::new();
    for text in cases(include_str!("corpus/stricter.txt")) {
        if parse(SourceId(0), text).errors.is_empty() {
            wrong.push(show(text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
