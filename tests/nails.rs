//! The nails of `tests/nails`, written as a site writes them: bash and `toe` read the same words in them,
//! `toe lint` has nothing to say, and `toe fmt` keeps their meaning.
#![allow(clippy::unwrap_used)] // a test's unwrap is its failure

mod oracle;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Directives as functions that print their words and, for Write, its text. Include looks where `toe`
/// looks; PkgCheck knows the packages of the Rpm lines before it.
const STUBS: &str = r#"
set -u
exec 3>&1 1>/dev/null
show() { builtin printf '%s\0' "$@" $'\x01' >&3; }
for d in Base GpgImport GroupAdd UserAdd Gecos Mknod Symlink Copy Dir Link Exec Service log; do
	builtin eval "$d() { show $d \"\$@\"; }"
done
die() { show die "$@"; builtin exit 1; }
Write() { show Write "$@" "$(command cat; builtin printf .)"; }
__rpms=' '
Rpm() { show Rpm "$@"; __rpms+="${1##*/} "; }
PkgCheck() {
	local __file __n __arch
	for __file in $__rpms; do
		__n=${__file%.rpm} __arch=${__file%.rpm}
		__arch=${__arch##*.} __n=${__n%.*}
		case $1 in "$__n" | "${__n%-*}" | "${__n%-*-*}" | "$__n.$__arch" | "${__n%-*-*}.$__arch") return 0 ;; esac
	done
	return 1
}
Include() {
	local __nail=$1 __from=${BASH_SOURCE[1]}
	shift
	[ -f "$__nail" ] || __nail=${__from%/*}/$__nail
	source "$__nail" "$@"
}
ShadowCheck() { PkgCheck shadow-utils || Include TOENAILS/shadow-utils; }
unset d
source "$0"
"#;

type Words = Vec<String>;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/nails").canonicalize().unwrap()
}

/// Every file below `directory`, relative to it, sorted.
fn files(directory: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![directory.to_owned()];
    while let Some(next) = left.pop() {
        for entry in std::fs::read_dir(&next).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                left.push(entry);
            } else {
                found.push(entry.strip_prefix(directory).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

fn feet(directory: &Path) -> Vec<String> {
    files(directory)
        .into_iter()
        .filter(|name| Path::new(name).extension().is_some_and(|e| e == "foot"))
        .collect()
}

/// What is no nail, but copied or read by one.
fn is_data(name: &str) -> bool {
    name == "README.md" || name.contains("/files/") || name.contains("/lists/")
}

fn toe(directory: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_toe")).args(words).current_dir(directory).output().unwrap()
}

fn plan(directory: &Path, foot: &str) -> serde_json::Value {
    let out = toe(directory, &["plan", "--format", "json", foot]);
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "{foot}: {text}{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_str(&text).unwrap()
}

/// Name, words and text of each directive of a plan.
fn directives(plan: &serde_json::Value) -> Vec<Words> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    plan["directives"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| {
            let mut words = vec![text(&d["name"])];
            words.extend(d["args"].as_array().unwrap().iter().map(text));
            words.extend(d.get("content").map(|c| text(c) + "."));
            words
        })
        .collect()
}

fn bash(directory: &Path, foot: &str) -> Vec<Words> {
    let out = Command::new("bash")
        .args(["--norc", "-c", STUBS, foot])
        .current_dir(directory)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success() && message.is_empty(), "{foot}: {} {message}", out.status);
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

#[test]
fn there_are_many_and_every_one_is_used() {
    let directory = corpus();
    let mut used = BTreeSet::new();
    for foot in feet(&directory) {
        for input in plan(&directory, &foot)["inputs"].as_array().unwrap() {
            let path = directory.join(input["file"].as_str().unwrap()).canonicalize().unwrap();
            used.insert(path.strip_prefix(&directory).unwrap().to_str().unwrap().to_owned());
        }
    }
    let nails: BTreeSet<String> = files(&directory).into_iter().filter(|name| !is_data(name)).collect();
    assert!(nails.len() >= 50, "{} nails", nails.len());
    let idle: Vec<_> = nails.difference(&used).collect();
    assert!(idle.is_empty(), "no foot includes {idle:?}");
}

#[test]
fn bash_reads_the_same_words() {
    if !oracle::programs(&["bash"]) {
        return;
    }
    let directory = corpus();
    for foot in feet(&directory) {
        let (ours, theirs) = (directives(&plan(&directory, &foot)), bash(&directory, &foot));
        assert!(theirs.len() > 5, "{foot}: bash listed {} directives", theirs.len());
        for (n, (our, their)) in ours.iter().zip(&theirs).enumerate() {
            assert_eq!(our, their, "{foot}: directive {n}, ours left, bash's right");
        }
        assert_eq!(ours.len(), theirs.len(), "{foot}");
    }
}

#[test]
fn lint_finds_nothing() {
    let out = toe(&corpus(), &["lint", "--fail-on", "style", "."]);
    let text = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert_eq!(text, "");
    assert_eq!(out.status.code(), Some(0));
}

#[test]
fn formatting_keeps_the_plan_and_is_done_once() {
    let original = corpus();
    let scratch = tempfile::tempdir().unwrap();
    let copy = scratch.path();
    let all = files(&original);
    for name in &all {
        std::fs::create_dir_all(copy.join(name).parent().unwrap()).unwrap();
        std::fs::copy(original.join(name), copy.join(name)).unwrap();
    }
    let nails: Vec<&str> = all.iter().map(String::as_str).filter(|name| !is_data(name)).collect();
    let out = toe(copy, &[&["fmt"], &nails[..]].concat());
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let again = toe(copy, &[&["fmt", "--check"], &nails[..]].concat());
    assert_eq!(again.status.code(), Some(0), "{}", String::from_utf8_lossy(&again.stdout));
    let changed = nails
        .iter()
        .filter(|n| std::fs::read(copy.join(n)).unwrap() != std::fs::read(original.join(n)).unwrap());
    assert!(changed.count() > 5, "the nails must not all be formatted already, or nothing is tried");
    for foot in feet(&original) {
        let (before, after) = (plan(&original, &foot), plan(copy, &foot));
        assert_eq!(directives(&before), directives(&after), "{foot}");
        for part in ["sock_dir", "variables"] {
            assert_eq!(before[part], after[part], "{foot}: {part}");
        }
    }
}
