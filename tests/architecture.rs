//! What the compiler does not check of docs/ARCHITECTURE.md: the edges between crates and the
//! invariants that can be read off the text of the code. Each rule is a function from data to
//! findings, so that each is also shown to find what it is for.

#![allow(clippy::unwrap_used, reason = "test code")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Modules that may hold `unsafe`, each for system calls that no safe crate offers.
const UNSAFE_MODULES: &[&str] = &[
    "crates/toe-install/src/sandbox/syscall.rs",
    // The example daemon is no part of toe: it is one file without any library.
    "crates/toe/example/sleepd.rs",
];

/// Uses of path-based changes where a SOCK is made, with the reason why each is no danger to it.
const PATH_USES: &[PathUse] = &[
    PathUse {
        file: "crates/toe-install/src/sandbox/mounts.rs",
        calls: &["CWD", "fs::chmod", "fs::mkdir", "fs::rmdir", "fs::symlink"],
        reason: "runs after pivot_root in namespaces of its own: `/` is the SOCK there, and `/dev` a fresh tmpfs",
    },
    PathUse {
        file: "crates/toe-install/src/sandbox/supervisor.rs",
        calls: &["fs::mkdir", "fs::unlink"],
        reason: "the scriptlet's own file, made and removed after the same pivot_root",
    },
    PathUse {
        file: "crates/toe-install/src/lua/posix.rs",
        calls: &[
            "unistd::mkdir",
            "fs::remove_dir",
            "unistd::unlink",
            "unistd::mkfifo",
            "fs::symlink",
            "fs::hard_link",
            "fs::set_permissions",
            "fs::chown",
        ],
        reason: "what Lua scriptlets may call: it runs in the sandbox, after the same pivot_root",
    },
    PathUse {
        file: "crates/toe-install/src/host_link.rs",
        calls: &["fs::symlink", "fs::rename", "fs::remove_file"],
        reason: "the links of Symlink lines are the host's own, and their paths are those of the foot",
    },
    PathUse {
        file: "crates/toe-install/src/sew.rs",
        calls: &["fs::create_dir", "fs::remove_dir"],
        reason: "the directories above SOCK_DIR, which no package names",
    },
    PathUse {
        file: "crates/toe-install/src/sock_dir.rs",
        calls: &["CWD"],
        reason: "opens SOCK_DIR and the directory above it, by the path of the foot, to check and hold them",
    },
    PathUse {
        file: "crates/toe-root/src/root.rs",
        calls: &["CWD"],
        reason: "opens the root itself, the one path of the host that makes a handle",
    },
    PathUse {
        file: "crates/toe-root/src/dir.rs",
        calls: &["CWD"],
        reason: "names an open file by its /proc/self/fd, as linkat(2) asks for; the new name is below a handle",
    },
];

struct PathUse {
    file: &'static str,
    calls: &'static [&'static str],
    reason: &'static str,
}

/// Calls that change a file system by path, or open files by path for writing.
const PATH_CALLS: &[&str] = &[
    "fs::write",
    "fs::mkdir",
    "fs::rmdir",
    "fs::unlink",
    "fs::chmod",
    "fs::mknod",
    "fs::link",
    "CWD",
    "AT_FDCWD",
    "fs::create_dir",
    "fs::create_dir_all",
    "fs::remove_file",
    "fs::remove_dir",
    "fs::remove_dir_all",
    "fs::rename",
    "fs::copy",
    "fs::hard_link",
    "fs::soft_link",
    "fs::symlink",
    "fs::set_permissions",
    "fs::chown",
    "fs::lchown",
    "fs::DirBuilder",
    "DirBuilder::new",
    "File::create",
    "File::create_new",
    "File::options",
    "OpenOptions",
    "libc::open",
    "libc::creat",
    "libc::mkdir",
    "libc::unlink",
    "libc::rmdir",
    "libc::rename",
    "libc::chmod",
    "libc::chown",
    "libc::lchown",
    "libc::link",
    "libc::symlink",
    "libc::mknod",
    "libc::truncate",
    "unistd::mkdir",
    "unistd::unlink",
    "unistd::chown",
    "unistd::mkfifo",
    "unistd::truncate",
    "stat::mknod",
];

/// What only the binary may do.
const BINARY_ONLY: &[&str] =
    &["println!", "eprintln!", "print!", "eprint!", "dbg!", "process::exit", "process::abort", "env::"];

/// Names that say nothing of what is in a file.
const NAMELESS: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "shared"];

// ---------------------------------------------------------------------------- the rules

/// The crates of the page's table and what each may use; `None` is everything.
fn table(page: &str) -> BTreeMap<String, Option<BTreeSet<String>>> {
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<_> =
            line.strip_prefix('|')?.trim_end().strip_suffix('|')?.split('|').map(str::trim).collect();
        let [_, name, _, uses] = cells.try_into().ok()?;
        let name = name.strip_prefix('`')?.strip_suffix('`')?.to_owned();
        let uses = (uses != "all").then(|| uses.split_whitespace().map(|u| format!("toe-{u}")).collect());
        Some((name, uses))
    });
    rows.collect()
}

/// Edges (user, used) that the table does not have.
fn wrong_edges(page: &str, edges: &[(String, String)]) -> Vec<String> {
    let table = table(page);
    let mut found = Vec::new();
    for (user, used) in edges {
        match table.get(user) {
            None => found.push(format!("{user} is not in the table")),
            Some(Some(uses)) if used.starts_with("toe") && !uses.contains(used) => {
                found.push(format!("{user} must not use {used}"));
            }
            _ => {}
        }
        if used == "rpm" && user != "toe-rpm" {
            found.push(format!("{user} names the rpm crate, which only toe-rpm may"));
        }
    }
    found
}

/// Calls by path, except those that are allowed.
fn path_calls(file: &str, text: &str, allowed: &[PathUse]) -> Vec<String> {
    let code = code_of(text);
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        for call in PATH_CALLS {
            let excused =
                allowed.iter().any(|a| a.file == file && a.calls.contains(call) && !a.reason.is_empty());
            if has_name(line, call) && !excused {
                found.push(format!("{file}:{}: {call}", number + 1));
            }
        }
        // An import of the bare function would hide its calls from the rule above.
        if let Some((_, names)) = line.split_once("use std::fs::") {
            for call in PATH_CALLS.iter().filter_map(|c| c.strip_prefix("fs::")) {
                if has_name(names, call) && !names.contains(&format!("fs::{call}")) {
                    found.push(format!("{file}:{}: import of fs::{call}", number + 1));
                }
            }
        }
    }
    found
}

fn unsafe_code(file: &str, text: &str, allowed: &[&str]) -> Vec<String> {
    let lines = code_of(text);
    let hits = lines
        .lines()
        .enumerate()
        .filter(|(_, line)| has_name(line, "unsafe") || has_name(line, "unsafe_code"));
    hits.filter(|_| !allowed.contains(&file)).map(|(n, _)| format!("{file}:{}: unsafe", n + 1)).collect()
}

fn nameless(path: &str) -> Option<String> {
    let parts = Path::new(path).iter().filter_map(|p| Path::new(p).file_stem()?.to_str());
    parts.into_iter().find(|p| NAMELESS.contains(p)).map(|p| format!("{path}: `{p}` is no name"))
}

fn binary_only(file: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in code_of(text).lines().enumerate() {
        for word in BINARY_ONLY {
            // What the compiler was built for is no environment.
            let line = line.replace("env::consts", "");
            if has_name(&line, word) {
                found.push(format!("{file}:{}: {word}", number + 1));
            }
        }
    }
    found
}

// ---------------------------------------------------------------------------- reading code

/// The code without comments, without the contents of strings, and without the tests at its end;
/// lines keep their numbers.
fn code_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = string_length(rest, out.chars().next_back()) {
            length
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        let (gone, after) = rest.split_at(skipped);
        out.extend(gone.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    let tests = out.find("#[cfg(test)]\nmod tests {").unwrap_or(out.len());
    out.truncate(tests);
    out
}

/// The length of the string or character literal that `rest` begins with.
fn string_length(rest: &str, before: Option<char>) -> Option<usize> {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if let Some(raw) = rest.strip_prefix('r').filter(|_| !in_word || before == Some('b')) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            return raw[hashes + 1..].find(&end).map(|at| 1 + hashes + 1 + at + end.len());
        }
    }
    if rest.starts_with('"') {
        return Some(closing(rest, '"'));
    }
    // A lifetime is no literal: that has its other quote after one character or one escape.
    let literal = rest.strip_prefix('\'')?;
    let mut chars = literal.chars();
    match chars.next()? {
        '\\' => Some(closing(rest, '\'')),
        c if chars.next() == Some('\'') => Some(2 + c.len_utf8()),
        _ => None,
    }
}

fn closing(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (i, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return i + 1,
            _ => {}
        }
    }
    rest.len()
}

/// True when `name` stands in `line` and is not part of a longer name.
fn has_name(line: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let open_end = name.ends_with(|c| !word(c));
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + name.len()..].chars().next();
        !before.is_some_and(word) && (open_end || !after.is_some_and(word))
    })
}

// ---------------------------------------------------------------------------- the workspace

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Files below a directory of the workspace, as paths relative to its root.
fn files(below: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![PathBuf::from(below)];
    while let Some(directory) = left.pop() {
        let Ok(entries) = fs::read_dir(root().join(&directory)) else { continue };
        for entry in entries.map(Result::unwrap) {
            let path = directory.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                left.push(path);
            } else {
                found.push(path.to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

fn rust_files(below: &str) -> Vec<(String, String)> {
    let files = files(below).into_iter().filter(|f| Path::new(f).extension().is_some_and(|e| e == "rs"));
    files.map(|f| (f.clone(), fs::read_to_string(root().join(f)).unwrap())).collect()
}

/// Files of the libraries: `crates/toe-*/src`.
fn library_files() -> Vec<(String, String)> {
    let of_library = |f: &str| f.starts_with("crates/toe-") && f.split('/').nth(2) == Some("src");
    rust_files("crates").into_iter().filter(|(f, _)| of_library(f)).collect()
}

fn none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn crates_use_what_the_table_allows() {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(root());
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut edges = Vec::new();
    let packages = metadata["packages"].as_array().unwrap();
    for package in packages {
        let user = package["name"].as_str().unwrap();
        for dependency in package["dependencies"].as_array().unwrap() {
            // Tests of a crate may look further than its code.
            if dependency["kind"].as_str() != Some("dev") {
                edges.push((user.to_owned(), dependency["name"].as_str().unwrap().to_owned()));
            }
        }
    }
    let page = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    none(wrong_edges(&page, &edges));
    let named: BTreeSet<String> = table(&page).into_keys().collect();
    let there: BTreeSet<String> = packages.iter().map(|p| p["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(named, there, "the table has every crate, and no other");
}

#[test]
fn a_sock_is_changed_through_its_handle_only() {
    let makers = ["crates/toe-install/src/", "crates/toe-pack/src/", "crates/toe-root/src/"];
    let all = library_files();
    let makers = all.iter().filter(|(f, _)| makers.iter().any(|m| f.starts_with(m)));
    none(makers.flat_map(|(f, text)| path_calls(f, text, PATH_USES)).collect());
    for used in PATH_USES {
        let text =
            all.iter().find(|(f, _)| f == used.file).map(|(_, text)| code_of(text)).unwrap_or_default();
        for call in used.calls {
            let still = text.lines().any(|line| has_name(line, call));
            assert!(still, "{} does not use {call} any more: take it from the list", used.file);
        }
    }
}

#[test]
fn unsafe_is_in_named_modules_only() {
    none(rust_files("crates").iter().flat_map(|(f, text)| unsafe_code(f, text, UNSAFE_MODULES)).collect());
    for module in UNSAFE_MODULES {
        let text = fs::read_to_string(root().join(module)).unwrap_or_default();
        assert!(!unsafe_code(module, &text, &[]).is_empty(), "{module} has no unsafe: take it from the list");
    }
}

#[test]
fn files_are_named_for_what_is_in_them() {
    let places = ["crates", "tests", "docs", "grammar", "TOENAILS", ".ci"];
    none(places.iter().flat_map(|p| files(p)).filter_map(|f| nameless(&f)).collect());
}

#[test]
fn libraries_do_not_print_exit_or_read_the_environment() {
    none(library_files().iter().flat_map(|(f, text)| binary_only(f, text)).collect());
}

// ---------------------------------------------------------------------------- the rules find what they are for

const PAGE: &str = "\
| layer | crate | owns | may use |
| --- | --- | --- | --- |
| 5 | `toe` | binary | all |
| 2 | `toe-rpm` | packages | source root |
| 1 | `toe-source` | text | |
";

#[test]
fn a_wrong_edge_is_found() {
    let edge = |a: &str, b: &str| wrong_edges(PAGE, &[(a.to_owned(), b.to_owned())]);
    assert!(edge("toe", "toe-rpm").is_empty());
    assert!(edge("toe-rpm", "toe-source").is_empty());
    assert!(edge("toe-rpm", "rpm").is_empty());
    assert_eq!(edge("toe-source", "toe-rpm"), ["toe-source must not use toe-rpm"]);
    assert_eq!(edge("toe-rpm", "toe"), ["toe-rpm must not use toe"]);
    assert_eq!(edge("toe-new", "serde"), ["toe-new is not in the table"]);
    assert_eq!(edge("toe", "rpm"), ["toe names the rpm crate, which only toe-rpm may"]);
}

#[test]
fn a_call_by_path_is_found() {
    let of = |text: &str| path_calls("f.rs", text, &[]);
    assert_eq!(of("use std::fs;\nfn f() { fs::write(a, b); }"), ["f.rs:2: fs::write"]);
    assert_eq!(of("std::fs::remove_dir_all(x)"), ["f.rs:1: fs::remove_dir_all"]);
    assert_eq!(of("use std::fs::{File, rename};"), ["f.rs:1: import of fs::rename"]);
    assert_eq!(of("File::create(x)"), ["f.rs:1: File::create"]);
    assert_eq!(of("libc::open(p, 0)"), ["f.rs:1: libc::open"]);
    assert_eq!(of("rustix::fs::mkdirat(CWD, p, m)"), ["f.rs:1: CWD"]);
    assert!(of("libc::openat2(p, 0); fs::read(p); dir.rename(a, b); // fs::write\n").is_empty());
    let allowed = [PathUse { file: "f.rs", calls: &["File::create"], reason: "a lock beside the SOCK" }];
    assert!(path_calls("f.rs", "File::create(x)", &allowed).is_empty());
    assert!(!path_calls("g.rs", "File::create(x)", &allowed).is_empty());
}

#[test]
fn unsafe_is_found() {
    assert_eq!(unsafe_code("f.rs", "fn f() {\n  unsafe { g() }\n}", &[]), ["f.rs:2: unsafe"]);
    assert_eq!(unsafe_code("f.rs", "#![allow(unsafe_code)]", &[]), ["f.rs:1: unsafe"]);
    assert!(unsafe_code("f.rs", "unsafe {}", &["f.rs"]).is_empty());
    assert!(unsafe_code("f.rs", "// unsafe\nlet a = \"unsafe\"; let not_unsafe = 1;", &[]).is_empty());
}

#[test]
fn a_name_that_says_nothing_is_found() {
    assert_eq!(
        nameless("crates/a/src/utils.rs"),
        Some("crates/a/src/utils.rs: `utils` is no name".to_owned())
    );
    assert!(nameless("crates/a/tests/common/mod.rs").is_some());
    assert_eq!(nameless("crates/a/src/commonmark.rs"), None);
}

#[test]
fn printing_is_found() {
    let of = |text: &str| binary_only("f.rs", text);
    assert_eq!(of("\nprintln!(\"x\");"), ["f.rs:2: println!"]);
    assert_eq!(of("eprint!()"), ["f.rs:1: eprint!"]);
    assert_eq!(of("let h = std::env::var(\"HOME\");"), ["f.rs:1: env::"]);
    assert_eq!(of("std::process::exit(1)"), ["f.rs:1: process::exit"]);
    assert!(of("std::env::consts::ARCH; env!(\"CARGO\"); write!(f, \"println!\")").is_empty());
    assert!(of("fn f() {}\n#[cfg(test)]\nmod tests {\n println!() }").is_empty());
}

#[test]
fn literals_and_comments_are_no_code() {
    let text =
        "a(\"x\\\"unsafe\", 'c', '\\'', b'\"', r#\"unsafe \" \"#); /* unsafe\n */ fn f<'a>(b: &'a str) {}";
    assert_eq!(code_of(text), "a(, , , b, ); \n fn f<'a>(b: &'a str) {}");
}
