//! What surrounds a nail when `toe plan` evaluates it: other nails, the environment, programs of the machine, and
//! the ways to end. Where bash has the same, beside bash.

#![allow(clippy::unwrap_used, reason = "test code")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn files(of: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in of {
        let path = directory.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    directory
}

fn toe(directory: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_toe"))
        .args(words)
        .current_dir(directory)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", "/home/someone")
        .output()
        .unwrap()
}

fn plan(directory: &Path, words: &[&str]) -> Value {
    let mut all = vec!["plan", "--format", "json"];
    all.extend(words);
    serde_json::from_slice(&toe(directory, &all).stdout).unwrap()
}

/// The directives, a line each.
fn directives(plan: &Value) -> Vec<String> {
    let of = |d: &Value| {
        let args: Vec<&str> = d["args"].as_array().unwrap().iter().map(|a| a.as_str().unwrap()).collect();
        format!("{} {}", d["name"].as_str().unwrap(), args.join(" "))
    };
    plan["directives"].as_array().unwrap().iter().map(of).collect()
}

/// What a failed plan says.
fn message(plan: &Value) -> &str {
    plan["error"]["message"].as_str().unwrap()
}

#[test]
fn programs_of_the_machine_run_when_they_may_and_are_shown() {
    let directory =
        files(&[("web.foot", "x=$(expr 1 + 2)\nInclude more\n"), ("more", "log \"$x\" \"$(expr 3 + 4)\"\n")]);
    let refused = plan(directory.path(), &["web.foot"]);
    assert_eq!(message(&refused), "`expr` is no directive, function or command of the subset");
    assert!(refused["error"]["help"].as_str().unwrap().contains("--allow-exec"));

    let allowed = plan(directory.path(), &["--allow-exec", "web.foot"]);
    assert_eq!(directives(&allowed), ["log 3 7"]);
    let ran = &allowed["external_commands"];
    assert_eq!(ran[0]["args"], serde_json::json!(["expr", "1", "+", "2"]));
    assert_eq!(
        (&ran[0]["file"], &ran[0]["line"], &ran[0]["column"]),
        (&"web.foot".into(), &1.into(), &5.into())
    );
    assert_eq!(ran[1]["args"][3], "4");
    assert_eq!(ran[1]["included_from"], serde_json::json!([{"file": "web.foot", "line": 2}]));
    assert_eq!(ran.as_array().unwrap().len(), 2);

    let text = toe(directory.path(), &["plan", "--allow-exec", "web.foot"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("# ran on this machine: expr 1 + 2") && text.contains("# web.foot:1"), "{text}");
}

#[test]
fn a_program_gives_its_status_and_no_input() {
    let foot = "x=$(sh -c 'cat; echo out; exit 3') || log \"$x\" $?\n";
    let directory = files(&[("web.foot", foot)]);
    assert_eq!(directives(&plan(directory.path(), &["--allow-exec", "web.foot"])), ["log out 3"]);
    let directory = files(&[("web.foot", "x=$(no-such-program-here)\n")]);
    let failed = plan(directory.path(), &["--allow-exec", "web.foot"]);
    assert!(message(&failed).contains("outside"), "{failed}");
}

#[test]
fn nails_are_looked_for_here_then_beside_then_along_the_path() {
    let directory = files(&[
        ("feet/web.foot", "Include a\nInclude b\nInclude sub/c\nInclude d\n"),
        ("a", "log a here\n"),
        ("feet/a", "log a beside\n"),
        ("feet/b", "log b beside\n"),
        ("first/b", "log b first\n"),
        ("first/sub/c", "log c first; Include e\n"),
        ("first/sub/e", "log e beside c\n"),
        ("second/sub/c", "log c second\n"),
        ("second/d", "log d second\n"),
    ]);
    let found = plan(directory.path(), &["--nail-path", "first", "--nail-path", "second", "feet/web.foot"]);
    let wanted = ["log a here", "log b beside", "log c first", "log e beside c", "log d second"];
    assert_eq!(directives(&found), wanted);
    let missing = plan(directory.path(), &["--nail-path", "first", "feet/web.foot"]);
    assert_eq!(message(&missing), "cannot find the nail `d`");
    assert!(missing["error"]["help"].as_str().unwrap().contains("d, feet/d, first/d"), "{missing}");
}

#[test]
fn a_nail_sees_of_the_environment_what_it_was_given() {
    let directory =
        files(&[("web.foot", "log ~ ~/x a=~/y ${HOME:-none}\n"), ("bare.foot", "log ${HOME:-none}\n")]);
    let tilde = |words: &[&str]| plan(directory.path(), words);
    assert_eq!(
        directives(&tilde(&["--env", "HOME", "web.foot"])),
        ["log /home/someone /home/someone/x a=/home/someone/y /home/someone"]
    );
    assert_eq!(
        directives(&tilde(&["-D", "HOME=/h", "--env", "HOME", "web.foot"])),
        ["log /h /h/x a=/h/y /h"]
    );
    assert_eq!(message(&tilde(&["web.foot"])), "`HOME` is not set");
    assert_eq!(directives(&tilde(&["bare.foot"])), ["log none"]);
    assert_eq!(tilde(&["--env", "NO_SUCH", "web.foot"])["error"]["code"], "toe::env_unset");
}

/// Directives that print themselves; Include sources its file.
const STUBS: &str = "log() { printf 'log'; printf ' %s' \"$@\"; echo; }\n\
    die() { printf 'die'; printf ' %s' \"$@\"; echo; exit 1; }\n\
    Include() { local nail=$1; shift; . \"./$nail\" \"$@\"; }\nset -u\n. ./web.foot\n";

#[test]
fn a_nail_ends_where_bash_ends_it() {
    let nails = [
        ("leaves", "log in; exit 0; log never\n"),
        ("fails", "log in; exit 4\n"),
        ("returns", "log in; return 5; log never\n"),
        ("dies", "log in; die because of that\n"),
    ];
    for foot in [
        "log a; exit; log b",
        "log a; exit 0; log b",
        "log a; exit 3",
        "Include leaves; log b",
        "Include fails; log b",
        "Include returns; log $?",
        "f() { log f; exit 0; }; f; log b",
        "f() { log f; exit 7; }; f || log b",
        "x=$(echo a; exit 6; echo b); log \"$x\" $?",
        "x=$(exit 0) || log no; log b",
        "x=$(f() { exit 2; }; f; echo no) || log $?",
        "f() { return 9; log never; }; f || log $?",
        "if true; then for x in 1 2; do log $x; exit 0; done; fi; log b",
        "set -e; log a; false; log b",
        "false; exit",
        "exit 256",
        "(( 0 )); log $?; exit 0",
    ] {
        let mut all = vec![("web.foot", foot)];
        all.extend(nails);
        let directory = files(&all);
        let found = plan(directory.path(), &["web.foot"]);
        let Ok(bash) =
            Command::new("bash").args(["--norc", "-c", STUBS]).current_dir(directory.path()).output()
        else {
            assert!(std::env::var_os("TOE_ORACLES").is_none_or(|v| v != "required"), "bash is missing");
            return;
        };
        let wanted = String::from_utf8(bash.stdout).unwrap();
        assert_eq!(bash.status.success(), found.get("error").is_none(), "{foot}: {found}");
        if bash.status.success() {
            assert_eq!(directives(&found), wanted.lines().collect::<Vec<_>>(), "{foot}");
        }
    }
}

#[test]
fn a_death_is_in_the_plan_and_stops_a_run() {
    let foot = "REPO_FILE=a.repo\nMREPO_URL=http://h\nBase /var/deploy/web\nlog a\nInclude dies\nlog b\n";
    let repository = "[r]\nname=r\nbaseurl=http://h\ngpgcheck=0\n";
    let directory = files(&[("web.foot", foot), ("dies", "die because of that\n"), ("a.repo", repository)]);
    let found = directives(&plan(directory.path(), &["web.foot"]));
    assert_eq!(found, ["Base /var/deploy/web", "log a", "die because of that"]);
    let run = toe(directory.path(), &["run", "web.foot"]);
    assert!(!run.status.success());
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("because of that") && said.contains("dies:1"), "{said}");
}

#[test]
fn long_lines_are_named_and_not_drawn() {
    let foot = format!("log {}(\n", "a ".repeat(100_000));
    let directory = files(&[("web.foot", &foot)]);
    for words in [&["plan", "web.foot"][..], &["lint", "web.foot"], &["fmt", "web.foot"]] {
        let output = toe(directory.path(), words);
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(matches!(output.status.code(), Some(1 | 2)), "{words:?} {:?}", output.status);
        assert!(said.contains("web.foot:1:200005") && said.len() < 2000, "{words:?}: {}", said.len());
    }
}
