//! Nails in the manner of SOCK, the shell tool before `toe`, mean what they meant: `toe plan` lists the
//! words that bash lists when the directives are functions that print their arguments.
#![allow(clippy::unwrap_used)] // a test's unwrap is its failure

mod oracle;

use std::path::{Path, PathBuf};
use std::process::Command;

const STUBS: &str = r#"
set -u
show() { printf '%s\0' "$@" $'\x01'; }
for d in Base Rpm GpgImport GroupAdd UserAdd Gecos Mknod Symlink log; do eval "$d() { show $d \"\$@\"; }"; done
die() { show die "$@"; exit 1; }
Include() { local f=$1; shift; source "./$f" "$@"; }
source ./test.foot
"#;

fn nails() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/sock_nails")
}

fn bash_argv() -> Vec<Vec<String>> {
    let out = Command::new("bash")
        .args(["-c", STUBS])
        .current_dir(nails())
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let mut lines = vec![Vec::new()];
    for word in String::from_utf8(out.stdout).unwrap().split_terminator('\0') {
        match word {
            "\x01" => lines.push(Vec::new()),
            word => lines.last_mut().unwrap().push(word.to_owned()),
        }
    }
    lines.pop();
    lines
}

fn plan() -> serde_json::Value {
    let out = Command::new(env!("CARGO_BIN_EXE_toe"))
        .args(["plan", "--format", "json", "test.foot"])
        .current_dir(nails())
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
    serde_json::from_slice(&out.stdout).unwrap()
}

#[test]
fn a_foot_of_sock_has_the_words_that_bash_gives_it() {
    if !oracle::programs(&["bash"]) {
        return;
    }
    let plan = plan();
    let ours: Vec<Vec<String>> = plan["directives"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| {
            let args = d["args"].as_array().unwrap().iter().map(|a| a.as_str().unwrap().to_owned());
            std::iter::once(d["name"].as_str().unwrap().to_owned()).chain(args).collect()
        })
        .collect();
    let theirs = bash_argv();
    assert!(theirs.len() > 15, "bash listed {} lines", theirs.len());
    assert_eq!(ours, theirs);
}

#[test]
fn the_plan_says_where_everything_stands() {
    let plan = plan();
    assert_eq!(plan["version"], 1);
    assert_eq!(plan["foot"], "test.foot");
    assert_eq!(plan["sock_dir"], "/var/sl62-base");
    assert_eq!(plan["variables"]["PACKAGE"], "sock-test");
    let null = plan["directives"].as_array().unwrap().iter().find(|d| d["name"] == "Mknod").unwrap();
    assert_eq!(null["args"], serde_json::json!(["c", "1", "3", "null"]));
    assert_eq!((&null["line"], &null["column"]), (&2.into(), &2.into()));
    assert_eq!(null["included_from"], serde_json::json!([{"file": "test.foot", "line": 11}]));
    assert!(null["file"].as_str().unwrap().ends_with("standard-devs"));
    let files: Vec<_> =
        plan["inputs"].as_array().unwrap().iter().map(|i| i["file"].as_str().unwrap()).collect();
    assert_eq!(files.len(), 4, "{files:?}");
    assert!(plan["inputs"][0]["sha256"].as_str().unwrap().len() == 64);
}
