//! What evaluation refuses, with its code, its place and its help.

// A test may end in a panic.
#![allow(clippy::unwrap_used)]

use toe_eval::{Evaluation, MemoryHost, Settings, evaluate, required_checks};

/// `CODE FILE:LINE:COLUMN message (help)` of every error, further places behind it.
fn errors_of(evaluation: &Evaluation) -> Vec<String> {
    evaluation
        .errors
        .iter()
        .map(|error| {
            let found = error.diagnostic();
            let place = |span| {
                let at = evaluation.sources.start(span);
                format!("{}:{}:{}", evaluation.sources.file(span.source).name, at.line, at.column)
            };
            let labels: Vec<String> = found.labels.iter().map(|l| place(l.span)).collect();
            let chain: Vec<String> = found.included_from.iter().map(|s| place(*s)).collect();
            let from = if chain.is_empty() { String::new() } else { format!(" from {}", chain.join(" ")) };
            format!("{} {}{from}: {}", found.code, labels.join(" "), found.message)
        })
        .collect()
}

fn run(nail: &str) -> Evaluation {
    let host = MemoryHost::new()
        .with_file("foot", nail)
        .with_file("loop/a", "Include loop/b\n")
        .with_file("loop/b", "\nInclude a\n")
        .with_file("wrong", "log x\n  Rpm\n")
        .with_file("self", "Include self\n")
        .with_file("crlf", "log x\r\n")
        .with_file("broken", "if true; then\n");
    evaluate(&host, "foot", &Settings::default())
}

fn first_error(nail: &str) -> String {
    let evaluation = run(nail);
    assert!(evaluation.status == 2 && evaluation.plan.is_none(), "{nail} was not refused");
    errors_of(&evaluation).into_iter().next().unwrap()
}

#[test]
fn wrong_nails_are_refused_at_their_place() {
    for (nail, wanted) in [
        ("log a\nlog $nope", "toe::eval::unset_variable foot:2:5: `nope` is not set"),
        (
            "Inclde x",
            "toe::eval::unknown_command foot:1:1: `Inclde` is no directive, function or command of the subset",
        ),
        ("Base", "toe::eval::bad_argument foot:1:1: Base takes 1 word, here are 0"),
        (
            "GroupAdd 353x app",
            "toe::eval::bad_argument foot:1:10: `353x` is not a GID (a number from 0 to 4294967294)",
        ),
        ("Include nope", "toe::eval::include_not_found foot:1:9: cannot find the nail `nope`"),
        (
            "Include wrong",
            "toe::eval::bad_argument wrong:2:3 from foot:1:9: Rpm takes at least 1 word, here are 0",
        ),
        (
            "Base /a\nBase /b",
            "toe::eval::second_sock_dir foot:2:6 foot:1:6: SOCK_DIR is `/a` and cannot become `/b`: it has one value in a run",
        ),
        (
            "Base /a\nSOCK_DIR=/b",
            "toe::eval::second_sock_dir foot:2:1 foot:1:6: SOCK_DIR is `/a` and cannot become `/b`: it has one value in a run",
        ),
        ("readonly x=1\nx=2", "toe::eval::readonly foot:2:1 foot:1:10: `x` is read-only"),
        ("log $((1/0))", "toe::eval::arithmetic foot:1:5: arithmetic `1/0`: division by zero"),
        ("log ${x:?give it}", "toe::eval::required_value foot:1:5: `x`: give it"),
        ("eval log", "toe::eval::not_in_subset foot:1:1: bash's built-in `eval` is not in the subset"),
        (
            "log ${RANDOM:-1}",
            "toe::eval::not_in_subset foot:1:5: `$RANDOM`, a variable of the shell itself, is not in the subset",
        ),
        (
            "log $(printf '\\xff')",
            "toe::eval::not_utf8 foot:1:5: a command substitution yields bytes that are not UTF-8 text",
        ),
        (
            "x=$(Rpm a)",
            "toe::eval::not_in_subset foot:1:5: the directive Rpm inside a command substitution is not in the subset",
        ),
        (
            "[[ a == $(echo '@(a|b)') ]]",
            "toe::eval::not_in_subset foot:1:9: an extended pattern such as `@(a|b)` is not in the subset",
        ),
        (
            "echo x >/tmp/file",
            "toe::syntax::not_in_subset foot:1:8: the redirection `>/tmp/file` is not part of the nail language",
        ),
    ] {
        let got = first_error(nail);
        // Some constructs are the parser's to refuse; their place is the same.
        assert_eq!(got, wanted, "{nail}");
    }
}

#[test]
fn a_cycle_prints_its_chain() {
    let evaluation = run("Include loop/a");
    let error = &evaluation.errors[0];
    assert_eq!(
        error.to_string(),
        "`loop/a` includes itself: loop/a:1 includes loop/b, loop/b:2 includes loop/a"
    );
    assert_eq!(
        errors_of(&evaluation)[0].split(": ").next().unwrap(),
        "toe::eval::include_cycle loop/b:2:9 loop/a:1:9 from foot:1:9 loop/a:1:9"
    );
    assert!(run("Include self").errors[0].to_string().ends_with("self:1 includes self"));
    let twice = run("Include wrong2; Include wrong2");
    assert_eq!(twice.errors.len(), 1);
}

#[test]
fn syntax_errors_of_included_files_are_reported_there() {
    let evaluation = run("Include broken");
    let got = errors_of(&evaluation);
    assert!(got[0].starts_with("toe::syntax::") && got[0].contains("from foot:1:9"), "{got:?}");
    let got = errors_of(&run("Include crlf"));
    assert!(got[0].starts_with("toe::syntax::carriage_return crlf:1:6"), "{got:?}");
}

#[test]
fn limits_stop_what_does_not_end() {
    let chain = |n: usize| (0..n).map(|i| format!("x{}=$x{i}$x{i}", i + 1)).collect::<Vec<_>>().join("; ");
    for (nail, what) in [
        ("while :; do :; done".to_owned(), "10000000 steps"),
        ("f() { f; }; f".to_owned(), "256"),
        ("x=a; while :; do x=$x$x; done".to_owned(), "1048576 bytes"),
        (format!("x0=aaaaaaaa; {}", chain(40)), "1048576 bytes"),
        (
            "i=0; x=$(printf '%1000000s' x); while :; do a[i]=$x; i=$((i+1)); done".to_owned(),
            "67108864 bytes",
        ),
        ("log {1..99999999999}".to_owned(), "characters"),
        ("log {1..1000}{1..1000}{1..1000}".to_owned(), "characters"),
        ("log $(seq 99999999999)".to_owned(), "numbers"),
        ("while :; do log x; done".to_owned(), "134217728 bytes"),
        ("x=y; y=x; log $((x))".to_owned(), "4096"),
        ("f() { log $(f); }; f".to_owned(), "256"),
        ("printf '%99999999d' 1".to_owned(), "1048576 bytes"),
        ("x=$(printf '%900000s' a); log ${x//?/bbbbbbbbbb}".to_owned(), "1048576 bytes"),
        ("x=$(printf '%900000s' a); while :; do y=${x##*a*b*c*d*e}; done".to_owned(), "steps"),
    ] {
        let begun = std::time::Instant::now();
        let got = first_error(&nail);
        assert!(got.starts_with("toe::eval::limit") && got.contains(what), "{nail}: {got}");
        assert!(begun.elapsed().as_secs() < 60, "{nail} took {:?}", begun.elapsed());
    }
}

#[test]
fn include_depth_is_limited() {
    let mut host = MemoryHost::new();
    for i in 0..70 {
        host = host.with_file(format!("n{i}"), format!("Include n{}\n", i + 1));
    }
    let got = errors_of(&evaluate(&host, "n0", &Settings::default()));
    assert!(got[0].starts_with("toe::eval::limit n64:1:9"), "{got:?}");
}

#[test]
fn exits_and_deaths_keep_the_plan() {
    let evaluation = run("log a\nexit 3\nlog b");
    assert_eq!((evaluation.status, evaluation.plan.as_ref().unwrap().directives.len()), (3, 1));
    assert_eq!(errors_of(&evaluation), ["toe::eval::exit foot:2:1: the nail ends with `exit 3`"]);
    let evaluation = run("set -e\nfalse\nlog b");
    assert_eq!(evaluation.status, 1);
    assert_eq!(
        errors_of(&evaluation),
        ["toe::eval::command_failed foot:2:1: a command failed with status 1 under `set -e`"]
    );
    let evaluation = run("die gone wrong\nlog b");
    assert_eq!((evaluation.status, evaluation.errors.len()), (1, 0));
    assert_eq!(evaluation.plan.unwrap().directives[0].args, ["gone", "wrong"]);
}

#[test]
fn the_plan_of_a_foot() {
    let host = MemoryHost::new()
        .with_package("shadow-utils-4")
        .with_file("d/foot", "REPO_FILE=/r\nMREPO_URL=${MREPO_URL:-http://h}\nPACKAGE=p\nInclude base ${SOCK_DIR:-/var/x}\nif PkgCheck bash; then log has; fi\nPkgCheck zsh || log hasnt\nPkgCheck shadow-utils-4 && log in\nShadowCheck\n")
        .with_file("d/base", "Base \"$1\"\nRpm ${MREPO_URL}/bash-5.2-1.x86_64.rpm\nWrite /etc/motd 644 <<EOF\nhello ${PACKAGE} \"$1\" \\$x\nEOF\n")
        .with_file("TOENAILS/shadow-utils", "Rpm /x/shadow-utils-4-1.x86_64.rpm\n");
    let settings = Settings {
        root: Some("/srv/r".to_owned()),
        defines: vec![("MREPO_URL".to_owned(), "http://m".to_owned())],
        ..Settings::default()
    };
    let evaluation = evaluate(&host, "d/foot", &settings);
    assert!(evaluation.errors.is_empty(), "{:?}", errors_of(&evaluation));
    let plan = evaluation.plan.unwrap();
    assert_eq!(plan.sock_dir, "/srv/r");
    assert!(required_checks(&plan).is_empty());
    let lines: Vec<String> = plan
        .directives
        .iter()
        .map(|d| {
            let from: Vec<String> = d.included_from.iter().map(ToString::to_string).collect();
            format!("{} {} @{} {}", d.name.as_str(), d.args.join(" "), d.place, from.join(" "))
                .trim_end()
                .to_owned()
        })
        .collect();
    assert_eq!(
        lines,
        [
            "Base /srv/r @d/base:1:1 d/foot:4",
            "Rpm http://m/bash-5.2-1.x86_64.rpm @d/base:2:1 d/foot:4",
            "Write /etc/motd 644 @d/base:3:1 d/foot:4",
            "log has @d/foot:5:24",
            "log hasnt @d/foot:6:17",
            "log in @d/foot:7:28",
            "Rpm /x/shadow-utils-4-1.x86_64.rpm @TOENAILS/shadow-utils:1:1 d/foot:8",
        ]
    );
    let toe_plan::Step::Write { content, .. } = &plan.directives[2].step else { panic!("Write") };
    assert_eq!(content, "hello p \"/srv/r\" $x\n");
    let files: Vec<&str> = plan.inputs.iter().map(|i| i.file.as_str()).collect();
    assert_eq!(files, ["d/foot", "d/base", "TOENAILS/shadow-utils"]);
    assert_eq!(plan.variables.len(), 4);
}

#[test]
fn required_variables() {
    let plan = run("REPO_FILE=x").plan.unwrap();
    let names: Vec<String> = required_checks(&plan).iter().map(ToString::to_string).collect();
    assert_eq!(names, ["`MREPO_URL` is not set, and a run needs it"]);
}
