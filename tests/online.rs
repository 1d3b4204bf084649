//! `toe lint --online`: what only the packages themselves tell.

#![allow(clippy::unwrap_used, reason = "test code")]

mod file_server;
mod oracle;

use std::path::Path;
use std::process::{Command, Output};

use file_server::FileServer;
use toe_rpm::build::{Entry, PackageSpec, Slot};

fn lint(directory: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_toe"))
        .args(["lint", "--online", "--format", "json", "--cache", "cache"])
        .args(words)
        .current_dir(directory)
        .output()
        .unwrap()
}

/// Code, line and message of each finding.
fn findings(output: &Output) -> Vec<(String, u64, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}{}", text(&output.stdout), text(&output.stderr)));
    let found = document["findings"].as_array().unwrap_or_else(|| panic!("{document:#}")).iter();
    found
        .map(|f| {
            let line = f["labels"][0]["line"].as_u64().unwrap();
            (f["code"].as_str().unwrap().to_owned(), line, f["message"].as_str().unwrap().to_owned())
        })
        .collect()
}

fn codes(output: &Output) -> Vec<(String, u64)> {
    findings(output).into_iter().map(|(code, line, _)| (code, line)).collect()
}

/// `tool` needs a shell for its scriptlet, and has a file of `other`; `shell` has one behind a link.
fn packages() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let spec = |name: &str| PackageSpec::new(name, "1", "1", "noarch").build_time(1_700_000_000);
    spec("tool")
        .scriptlet(Slot::Post, "exit 0", "/bin/sh")
        .build_into(directory.path(), [Entry::file("/usr/bin/tool", "tool\n").mtime(1_700_000_000)])
        .unwrap();
    spec("other")
        .build_into(
            directory.path(),
            [
                Entry::file("/usr/bin/tool", "other\n").mtime(1_700_000_000),
                Entry::dir("/srv/other").mtime(1_700_000_000),
            ],
        )
        .unwrap();
    let shell = [
        Entry::symlink("/bin", "usr/bin").mtime(1_700_000_000),
        Entry::dir("/usr").mtime(1_700_000_000),
        Entry::dir("/usr/bin").mtime(1_700_000_000),
        Entry::file("/usr/bin/sh", "sh\n").mtime(1_700_000_000),
    ];
    spec("shell").build_into(directory.path(), shell).unwrap();
    let named = |name: &str| directory.path().join(format!("{name}-1-1.noarch.rpm"));
    std::fs::copy(named("shell"), directory.path().join("shell-2-1.noarch.rpm")).unwrap();
    directory
}

const WRONG: &str = "\
REPO_FILE=a.repo
Base /var/deploy/web
Rpm $MREPO_URL/tool-1-1.noarch.rpm
Rpm $MREPO_URL/other-1-1.noarch.rpm
GroupAdd 353 web
UserAdd 353 353 /srv/web /bin/sh web
Symlink /srv/tool usr/bin/tools
Symlink /srv/other srv/other
";

const RIGHT: &str = "\
REPO_FILE=a.repo
Base /var/deploy/web
Rpm $MREPO_URL/shell-1-1.noarch.rpm
Rpm $MREPO_URL/tool-1-1.noarch.rpm
Rpm $MREPO_URL/other-1-1.noarch.rpm --replacefiles
GroupAdd 353 web
UserAdd 353 353 /srv/web /bin/sh web
Symlink /srv/tool usr/bin/tool
Symlink /srv/web srv/web
Symlink /srv/sh bin/sh
";

#[test]
fn packages_are_asked_over_http_and_in_files() {
    let directory = packages();
    std::fs::write(directory.path().join("wrong.foot"), WRONG).unwrap();
    std::fs::write(directory.path().join("right.foot"), RIGHT).unwrap();
    let server = FileServer::start(directory.path());
    let file = format!("file://{}", directory.path().display());
    for url in [&server.url, &file] {
        let url = format!("MREPO_URL={url}");
        let wrong = lint(directory.path(), &["-D", &url, "wrong.foot"]);
        let expected = [("TOE419", 3), ("TOE427", 4), ("TOE512", 6), ("TOE613", 7)];
        assert_eq!(codes(&wrong), expected.map(|(code, line)| (code.to_owned(), line)), "{url}");
        let messages: Vec<String> = findings(&wrong).into_iter().map(|(_, _, message)| message).collect();
        assert_eq!(messages[0], "no package of this foot provides `/bin/sh`");
        assert_eq!(wrong.status.code(), Some(1));
        assert_eq!(codes(&lint(directory.path(), &["-D", &url, "right.foot"])), [], "{url}");
    }
}

#[test]
fn a_renamed_package_is_named() {
    let directory = packages();
    let foot = "REPO_FILE=a.repo\nMREPO_URL=.\nBase /var/deploy/web\nRpm shell-2-1.noarch.rpm\n";
    std::fs::write(directory.path().join("web.foot"), foot).unwrap();
    let found = findings(&lint(directory.path(), &["web.foot"]));
    let message = "this file holds shell-1-1.noarch".to_owned();
    assert_eq!(found, [("TOE418".to_owned(), 4, message)]);
}

#[test]
fn what_cannot_be_fetched_or_read_is_an_error_at_its_line() {
    let directory = packages();
    std::fs::write(directory.path().join("no-1-1.noarch.rpm"), "<html>404</html>\n").unwrap();
    for (package, code) in
        [("absent-1-1.noarch.rpm", "toe::repo::no_such_file"), ("no-1-1.noarch.rpm", "toe::rpm::")]
    {
        let foot = format!("REPO_FILE=a.repo\nMREPO_URL=.\nBase /var/deploy/web\nRpm {package}\n");
        std::fs::write(directory.path().join("web.foot"), foot).unwrap();
        let output = lint(directory.path(), &["web.foot"]);
        assert_eq!(output.status.code(), Some(2));
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let error = &document["error"];
        assert!(error["code"].as_str().unwrap().starts_with(code), "{document:#}");
        assert_eq!(error["labels"][0]["line"], 4, "{document:#}");
    }
}

#[test]
fn a_nail_that_is_no_foot_fetches_nothing() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("more.nail"), "Rpm absent-1-1.noarch.rpm\n").unwrap();
    assert_eq!(codes(&lint(directory.path(), &["."])), []);
}

/// The base and python sets of the test repository need nothing that they do not have; a library taken away is
/// missed by those that need it.
#[test]
fn real_packages_need_what_they_say() {
    let Some(repository) = oracle::test_repository() else { return };
    let nails = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../TOENAILS").canonicalize().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let server = FileServer::start(&repository);
    let place = repository.display().to_string();
    let set = format!("REPO_DIR={place}");
    let foot = nails.join("pyservice.foot").display().to_string();
    for url in [server.url.clone(), format!("file://{place}")] {
        let url = format!("MREPO_URL={url}");
        let output = lint(directory.path(), &["-D", &set, "-D", &url, "--nail-path", &place, &foot]);
        assert_eq!(codes(&output), [], "{url}");
    }
    let base = std::fs::read_to_string(repository.join("nails/base")).unwrap();
    let without: Vec<&str> = base.lines().filter(|line| !line.contains("/libtinfo6-")).collect();
    let without = without.join("\n");
    let head = format!("REPO_FILE=a.repo\nMREPO_URL=file://{place}\nBase /var/deploy/web\n");
    std::fs::write(directory.path().join("web.foot"), format!("{head}{without}\n")).unwrap();
    let found = findings(&lint(directory.path(), &["web.foot"]));
    let bash = found.iter().find(|(code, _, message)| code == "TOE419" && message.contains("libtinfo.so.6"));
    let (_, line, _) = bash.unwrap_or_else(|| panic!("{found:?}"));
    let text = std::fs::read_to_string(directory.path().join("web.foot")).unwrap();
    assert!(text.lines().nth(*line as usize - 1).unwrap().contains("bash-"), "{found:?}");
    assert!(found.iter().all(|(code, ..)| code == "TOE419"), "{found:?}");
}
