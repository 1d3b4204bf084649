//! Programs of the machine: lint lists what `--allow-exec` would run, and never runs it.

use std::path::Path;

use super::{stdout, toe};

fn write(directory: &Path, name: &str, text: &str) {
    std::fs::write(directory.join(name), text).unwrap();
}

const FOOT: &str = "REPO_FILE=repo\nMREPO_URL=https://mirror.test/\nBase /var/deploy/web\n\
                    x=$(touch ran && expr 1 + 2)\nInclude more\nif PkgCheck none; then\n\tlog \"$(lsblk --json)\"\nfi\nlog \"$x\"\n";

fn directory() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), "web.foot", FOOT);
    write(directory.path(), "more", "f() { hostname -f; }\nlog \"$(f)\"\n");
    directory
}

/// Code, severity, file and text of each finding about programs.
fn programs(directory: &Path, words: &[&str]) -> Vec<String> {
    let mut all = vec!["lint", "--format", "json"];
    all.extend(words);
    let document: serde_json::Value = serde_json::from_str(&stdout(&toe(directory, &all))).unwrap();
    let mut found = Vec::new();
    for finding in document["findings"].as_array().unwrap() {
        let label = &finding["labels"][0];
        let (file, line) = (label["file"].as_str().unwrap(), label["line"].as_u64().unwrap());
        let code = finding["code"].as_str().unwrap();
        found.push(format!("{code} {} {file}:{line}", finding["severity"].as_str().unwrap()));
    }
    found
}

#[test]
fn they_are_listed_in_every_branch_and_not_run() {
    let directory = directory();
    let root = directory.path();
    let listed =
        ["TOE714 info more:1", "TOE714 info web.foot:4", "TOE714 info web.foot:4", "TOE714 info web.foot:7"];
    assert_eq!(programs(root, &["--allow-exec", "web.foot"]), listed);
    assert_eq!(toe(root, &["lint", "--allow-exec", "--fail-on", "style", "web.foot"]).status.code(), Some(0));
    assert_eq!(toe(root, &["lint", "--allow-exec", "--fix", "--unsafe", "web.foot"]).status.code(), Some(0));
    assert_eq!(toe(root, &["lint", "--allow-exec", "--online", "web.foot"]).status.code(), Some(0));
    assert!(!root.join("ran").exists());

    // The project may say so too.
    write(root, "toe.toml", "lint.allow-exec = true\n");
    assert_eq!(programs(root, &["web.foot"]), listed);
    assert!(!root.join("ran").exists());
    // The evaluation does run them, so the test would have seen it.
    let _ = toe(root, &["plan", "--allow-exec", "web.foot"]);
    assert!(root.join("ran").exists());
}

#[test]
fn without_leave_they_are_errors() {
    let directory = directory();
    let found = programs(directory.path(), &["web.foot"]);
    assert!(found.contains(&"TOE026 error web.foot:4".to_owned()), "{found:?}");
    assert!(!found.iter().any(|finding| finding.starts_with("TOE714")), "{found:?}");
    assert!(!directory.path().join("ran").exists());
}

#[test]
fn a_run_looks_for_mistakes_in_the_plan_it_has() {
    let directory = tempfile::tempdir().unwrap();
    let foot = "REPO_FILE=repo\nMREPO_URL=https://mirror.test/\nBase /var/deploy/web\n\
                name=$(sh -c 'echo once >> times; echo /etc/passwd')\nSymlink \"$name\" srv/web\n";
    write(directory.path(), "web.foot", foot);
    write(directory.path(), "repo", "[a]\nbaseurl=https://mirror.test/\n");
    let output = toe(directory.path(), &["run", "--allow-exec", "web.foot"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("TOE611"), "{said}");
    assert_eq!(std::fs::read_to_string(directory.path().join("times")).unwrap(), "once\n");
}
