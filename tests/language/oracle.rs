//! Bash as the oracle: what a nail does there.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

/// What became of a nail, in bash or in toe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Evaluation stopped with an error.
    pub failed: Option<String>,
    /// Name and words of each directive; of `Write` with the text at the end.
    pub directives: Vec<Vec<String>>,
    /// What was echoed.
    pub output: String,
    /// It ran too long to tell: values that grow in loops.
    pub endless: bool,
}

/// The files that globs and tests see, in both.
pub const FILES: &[&str] = &["a.txt", "b.txt", "c.log", "sub/d.txt", "e f.txt", "foot.nail"];

const DRIVER: &str = r#"
rec() { printf '%s\0' "$#" "$@" >&3; }
for directive in log die Rpm GroupAdd UserAdd Gecos Mknod Symlink Dir Link Exec; do
  eval "$directive() { rec $directive \"\$@\"; }"
done
Write() { local __text; IFS= read -r -d '' __text; rec Write "$@" "$__text"; }
cd "$1"; out=$2; count=$3; unset directive
for ((__i = 0; __i < count; __i++)); do
  (
    exec 3>"$out/$__i.argv" >"$out/$__i.out" 2>"$out/$__i.err"
    __nail=$out/$__i.nail; __end=$out/$__i.end; unset out count
    ulimit -t 1 -v 2097152
    set -u
    set --
    source "$__nail"
    : >"$__end"
  )
  (( $? > 128 )) && : >"$out/$__i.killed"
done
"#;

/// Runs nails in one bash; `None` without bash.
pub fn run(nails: &[String]) -> Option<Vec<Outcome>> {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let (work, out) = (dir.path().join("work"), dir.path().join("out"));
    for file in FILES {
        let path = work.join(file);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("directories");
        std::fs::write(path, "x\n").expect("a file");
    }
    std::fs::create_dir_all(&out).expect("a directory");
    for (i, nail) in nails.iter().enumerate() {
        std::fs::File::create(out.join(format!("{i}.nail")))
            .and_then(|mut f| f.write_all(nail.as_bytes()))
            .expect("a nail");
    }
    std::fs::write(dir.path().join("driver"), DRIVER).expect("the driver");
    let status = Command::new("timeout")
        .args(["300", "bash", "--norc", "--noprofile"])
        .arg(dir.path().join("driver"))
        .arg(&work)
        .arg(&out)
        .arg(nails.len().to_string())
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .stdin(std::process::Stdio::null())
        // It tells of each nail that it killed; the outcome has that.
        .stderr(std::process::Stdio::null())
        .status();
    if status.is_err() {
        eprintln!("MISSING: bash, the oracle of this test");
        assert!(std::env::var_os("TOE_ORACLES").is_none_or(|v| v != "required"), "bash is required");
        return None;
    }
    Some((0..nails.len()).map(|i| outcome(&out, i)).collect())
}

fn outcome(out: &Path, i: usize) -> Outcome {
    let read = |what: &str| {
        let bytes = std::fs::read(out.join(format!("{i}.{what}"))).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let (argv, errors) = (read("argv"), read("err"));
    let mut words = argv.split_terminator('\0').map(str::to_owned);
    let mut directives = Vec::new();
    while let Some(count) = words.next() {
        let count: usize = count.parse().expect("the driver counts words");
        directives.push(words.by_ref().take(count).collect());
    }
    let ended = out.join(format!("{i}.end")).exists();
    let failed = (!ended || !errors.is_empty()).then_some(errors);
    let endless = out.join(format!("{i}.killed")).exists();
    Outcome { failed, directives, output: read("out"), endless }
}
