//! `toe fmt` from the command line: what it writes, what it leaves alone, and how it ends.

#![allow(clippy::unwrap_used, reason = "test code")]

use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const UNTIDY: &str = "if PkgCheck a ; then\n  Rpm   b.rpm   # b\nfi\n";
const TIDY: &str = "if PkgCheck a; then\n\tRpm b.rpm # b\nfi\n";
const BROKEN: &str = "if PkgCheck a; then\n  Rpm b.rpm\n";

fn directory() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    // What is above the directory has no say.
    std::fs::write(directory.path().join(".editorconfig"), "root = true\n").unwrap();
    directory
}

fn fmt(directory: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_toe")).arg("fmt").args(words).current_dir(directory).output().unwrap()
}

fn with_input(directory: &Path, words: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_toe"))
        .arg("fmt")
        .args(words)
        .current_dir(directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn put(directory: &Path, name: &str, text: &str) {
    let path = directory.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn text(directory: &Path, name: &str) -> String {
    std::fs::read_to_string(directory.join(name)).unwrap()
}

fn shown(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn check_names_what_is_not_formatted_and_writes_nothing() {
    let directory = directory();
    put(directory.path(), "a.nail", UNTIDY);
    put(directory.path(), "b.nail", TIDY);
    let output = fmt(directory.path(), &["--check", "a.nail", "b.nail"]);
    assert_eq!(shown(&output), (Some(1), "a.nail\n".into(), String::new()));
    assert_eq!(text(directory.path(), "a.nail"), UNTIDY);
    let output = fmt(directory.path(), &["--check", "b.nail"]);
    assert_eq!(shown(&output), (Some(0), String::new(), String::new()));
}

#[test]
fn diff_shows_what_would_change_and_writes_nothing() {
    let directory = directory();
    put(directory.path(), "a.nail", UNTIDY);
    put(directory.path(), "b.nail", TIDY);
    let output = fmt(directory.path(), &["--diff", "a.nail", "b.nail"]);
    let diff = "--- a.nail.orig\n+++ a.nail\n@@ -1,3 +1,3 @@\n-if PkgCheck a ; then\n-  Rpm   b.rpm   # b\n\
                +if PkgCheck a; then\n+\tRpm b.rpm # b\n fi\n";
    assert_eq!(shown(&output), (Some(1), diff.into(), String::new()));
    assert_eq!(text(directory.path(), "a.nail"), UNTIDY);
    assert_eq!(shown(&fmt(directory.path(), &["--diff", "b.nail"])), (Some(0), String::new(), String::new()));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let directory = directory();
    let output = with_input(directory.path(), &["-"], UNTIDY);
    assert_eq!(shown(&output), (Some(0), TIDY.into(), String::new()));
    assert_eq!(shown(&with_input(directory.path(), &["-"], TIDY)), (Some(0), TIDY.into(), String::new()));
    let output = with_input(directory.path(), &["--check", "-"], UNTIDY);
    assert_eq!(shown(&output), (Some(1), "<stdin>\n".into(), String::new()));
    let (status, out, errors) = shown(&with_input(directory.path(), &["-"], BROKEN));
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(errors.contains("<stdin>"), "{errors}");
}

#[test]
fn a_file_is_replaced_at_once_and_keeps_its_mode() {
    let directory = directory();
    put(directory.path(), "a.nail", UNTIDY);
    let path = directory.path().join("a.nail");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o754)).unwrap();
    std::fs::hard_link(&path, directory.path().join("before")).unwrap();
    let before = std::fs::metadata(&path).unwrap();
    assert_eq!(shown(&fmt(directory.path(), &["a.nail"])), (Some(0), String::new(), String::new()));
    let after = std::fs::metadata(&path).unwrap();
    assert_eq!(text(directory.path(), "a.nail"), TIDY);
    assert_eq!(after.permissions().mode() & 0o7777, 0o754);
    assert_ne!(after.ino(), before.ino());
    // Whoever had opened the old file still reads all of it.
    assert_eq!(text(directory.path(), "before"), UNTIDY);
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 3, "nothing else was left behind");
}

#[test]
fn what_is_formatted_is_not_written() {
    let directory = directory();
    put(directory.path(), "a.nail", TIDY);
    let path = directory.path().join("a.nail");
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
    let before = std::fs::metadata(&path).unwrap();
    assert_eq!(fmt(directory.path(), &["a.nail"]).status.code(), Some(0));
    let after = std::fs::metadata(&path).unwrap();
    assert_eq!((after.modified().unwrap(), after.ino()), (long_ago, before.ino()));
}

#[test]
fn the_old_text_stays_when_the_new_one_cannot_be_written() {
    if rustix::process::geteuid().is_root() {
        // Root may write everywhere: a file system that is full stands for a directory that is not writable.
        return full_file_system();
    }
    let directory = directory();
    put(directory.path(), "sub/a.nail", UNTIDY);
    let sub = directory.path().join("sub");
    std::fs::set_permissions(&sub, std::fs::Permissions::from_mode(0o555)).unwrap();
    let (status, _, errors) = shown(&fmt(directory.path(), &["sub/a.nail"]));
    std::fs::set_permissions(&sub, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(status, Some(2));
    assert!(errors.contains("toe::fmt::write") && errors.contains("sub/a.nail"), "{errors}");
    assert_eq!(text(directory.path(), "sub/a.nail"), UNTIDY);
}

/// No file may grow: `ulimit -f` is what a full disk is to a program that handles the error.
fn full_file_system() {
    let directory = directory();
    put(directory.path(), "a.nail", UNTIDY);
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" fmt a.nail";
    let output = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_toe")])
        .current_dir(directory.path())
        .output()
        .unwrap();
    // Its messages go to pipes, which may grow.
    let (status, _, errors) = shown(&output);
    assert_eq!(status, Some(2), "{errors}");
    assert!(errors.contains("toe::fmt::write") && errors.contains("a.nail"), "{errors}");
    assert_eq!(text(directory.path(), "a.nail"), UNTIDY);
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 2, "nothing was left behind");
}

#[test]
fn links_and_what_is_no_file_are_refused() {
    let directory = directory();
    put(directory.path(), "a.nail", UNTIDY);
    std::os::unix::fs::symlink("a.nail", directory.path().join("link.nail")).unwrap();
    let (status, _, errors) = shown(&fmt(directory.path(), &["link.nail"]));
    assert_eq!(status, Some(2));
    assert!(errors.contains("toe::fmt::link"), "{errors}");
    assert!(directory.path().join("link.nail").is_symlink());
    assert_eq!(text(directory.path(), "a.nail"), UNTIDY);

    let socket = directory.path().join("socket.nail");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let (status, _, errors) = shown(&fmt(directory.path(), &["socket.nail"]));
    assert_eq!(status, Some(2));
    assert!(errors.contains("toe::fmt::not_a_file"), "{errors}");
    let (status, _, errors) = shown(&fmt(directory.path(), &["none.nail"]));
    assert_eq!(status, Some(2));
    assert!(errors.contains("none.nail"), "{errors}");
}

#[test]
fn a_nail_with_errors_is_left_alone_and_reported_and_the_others_are_formatted() {
    let directory = directory();
    put(directory.path(), "a.nail", UNTIDY);
    put(directory.path(), "b.nail", BROKEN);
    put(directory.path(), "c.nail", UNTIDY);
    let (status, out, errors) = shown(&fmt(directory.path(), &["a.nail", "b.nail", "c.nail"]));
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(errors.contains("b.nail") && !errors.contains("a.nail"), "{errors}");
    assert_eq!(text(directory.path(), "a.nail"), TIDY);
    assert_eq!(text(directory.path(), "b.nail"), BROKEN);
    assert_eq!(text(directory.path(), "c.nail"), TIDY);

    std::fs::write(directory.path().join("d.nail"), b"Rpm \xff\n").unwrap();
    let (status, _, errors) = shown(&fmt(directory.path(), &["d.nail"]));
    assert_eq!(status, Some(2));
    assert!(errors.contains("byte 4 (0xff) is not UTF-8"), "{errors}");
}

#[test]
fn byte_order_mark_and_carriage_returns_go() {
    let directory = directory();
    put(directory.path(), "a.nail", "\u{feff}Rpm a.rpm\r\nRpm b.rpm\r\n");
    assert_eq!(fmt(directory.path(), &["a.nail"]).status.code(), Some(0));
    assert_eq!(text(directory.path(), "a.nail"), "Rpm a.rpm\nRpm b.rpm\n");
    // Without the blanks it would be the mark.
    put(directory.path(), "b.nail", " \n\\\n\t\u{feff}Rpm a.rpm\n");
    assert_eq!(fmt(directory.path(), &["b.nail"]).status.code(), Some(0));
    assert_eq!(text(directory.path(), "b.nail"), "Rpm a.rpm\n");
}

#[test]
fn editorconfig_has_its_say_by_section() {
    let directory = directory();
    let configuration = "root = true\n[*.nail]\nindent_style = space\nindent_size = 2\n[sub/**]\nindent_style = tab\n\
                         [*.foot]\nindent_style = space\nindent_size = 3\nswitch_case_indent = true\n";
    put(directory.path(), ".editorconfig", configuration);
    let nail = "case $A in\nb)\nRpm a\n;;\nesac\n";
    for name in ["a.nail", "sub/b.nail", "c.foot"] {
        put(directory.path(), name, nail);
    }
    assert_eq!(fmt(directory.path(), &["."]).status.code(), Some(0));
    assert_eq!(text(directory.path(), "a.nail"), "case $A in\nb)\n  Rpm a\n  ;;\nesac\n");
    assert_eq!(text(directory.path(), "sub/b.nail"), "case $A in\nb)\n\tRpm a\n\t;;\nesac\n");
    assert_eq!(text(directory.path(), "c.foot"), "case $A in\n   b)\n      Rpm a\n      ;;\nesac\n");
    let output = with_input(directory.path(), &["-"], "if a; then\nb\nfi\n");
    assert_eq!(
        shown(&output).1,
        "if a; then\n  b\nfi\n",
        "standard input is a nail of the current directory"
    );
}

#[test]
fn a_directory_is_walked_for_nails_that_git_does_not_ignore() {
    let directory = directory();
    put(directory.path(), ".gitignore", "made/\n*.old.nail\n");
    for name in ["a.nail", "sub/b.foot", "TOENAILS/c", "made/d.nail", "e.old.nail", "f.sh", "sub/.g.nail"] {
        put(directory.path(), name, UNTIDY);
    }
    let output = fmt(directory.path(), &["--check", "."]);
    assert_eq!(shown(&output), (Some(1), "./TOENAILS/c\n./a.nail\n./sub/b.foot\n".into(), String::new()));
    assert_eq!(fmt(directory.path(), &["."]).status.code(), Some(0));
    for name in ["a.nail", "sub/b.foot", "TOENAILS/c"] {
        assert_eq!(text(directory.path(), name), TIDY, "{name}");
    }
    for name in ["made/d.nail", "e.old.nail", "f.sh", "sub/.g.nail"] {
        assert_eq!(text(directory.path(), name), UNTIDY, "{name}");
    }
    // Named, it is formatted all the same.
    assert_eq!(fmt(directory.path(), &["made/d.nail"]).status.code(), Some(0));
    assert_eq!(text(directory.path(), "made/d.nail"), TIDY);
}
