//! Bash as the oracle: what a nail does there. One bash runs a batch of nails, each in a subshell of its own.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::generator::{NAILS, Nail};

/// What became of a nail, in bash or in toe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Something was wrong: what was complained of.
    pub complaint: Option<String>,
    /// The status that the evaluation ends with: 0 when it came to the end of the nail. Nothing after an error.
    pub status: Option<i32>,
    /// It came to the end of the nail.
    pub ended: bool,
    /// Name and words of each directive; of `Write` with the text at the end. Nothing after an error of toe.
    pub directives: Option<Vec<Vec<String>>>,
    /// What was echoed.
    pub output: String,
    /// It ran too long to tell: values that grow in loops.
    pub endless: bool,
}

/// The files that globs, tests and programs see, in both.
pub const FILES: &[(&str, &str)] = &[
    ("a.txt", "b:2\na:10\n\nc d:3\nb:2\n"),
    ("b.txt", "one two\n  three\tx\n"),
    ("c.log", "10\n9\n9\n-1"),
    ("empty", ""),
    ("sub/d.txt", "x\n"),
    ("e f.txt", "y\n"),
    ("foot.nail", "\n"),
];

/// The programs that nails may use; nothing else is found by bash.
const PROGRAMS: &[&str] = &[
    "basename", "dirname", "uname", "arch", "cat", "seq", "tr", "cut", "head", "tail", "sort", "uniq", "wc",
    "rev",
];

/// Ends a nail in the streams of output and errors.
const END: &str = "\u{1e}\u{1f}\u{1e}";

/// Directives that record their words. Streams 1 to 3 are files of the whole batch.
const DRIVER: &str = r#"
rec() { builtin printf '%s\0' "$#" "$@" >&3; }
for directive in log GpgImport GroupAdd UserAdd Gecos Mknod Symlink Copy Dir Link Exec Service; do
  builtin eval "$directive() { rec $directive \"\$@\"; }"
done
Write() { local __text; IFS= builtin read -r -d "" __text || :; rec Write "$@" "$__text"; }
die() { rec die "$@"; builtin exit 1; }
Include() { __file=$1; builtin shift; . "$__file" "$@"; }
declare -A __packages=()
Rpm() {
  rec Rpm "$@"
  local __nevra=${1##*/}; __nevra=${__nevra%.rpm}
  local __arch=${__nevra##*.} __nvr=${__nevra%.*}
  local __name=${__nvr%-*-*} __form
  for __form in "$__name" "${__nvr%-*}" "$__nvr"; do __packages[$__form]=1 __packages[$__form.$__arch]=1; done
}
PkgCheck() { [[ -n ${__packages[$1]-} ]]; }
cd "$1"; __nails=$2 __count=$3 PATH=$4; unset directive
exec 3>"$__nails/records" >"$__nails/output" 2>"$__nails/errors"
for ((__i = 0; __i < __count; __i++)); do
  (
    ulimit -t 1 -v 2097152
    __nail=$__nails/$__i/foot
    set -u
    set --
    source "$__nail"
    rec
    builtin exit 0
  )
  __status=$?
  builtin printf '\1%d\1\0' $__status >&3
  builtin printf '\36\37\36'
  builtin printf '\36\37\36' >&2
done
"#;

/// Bash says it of itself when `set -e` ends a function with variables of its own; no nail is wrong then.
const NOISE: &str = ": head of shell_variables not a ";

/// Whether the oracle is there.
pub fn is_there() -> bool {
    let version = Command::new("bash").args(["-c", "echo ${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]}"]).output();
    let version = version.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()).unwrap_or_default();
    if version != "5.2" {
        eprintln!("MISSING: bash 5.2, the oracle of this test (found `{version}`): nothing was compared");
        assert!(std::env::var_os("TOE_ORACLES").is_none_or(|v| v != "required"), "bash 5.2 is required");
    }
    version == "5.2"
}

/// Runs nails in one bash.
pub fn run(nails: &[&Nail]) -> Vec<Outcome> {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let (work, out, bin) = (dir.path().join("work"), dir.path().join("nails"), dir.path().join("bin"));
    let write = |path: &Path, text: &str| {
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("directories");
        std::fs::File::create(path).and_then(|mut f| f.write_all(text.as_bytes())).expect("a file");
    };
    for (file, text) in FILES {
        write(&work.join(file), text);
    }
    std::fs::create_dir_all(&bin).expect("a directory");
    for program in PROGRAMS {
        std::os::unix::fs::symlink(Path::new("/usr/bin").join(program), bin.join(program)).expect("a link");
    }
    for (i, nail) in nails.iter().enumerate() {
        let place = out.join(i.to_string());
        let text = |statements: &[String]| {
            statements.join("\n").replace(NAILS, place.to_str().expect("a name of letters")) + "\n"
        };
        write(&place.join("foot"), &text(&nail.foot));
        for (name, statements) in &nail.files {
            write(&place.join(name), &text(statements));
        }
    }
    write(&dir.path().join("driver"), DRIVER);
    let status = Command::new("timeout")
        .args(["600", "bash", "--norc", "--noprofile", "-c", "source \"$1\" \"${@:2}\"", "foot.nail"])
        .arg(dir.path().join("driver"))
        .arg(&work)
        .arg(&out)
        .arg(nails.len().to_string())
        .arg(&bin)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", HOME)
        .env("PATH", "/usr/bin:/bin")
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        // It tells of each nail that it killed; the outcome has that.
        .stderr(std::process::Stdio::null())
        .status();
    assert!(status.is_ok_and(|s| s.success()), "bash came to the end of the batch");
    let read = |name: &str| {
        let bytes = std::fs::read(out.join(name)).expect("a stream of the batch");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let (records, output, errors) = (read("records"), read("output"), read("errors"));
    let outcomes: Vec<Outcome> = outcomes(&records, &output, &errors).collect();
    assert_eq!(outcomes.len(), nails.len(), "bash ran every nail");
    outcomes
}

/// True when bash finds a mistake in the syntax of one of the files. It reads a file up to where it stops, toe all of it.
pub fn finds_wrong_syntax(nail: &Nail) -> bool {
    let others = nail.files.iter().map(|(_, statements)| statements);
    std::iter::once(&nail.foot).chain(others).any(|statements| {
        // Its status is 0 also where it says so.
        let output = Command::new("bash").args(["-n", "-c", &statements.join("\n")]).output();
        !output.expect("bash runs").stderr.is_empty()
    })
}

/// The home that both are told.
pub const HOME: &str = "/home/me";

fn outcomes<'a>(records: &'a str, output: &'a str, errors: &'a str) -> impl Iterator<Item = Outcome> + 'a {
    let mut words = records.split_terminator('\0');
    let streams = output.split_terminator(END).zip(errors.split_terminator(END));
    streams.map(move |(output, errors)| {
        let mut outcome = Outcome { output: output.to_owned(), ..Outcome::default() };
        let mut directives = Vec::new();
        for word in words.by_ref() {
            if let Some(status) = word.strip_prefix('\u{1}').and_then(|w| w.strip_suffix('\u{1}')) {
                let status = status.parse().expect("a status");
                outcome.status = Some(status);
                // Of its own limit bash says something or not.
                let said = errors.lines().all(|line| line.contains(" Killed "));
                outcome.endless = status > 128 && !outcome.ended && said;
                break;
            }
            directives.push(word);
        }
        let mut words = directives.into_iter();
        let mut directives = Vec::new();
        while let Some(count) = words.next() {
            match count.parse::<usize>().expect("the driver counts words") {
                0 => outcome.ended = true,
                count => directives.push(words.by_ref().take(count).map(str::to_owned).collect()),
            }
        }
        outcome.directives = Some(directives);
        let errors: Vec<&str> = errors.lines().filter(|line| !line.contains(NOISE)).collect();
        outcome.complaint = (!errors.is_empty()).then(|| errors.join("\n"));
        outcome
    })
}
