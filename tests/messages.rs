//! What a user reads when something is wrong: the whole message, for each kind of mistake.
//!
//! `tests/messages/NAME/` holds the nails of a case and `expected`, what `toe` prints (with its exit
//! status). A line `#! ARGS` first in `foot` gives the arguments; `sew foot` is the default. `TOE_BLESS=1`
//! rewrites the expectations. Before each case there is an old SOCK, and after each it must be the same, byte for byte.
#![allow(clippy::unwrap_used)] // a test's unwrap is its failure

mod made_packages;
mod oracle;
mod tree_digest;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const TOE: &str = env!("CARGO_BIN_EXE_toe");

/// A place for one case, with an old SOCK in it.
struct Case {
    name: String,
    dir: tempfile::TempDir,
}

impl Case {
    fn new(name: &str) -> Self {
        let dir = tempfile::Builder::new().prefix("toe-message-").tempdir().unwrap();
        let from = cases().join(name);
        for file in std::fs::read_dir(&from).unwrap().map(|f| f.unwrap()) {
            if file.file_name() != "expected" {
                std::fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
            }
        }
        std::fs::write(dir.path().join("some.repo"), "[some]\nname=Some\nbaseurl=http://127.0.0.1:9/\n")
            .unwrap();
        made_packages::write_all(dir.path());
        Case { name: name.to_owned(), dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn toe(&self, args: &[String]) -> Command {
        let mut command = Command::new(TOE);
        command
            .args(args)
            .current_dir(self.dir.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.dir.path())
            .env("COLUMNS", "100")
            .env("SOURCE_DATE_EPOCH", "1700000000");
        command
    }

    /// The SOCK that is there before the case runs.
    fn sew_old_sock(&self) {
        let foot = self.path("old.foot");
        std::fs::write(
            &foot,
            format!(
                "REPO_FILE=some.repo\nMREPO_URL={0}\nBase {0}/sock\nRpm good-1-1.noarch.rpm\n",
                self.dir.path().display()
            ),
        )
        .unwrap();
        let out = self.toe(&["sew".into(), "old.foot".into()]).output().unwrap();
        assert!(out.status.success(), "the old SOCK: {}", String::from_utf8_lossy(&out.stderr));
        std::fs::remove_file(foot).unwrap();
    }

    /// Runs the case and compares message, status and the old SOCK.
    fn check(&self, wrap: impl FnOnce(Command) -> Command) {
        let foot = std::fs::read_to_string(self.path("foot")).unwrap_or_default();
        let args: Vec<String> = match foot.lines().next().and_then(|l| l.strip_prefix("#! ")) {
            Some(args) => args.split(' ').map(str::to_owned).collect(),
            None => vec!["sew".into(), "foot".into()],
        };
        let before = tree_digest::of(&self.path("sock"));
        let mut command = self.toe(&args);
        command.env("D", self.dir.path());
        let out = wrap(command).output().unwrap();
        let mut got = String::new();
        got.push_str(&String::from_utf8(out.stdout).unwrap());
        got.push_str(&String::from_utf8(out.stderr).unwrap());
        let _ = writeln!(got, "exit status {}", out.status.code().map_or("none".into(), |c| c.to_string()));
        let got = got.replace(&self.dir.path().display().to_string(), "DIR");
        let got = hide_key_ids(&hide_durations(&got));
        assert_eq!(before, tree_digest::of(&self.path("sock")), "{}: the old SOCK changed", self.name);
        let left: Vec<_> = std::fs::read_dir(self.dir.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .filter(|n| n.contains("toe-stage"))
            .collect();
        assert!(left.is_empty(), "{}: left behind {left:?}", self.name);
        let expected = cases().join(&self.name).join("expected");
        if std::env::var_os("TOE_BLESS").is_some() {
            std::fs::write(&expected, &got).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(got, wanted, "{}: the message differs", self.name);
    }
}

/// The time at the end of progress lines, as in `fetching: 2, 0.1 s`, becomes `T s`.
fn hide_durations(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let seconds = line.strip_suffix(" s").and_then(|l| l.rsplit_once(' ')).filter(|(before, time)| {
            before.trim_start().split_once(':').is_some_and(|(phase, _)| phase.ends_with("ing"))
                && time.parse::<f64>().is_ok()
        });
        match seconds {
            Some((before, _)) => {
                out.push_str(before);
                out.push_str(" T s");
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// Ids of keys, 16 hexadecimal digits or the 40 of a fingerprint, are made anew with each test repository.
fn hide_key_ids(text: &str) -> String {
    let hexadecimal = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c) || ('A'..='F').contains(&c);
    text.split_inclusive(|c: char| !hexadecimal(c))
        .map(|piece| {
            let digits = piece.trim_end_matches(|c: char| !hexadecimal(c));
            if matches!(digits.len(), 16 | 40) {
                piece.replacen(digits, "KEYID", 1)
            } else {
                piece.to_owned()
            }
        })
        .collect()
}

/// The program where every user can start it.
fn program_for_all(dir: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o755)).unwrap();
    let program = dir.join("toe");
    assert!(Command::new("cp").arg(TOE).arg(&program).status().unwrap().success());
    program
}

/// `command` started by `words`.
fn behind(words: &[&str], program: &Path, command: &Command) -> Command {
    let mut wrapped = Command::new(words[0]);
    wrapped.args(&words[1..]).arg(program).args(command.get_args());
    if let Some(dir) = command.get_current_dir() {
        wrapped.current_dir(dir);
    }
    wrapped.env_clear();
    wrapped.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    wrapped
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/messages")
}

macro_rules! message_tests {
    ($($name:ident),+ $(,)?) => { $(
        #[test]
        fn $name() {
            let case = Case::new(stringify!($name));
            case.sew_old_sock();
            case.check(|c| c);
        }
    )+ };
}

message_tests! {
    unknown_directive,
    wrong_count,
    wrong_value,
    include_cycle,
    include_missing,
    unset_variable,
    repo_file_unset,
    repo_file_missing,
    quote_not_closed,
    not_in_subset,
    die_reached,
    two_sock_dirs,
    package_missing,
    package_truncated,
    package_corrupt,
    package_not_rpm,
    package_twice,
    file_conflict,
    pre_fails,
    dead_server,
    sock_dir_is_system,
    json_failure,
    lint_stops_a_run,
}

/// A package of the test repository's `bad` directory, after the repository's key was imported.
fn check_bad(name: &str, package: &str) {
    let Some(repository) = oracle::test_repository() else { return };
    let case = Case::new(name);
    std::fs::copy(repository.join("RPM-GPG-KEY-test"), case.path("RPM-GPG-KEY-test")).unwrap();
    std::fs::copy(repository.join("bad").join(package), case.path(package)).unwrap();
    case.sew_old_sock();
    case.check(|c| c);
}

#[test]
fn package_signed_by_another_key() {
    check_bad("package_signed_by_another_key", "other-key.rpm");
}

#[test]
fn package_unsigned() {
    check_bad("package_unsigned", "unsigned.rpm");
}

#[test]
fn package_header_changed() {
    check_bad("package_header_changed", "header-changed.rpm");
}

#[test]
fn no_permission() {
    if !oracle::root() || !oracle::programs(&["setpriv"]) {
        return;
    }
    let case = Case::new("no_permission");
    case.sew_old_sock();
    let program = program_for_all(case.dir.path());
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    case.check(|c| behind(&nobody, &program, &c));
}

#[test]
fn no_space() {
    if !oracle::root() || !oracle::programs(&["unshare", "mount"]) {
        return;
    }
    let case = Case::new("no_space");
    case.sew_old_sock();
    std::fs::create_dir(case.path("small")).unwrap();
    let small = ["unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs small && exec \"$@\"", "sh"];
    case.check(|c| behind(&small, Path::new(TOE), &c));
}
