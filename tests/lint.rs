//! `toe lint` from the command line: nothing to say about right nails, and what it says about wrong ones in each
//! format.

#![allow(clippy::unwrap_used, reason = "test code")]

#[path = "lint/fixes.rs"]
mod fixes;
#[path = "lint/programs.rs"]
mod programs;
#[path = "lint/sarif.rs"]
mod sarif;
#[path = "lint/settings.rs"]
mod settings;
#[path = "lint/suppressions.rs"]
mod suppressions;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn toe(directory: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_toe")).args(words).current_dir(directory).output().unwrap()
}

/// `toe` with `text` on its standard input.
fn toe_reading(directory: &Path, words: &[&str], text: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toe"));
    command.args(words).current_dir(directory);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn right_nails_are_clean() {
    let here = repository();
    let sock_nails: Vec<String> = std::fs::read_dir(here.join("tests/sock_nails"))
        .unwrap()
        .map(|entry| format!("tests/sock_nails/{}", entry.unwrap().file_name().into_string().unwrap()))
        .collect();
    // Some feet are given a directory of their test.
    let mut words = vec!["lint", "--fail-on", "style", "-D", "D=/var/deploy", "TOENAILS"];
    words.extend(sock_nails.iter().map(String::as_str));
    // Feet that fail for what their packages are, not for what they say.
    words.extend([
        "tests/messages/dead_server/foot",
        "tests/messages/file_conflict/foot",
        "tests/messages/package_missing/foot",
        "tests/messages/pre_fails/foot",
    ]);
    let output = toe(&here, &words);
    assert_eq!(stdout(&output), "");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

/// A directory with a foot that includes a nail; each has a mistake.
fn wrong_nails() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let foot = "REPO_FILE=a.repo\nMREPO_URL=http://h\nBase /var/deploy/web\nGroupAdd 353 web\nInclude more\n\
                Dir \"/srv/`arch`\"\n";
    std::fs::write(directory.path().join("web.foot"), foot).unwrap();
    std::fs::write(directory.path().join("more.nail"), "GroupAdd 353 log\n").unwrap();
    std::fs::write(directory.path().join("more"), "GroupAdd 353 log\n").unwrap();
    directory
}

#[test]
fn findings_are_shown_with_both_places_and_the_include() {
    let directory = wrong_nails();
    let output = toe(directory.path(), &["lint", "."]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    for part in ["TOE503", "first here", "more:1:10", "included from ./web.foot:5", "2 findings in 2 nails"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn the_limit_decides_the_status() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("a.nail"), "Dir \"/srv/`arch`\"\n").unwrap();
    let status = |limit: &str| toe(directory.path(), &["lint", "--fail-on", limit, "."]).status.code();
    assert_eq!((status("error"), status("warning"), status("style")), (Some(0), Some(0), Some(1)));
    assert_eq!(toe(directory.path(), &["lint", "none"]).status.code(), Some(2));
}

#[test]
fn findings_for_programs() {
    let directory = wrong_nails();
    let output = toe(directory.path(), &["lint", "--format", "json", "web.foot"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = document["findings"].as_array().unwrap();
    let codes: Vec<&str> = findings.iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["TOE503", "TOE108"]);
    assert_eq!(findings[0]["severity"], "error");
    assert_eq!(findings[0]["labels"][0]["file"], "more");
    assert_eq!(findings[0]["labels"][1]["line"], 4);
    let github = stdout(&toe(directory.path(), &["lint", "--format", "github", "web.foot"]));
    assert!(
        github.contains("::error file=more,line=1,col=10,title=TOE503::this number is taken"),
        "{github}"
    );
    assert!(github.contains("::notice file=web.foot,line=6,"), "{github}");
}

#[test]
fn a_comment_silences_one_rule_and_is_missed_when_it_does_not() {
    let directory = tempfile::tempdir().unwrap();
    let lint = |nail: &str| {
        std::fs::write(directory.path().join("a.nail"), nail).unwrap();
        stdout(&toe(directory.path(), &["lint", "."]))
    };
    assert_eq!(lint("# toe: ignore TOE108 as it was\nDir \"/srv/`arch`\"\n"), "");
    assert_eq!(lint("Dir \"/srv/`arch`\" # toe: ignore TOE108 as it was\n"), "");
    assert_eq!(lint("# toe: ignore TOE108 as it was\nDir \\\n\t\"/srv/`arch`\"\n"), "");
    assert!(lint("# toe: ignore TOE108 as it was\nDir /x\nDir \"/srv/`arch`\"\n").contains("TOE901"));
    assert!(lint("# toe: ignore TOE103 as it was\nDir \"/srv/`arch`\"\n").contains("TOE108"));
}

#[test]
fn pages_are_explained() {
    let here = repository();
    let page = stdout(&toe(&here, &["explain", "toe503"]));
    assert!(page.starts_with("# TOE503 duplicate-gid (error, fix: -)\n\n## What\n"), "{page}");
    assert!(stdout(&toe(&here, &["explain"])).contains("TOE503  error    -       duplicate-gid\n"));
    assert_eq!(stdout(&toe(&here, &["explain", "duplicate-gid"])), page);
    let accounts = stdout(&toe(&here, &["explain", "TOE50"]));
    assert!(
        accounts.lines().count() > 3 && accounts.lines().all(|line| line.starts_with("TOE50")),
        "{accounts}"
    );
    let missed = toe(&here, &["explain", "duplicate-gidd"]);
    assert_eq!(missed.status.code(), Some(2));
    assert!(stderr(&missed).contains("did you mean `duplicate-gid`?"), "{}", stderr(&missed));
    assert_eq!(toe(&here, &["explain", "TOE000"]).status.code(), Some(2));
}
