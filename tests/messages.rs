//! What a user reads when something is wrong: the whole message, for each kind of mistake.
//!
//! `tests/messages/NAME/` holds the nails of a case and `expected`, what `toe` prints (with its exit
//! status). A line `#! ARGS` first in `foot` gives the arguments; `sew foot` is the default. `TOE_BLESS=1`
//! rewrites the expectations. Before each case there is an old SOCK, and after each it must be the same, byte for byte.

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
        let got = hide_durations(&got);
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
}
