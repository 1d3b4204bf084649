//! Which rules are asked: on the command line and in `toe.toml`.

use std::path::Path;

use super::{stderr, stdout, toe, toe_reading};

/// A directory with a nail of which TOE108 (style) and TOE508 (warning) find something.
fn nail() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("old")).unwrap();
    write(directory.path(), "old/a.nail", "Dir \"/srv/`arch`\"\nGroupAdd 0353 web\n");
    directory
}

fn write(directory: &Path, name: &str, text: &str) {
    std::fs::write(directory.join(name), text).unwrap();
}

/// The codes that are found, and how bad each is.
fn found(directory: &Path, words: &[&str]) -> Vec<(String, String)> {
    let mut all = vec!["lint", "--format", "json"];
    all.extend(words);
    let output = toe(directory, &all);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let findings = document["findings"].as_array().unwrap();
    findings.iter().map(|finding| (text(&finding["code"]), text(&finding["severity"]))).collect()
}

fn codes(directory: &Path, words: &[&str]) -> Vec<String> {
    found(directory, words).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn rules_are_selected_by_code_name_and_beginning() {
    let directory = nail();
    let codes = |words: &[&str]| codes(directory.path(), &[words, &["old/a.nail"]].concat());
    assert_eq!(codes(&[]), ["TOE108", "TOE508"]);
    assert_eq!(codes(&["--select", "toe108"]), ["TOE108"]);
    assert_eq!(codes(&["--select", "id-leading-zero,TOE4"]), ["TOE508"]);
    assert_eq!(codes(&["--ignore", "TOE5"]), ["TOE108"]);
    // `toe fmt` would write `$( )`.
    assert_eq!(codes(&["--select", "ALL", "--ignore", "TOE1", "--ignore", "TOE508"]), ["TOE801"]);
    assert_eq!(codes(&["--select", "TOE5,TOE108", "--ignore", "TOE50,TOE1"]), ["TOE108"]);
    let unknown = toe(directory.path(), &["lint", "--select", "backqoutes", "old"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("did you mean `backquotes`?"), "{}", stderr(&unknown));
}

#[test]
fn rules_that_are_off_are_asked_when_selected() {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), "a.nail", "Dir \"/srv/`arch`\" # toe: ignore TOE108\n");
    assert_eq!(codes(directory.path(), &["."]), Vec::<String>::new());
    assert_eq!(codes(directory.path(), &["--select", "DEFAULT,TOE904", "."]), ["TOE904"]);
    write(directory.path(), "toe.toml", "lint.select = [\"TOE9\"]\n");
    assert_eq!(codes(directory.path(), &["."]), ["TOE904"]);
}

#[test]
fn the_nearest_toe_toml_is_for_a_nail() {
    let directory = nail();
    let root = directory.path();
    write(root, "toe.toml", "[lint]\nignore = [\"TOE108\"]\n");
    assert_eq!(codes(root, &["."]), ["TOE508"]);
    assert_eq!(codes(&root.join("old"), &["a.nail"]), ["TOE508"]);
    write(root, "old/toe.toml", "[lint]\nignore = [\"TOE508\"]\n");
    assert_eq!(codes(root, &["."]), ["TOE108"]);
    assert_eq!(codes(root, &["--config", "toe.toml", "."]), ["TOE508"]);
    assert_eq!(codes(root, &["--isolated", "."]), ["TOE108", "TOE508"]);
    assert_eq!(codes(root, &["--select", "TOE508", "."]), ["TOE508"]);
    assert_eq!(toe(root, &["lint", "--config", "none.toml", "."]).status.code(), Some(2));
    let stdin = toe_reading(root, &["lint", "-", "--stdin-filename", "old/b.nail"], "GroupAdd 0353 web\n");
    assert_eq!(stdout(&stdin), "");
}

#[test]
fn files_and_severities_have_settings() {
    let directory = nail();
    let root = directory.path();
    write(root, "toe.toml", "[lint.per-file-ignores]\n\"old/**\" = [\"TOE5\"]\n");
    write(root, "new.nail", "GroupAdd 0353 web\n");
    assert_eq!(codes(root, &["old"]), ["TOE108"]);
    assert_eq!(codes(root, &["new.nail"]), ["TOE508"]);
    write(root, "toe.toml", "[lint.severity]\nbackquotes = \"error\"\nTOE5 = \"info\"\n");
    let pair = |code: &str, severity: &str| (code.to_owned(), severity.to_owned());
    assert_eq!(found(root, &["old"]), [pair("TOE108", "error"), pair("TOE508", "info")]);
    assert_eq!(toe(root, &["lint", "--fail-on", "error", "old"]).status.code(), Some(1));
}

#[test]
fn the_project_says_what_fails() {
    let directory = nail();
    let root = directory.path();
    let status = |words: &[&str]| toe(root, &[&["lint", "old"], words].concat()).status.code();
    assert_eq!(status(&[]), Some(1));
    write(root, "toe.toml", "lint.fail-on = \"error\"\n");
    assert_eq!(status(&[]), Some(0));
    assert_eq!(status(&["--fail-on", "style"]), Some(1));
    write(root, "toe.toml", "lint.fail-on = \"never\"\n[lint.severity]\nALL = \"error\"\n");
    assert_eq!(status(&[]), Some(0));
    write(root, "toe.toml", "lint.severity.ALL = \"info\"\n");
    assert_eq!((status(&["--fail-on", "style"]), status(&["--fail-on", "info"])), (Some(0), Some(1)));
}

#[test]
fn variables_of_other_tools_are_used() {
    let directory = tempfile::tempdir().unwrap();
    let foot = "REPO_FILE=a\nMREPO_URL=http://h\nBase /var/deploy/web\nDEPLOY_TO=rack7\n";
    write(directory.path(), "web.foot", foot);
    assert_eq!(codes(directory.path(), &["."]), ["TOE203"]);
    let mended = toe(directory.path(), &["lint", "--unsafe", "--fix", "--diff", "."]);
    assert!(stdout(&mended).contains("\n-DEPLOY_TO=rack7\n"), "{}", stdout(&mended));
    write(directory.path(), "toe.toml", "lint.tool-variables = [\"DEPLOY_TO\"]\n");
    assert_eq!(codes(directory.path(), &["."]), Vec::<String>::new());
}

#[test]
fn what_is_wrong_in_toe_toml_is_shown_at_its_line() {
    let directory = nail();
    write(directory.path(), "toe.toml", "[lint]\nselekt = []\nignore = [\"TOE5088\"]\n");
    let output = toe(directory.path(), &["lint", "."]);
    let text = stderr(&output);
    for part in ["toe.toml:2:1", "did you mean `select`?", "toe.toml:3:11", "did you mean `TOE508`?"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("", Some(2)));
    let json = toe(directory.path(), &["lint", "--format", "json", "."]);
    let document: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(document["error"]["code"], "toe::config::unknown_key");
}

#[test]
fn settings_are_shown_as_a_toe_toml() {
    let directory = nail();
    let root = directory.path();
    write(root, "toe.toml", "lint.ignore = [\"TOE508\"]\naccounts.reserved-uids = [\"1-99\"]\n");
    let shown =
        stdout(&toe(root, &["lint", "--show-settings", "--select", "TOE1", "--fail-on", "never", "."]));
    for part in
        ["toe.toml\n[lint]", "select = [\"TOE1\"]", "ignore = []", "fail-on = \"never\"", "[\"1-99\"]"]
    {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
    write(root, "toe.toml", &shown);
    assert_eq!(codes(root, &["."]), ["TOE108"]);
}

#[test]
fn a_run_stops_at_what_the_project_calls_an_error() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path();
    let foot =
        format!("REPO_FILE=a\nMREPO_URL=http://h\nBase {}/sock\nDir \"/srv/`arch`\"\n", root.display());
    write(root, "web.foot", &foot);
    write(root, "toe.toml", "lint.severity.TOE108 = \"error\"\n");
    let output = toe(root, &["run", "web.foot", "--offline"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("TOE108"), "{}", stderr(&output));
}

#[test]
fn order_of_arguments_and_number_of_threads_do_not_show() {
    let directory = nail();
    let root = directory.path();
    for i in 0..20 {
        write(root, &format!("n{i}.nail"), "GroupAdd 0353 web\nDir \"/`arch`\"\n");
    }
    let with = |threads: &str, paths: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_toe"))
            .args(["lint", "--format", "json"])
            .args(paths)
            .env("RAYON_NUM_THREADS", threads)
            .current_dir(root)
            .output()
            .unwrap();
        stdout(&output)
    };
    let one = with("1", &["n1.nail", "old", "./n2.nail", "n10.nail", "n2.nail"]);
    assert_eq!(one.matches("TOE508").count(), 4);
    assert_eq!(with("7", &["old", "n2.nail", "n10.nail", "n1.nail", "./n2.nail", "old"]), one);
    assert_eq!(with("7", &["."]), with("1", &["."]));
}
