//! Fixes made by `--fix`: in place, as a difference, and of standard input.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use super::{stderr, stdout, toe, toe_reading};

/// Safe fixes, one that is not, and a comment that stays.
const BROKEN: &str = "\u{feff}VERSION = 1.2\r\n# why\r\nDir \"/srv/`arch`\"\r\nRpm /a-1-1.noarch.rpm\r\nRpm /a-1-1.noarch.rpm\r\n";
const MENDED: &str =
    "VERSION=1.2\n# why\nDir \"/srv/$(arch)\"\nRpm /a-1-1.noarch.rpm\nRpm /a-1-1.noarch.rpm\n";

#[test]
fn safe_fixes_are_written_and_the_rest_is_reported() {
    let directory = tempfile::tempdir().unwrap();
    let nail = directory.path().join("a.nail");
    std::fs::write(&nail, BROKEN).unwrap();
    std::fs::set_permissions(&nail, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::fs::write(directory.path().join("right.nail"), "Dir /srv\n").unwrap();
    let untouched = std::fs::metadata(directory.path().join("right.nail")).unwrap().ino();
    let output = toe(directory.path(), &["lint", "--fix", "."]);
    assert_eq!(std::fs::read_to_string(&nail).unwrap(), MENDED);
    assert_eq!(std::fs::metadata(&nail).unwrap().mode() & 0o7777, 0o640);
    assert_eq!(std::fs::metadata(directory.path().join("right.nail")).unwrap().ino(), untouched);
    assert_eq!(stderr(&output), "fixed 4 in 1 nail\n");
    let text = stdout(&output);
    assert!(text.contains("TOE408") && text.contains("1 fixable with --fix --unsafe\n"), "{text}");
    assert!(!text.contains("TOE002") && !text.contains("TOE108"), "{text}");
    assert_eq!(output.status.code(), Some(1));

    let output = toe(directory.path(), &["lint", "--fix", "--unsafe", "."]);
    assert_eq!(std::fs::read_to_string(&nail).unwrap(), MENDED.replacen("Rpm /a-1-1.noarch.rpm\n", "", 1));
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("", Some(0)));
    let again = toe(directory.path(), &["lint", "--fix", "--unsafe", "."]);
    assert_eq!((stderr(&again).as_str(), again.status.code()), ("", Some(0)));
}

#[test]
fn a_difference_is_shown_and_nothing_written() {
    let directory = tempfile::tempdir().unwrap();
    let nail = directory.path().join("a.nail");
    std::fs::write(&nail, "Dir /a\nDir \"/srv/`arch`\"\n").unwrap();
    let output = toe(directory.path(), &["lint", "--diff", "a.nail"]);
    let expected = "--- a.nail.orig\n+++ a.nail\n@@ -1,2 +1,2 @@\n Dir /a\n-Dir \"/srv/`arch`\"\n+Dir \"/srv/$(arch)\"\n";
    assert_eq!(stdout(&output), expected);
    assert_eq!((stderr(&output).as_str(), output.status.code()), ("would fix 1 in 1 nail\n", Some(1)));
    assert_eq!(std::fs::read_to_string(&nail).unwrap(), "Dir /a\nDir \"/srv/`arch`\"\n");
    std::fs::write(&nail, "Dir /a\n").unwrap();
    let output = toe(directory.path(), &["lint", "--diff", "a.nail"]);
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("", Some(0)));
}

#[test]
fn standard_input_is_mended_to_standard_output() {
    let directory = tempfile::tempdir().unwrap();
    let output = toe_reading(directory.path(), &["lint", "--fix", "-"], BROKEN);
    assert_eq!(stdout(&output), MENDED);
    let told = stderr(&output);
    assert!(
        told.contains("fixed 4 in 1 nail") && told.contains("TOE408") && told.contains("<stdin>:4:5"),
        "{told}"
    );
    assert_eq!(output.status.code(), Some(1));
    let right = toe_reading(directory.path(), &["lint", "--fix", "-"], "Dir /a\n");
    assert_eq!((stdout(&right).as_str(), stderr(&right).as_str()), ("Dir /a\n", ""));
}

#[test]
fn standard_input_is_looked_at_where_its_name_is() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("sub")).unwrap();
    std::fs::write(directory.path().join("sub/more"), "GroupAdd 353 log\n").unwrap();
    std::fs::write(directory.path().join("sub/web.foot"), "this is not read\n").unwrap();
    let foot = "REPO_FILE=a\nMREPO_URL=http://h\nBase /var/deploy/web\nGroupAdd 353 web\nInclude ./more\n";
    let output = toe_reading(directory.path(), &["lint", "-", "--stdin-filename", "sub/web.foot"], foot);
    let text = stdout(&output);
    for part in ["TOE503", "more:1:10", "included from sub/web.foot:5"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn only_the_linted_nail_is_mended() {
    let directory = tempfile::tempdir().unwrap();
    let foot = "REPO_FILE=a\nMREPO_URL=http://h\nBase /var/deploy/web\nInclude more\n";
    std::fs::write(directory.path().join("web.foot"), foot).unwrap();
    let included = "Symlink /var/log/web \"$SOCK_DIR/var/log/web\"\n";
    std::fs::write(directory.path().join("more"), included).unwrap();
    let output = toe(directory.path(), &["lint", "--fix", "web.foot"]);
    let text = stdout(&output);
    assert!(text.contains("TOE607") && !text.contains("fixable"), "{text}");
    assert_eq!(std::fs::read_to_string(directory.path().join("more")).unwrap(), included);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn what_is_not_asked_for_is_not_mended() {
    let directory = tempfile::tempdir().unwrap();
    let nail = directory.path().join("a.nail");
    let text = "Dir \"/srv/`arch`\"\nGroupAdd 0353 web # toe: ignore TOE508 the old tool wants it\n";
    std::fs::write(&nail, text).unwrap();
    toe(directory.path(), &["lint", "--fix", "--ignore", "TOE108", "."]);
    assert_eq!(std::fs::read_to_string(&nail).unwrap(), text);
    let unsafe_alone = toe(directory.path(), &["lint", "--unsafe", "."]);
    assert_eq!(unsafe_alone.status.code(), Some(2));
}

#[test]
fn links_are_not_written_through() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("a.nail"), "Dir \"/srv/`arch`\"\n").unwrap();
    symlink("a.nail", directory.path().join("link.nail")).unwrap();
    let output = toe(directory.path(), &["lint", "--fix", "link.nail"]);
    assert!(stderr(&output).contains("toe::lint::link"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(directory.path().join("a.nail")).unwrap(), "Dir \"/srv/`arch`\"\n");
}

#[test]
fn programs_get_the_edits() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("a.nail"), "Dir /ä\nGroupAdd 0353 web\n").unwrap();
    let output = toe(directory.path(), &["lint", "--format", "json", "a.nail"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let fix = &document["findings"][0]["fix"];
    assert_eq!((&fix["safety"], &fix["title"]), (&"safe".into(), &"take the zeros away".into()));
    let expected = serde_json::json!([{
        "file": "a.nail", "offset": 17, "length": 4, "line": 2, "column": 10, "end_line": 2, "end_column": 14,
        "text": "353",
    }]);
    assert_eq!(fix["edits"], expected);
}
