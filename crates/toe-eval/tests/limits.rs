//! What never ends, or grows without bound, ends in the error of a limit: never in a panic, never in silence.

// A test may end in a panic.
#![allow(clippy::unwrap_used)]

use toe_eval::{EvalErrorKind, Limits, MemoryHost, Settings, evaluate};

/// The limit that stops a nail, with few steps so that builds without optimisation are quick.
fn stopped_by(nail: &str, steps: u64) -> String {
    let mut host = MemoryHost::new()
        .with_file("foot", nail)
        .with_file("self", "Include self\n")
        .with_file("one", "Include two\n")
        .with_file("two", "Include one\n")
        .with_file("lines", "x 1\n".repeat(1000));
    for i in 0..70 {
        host = host.with_file(format!("deep{i}"), format!("Include deep{}\n", i + 1));
    }
    let settings = Settings { limits: Limits { steps, ..Limits::default() }, ..Settings::default() };
    let evaluation = evaluate(&host, "foot", &settings);
    let error = evaluation.errors.first().unwrap_or_else(|| panic!("{nail:?} is stopped"));
    match &*error.kind {
        EvalErrorKind::Limit { what, .. } => (*what).to_owned(),
        other => panic!("{nail:?} is stopped by a limit, not {other}"),
    }
}

#[test]
fn loops_without_end() {
    for nail in [
        "while true; do :; done",
        "i=0; until false; do x=$((i += 1)); done",
        "for ((;;)); do :; done",
        "while true; do x=$(echo a); done",
        "while true; do case abc in a|b|c*) ;; esac; done",
        "f() { local a=1; }; while true; do f a b; done",
        "while true; do x=(*); done",
        "while true; do x=$(cat lines); done",
        "while true; do x=$(sort -n -k2 lines); done",
        "while true; do [[ aaaaaaaaaaaaaaaa =~ ^(a|a)*b$ ]]; done",
        "i=0; while true; do ((i += 1)); r=\"(a$i{100}){10}\"; [[ a =~ $r ]]; done",
        "while true; do printf -v x %.3000f 1e-3000; done",
        "while true; do printf -v x %1000000s a; done",
    ] {
        assert_eq!(stopped_by(nail, 200_000), "the work of this evaluation", "{nail}");
    }
}

#[test]
fn depth() {
    for (nail, what) in [
        ("f() { f; }; f", "the depth of function calls"),
        ("f() { x=$(f); }; f", "the depth of function calls"),
        ("Include deep0", "the depth of Include"),
    ] {
        assert_eq!(stopped_by(nail, 10_000_000), what, "{nail}");
    }
}

#[test]
fn directives_are_counted() {
    let host = MemoryHost::new().with_file("foot", "while true; do log a; done");
    let limits = Limits { directives: 1000, ..Limits::default() };
    let evaluation = evaluate(&host, "foot", &Settings { limits, ..Settings::default() });
    assert_eq!(evaluation.errors[0].to_string(), "the number of directives is more than the limit of 1000");
}

#[test]
fn growth() {
    for (nail, what) in [
        ("x=a; while true; do x=$x$x; done", "an expanded word"),
        ("x=aaaaaaaaaaaaaaaa; while true; do x=${x//a/aa}; done", "an expanded word"),
        ("x=(a); while true; do x+=(\"${x[@]}\"); done", "the size of all values"),
        ("set -- a; while true; do set -- \"$@\" \"$@\"; done", "the size of all values"),
        ("printf '%1000000000s' a", "an expanded word"),
        ("x=$(seq 1 1000000000)", "the output of seq"),
        ("log {1..1000}{1..1000}{1..1000}", "the result of a brace expansion"),
        ("log {1..100000000000}", "the result of a brace expansion"),
    ] {
        assert_eq!(stopped_by(nail, 10_000_000), what, "{nail}");
    }
}

/// Each place of the text is tried: more work than one look at it.
#[test]
fn patterns_are_charged_for_what_they_look_at() {
    let text = "a".repeat(30_000);
    assert_eq!(stopped_by(&format!("x={text}; y=${{x//a*a*b/}}"), 10_000_000), "the work of this evaluation");
}

#[test]
fn circles_of_includes_are_named() {
    for nail in ["Include self", "Include one", "source ./one"] {
        let host = MemoryHost::new()
            .with_file("foot", nail)
            .with_file("self", "Include self\n")
            .with_file("one", "Include two\n")
            .with_file("two", "Include one\n");
        let evaluation = evaluate(&host, "foot", &Settings::default());
        assert!(matches!(&*evaluation.errors[0].kind, EvalErrorKind::IncludeCycle { .. }), "{nail}");
    }
}
