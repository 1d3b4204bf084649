//! Every nail of `tests/nails/*.nails` means what bash says it means: run by both, the same directives
//! with the same words, the same output, and failure where bash fails.

// A test may end in a panic.
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use toe_eval::{Evaluation, RealHost, Settings, evaluate};

/// Directives as functions that record their words; Include sources its file.
const STUBS: &str = r#"exec 3>../record
__record() { builtin printf '%s\0' "$#" "$@" >&3; }
for __d in Base Rpm GpgImport GroupAdd UserAdd Gecos Mknod Symlink Copy Dir Link Exec Service log; do
  builtin eval "$__d() { __record $__d \"\$@\"; }"
done
unset __d
die() { __record die "$@"; builtin exit 1; }
Include() { __nail=$1; builtin shift; builtin . "./$__nail" "$@"; }
set -u
builtin . ./case.nail
"#;

struct Outcome {
    ok: bool,
    directives: Vec<Vec<String>>,
    output: String,
    message: String,
}

fn bash(dir: &Path) -> Outcome {
    let mut child = Command::new("env")
        .args(["-i", "LC_ALL=C.UTF-8", "bash", "--norc", "-c", STUBS, "case.nail"])
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    let record = std::fs::read(dir.join("../record")).unwrap();
    let mut words = record.split(|b| *b == 0).map(|w| String::from_utf8(w.to_vec()).unwrap());
    let mut directives = Vec::new();
    while let Some(count) = words.next().and_then(|c| c.parse::<usize>().ok()) {
        directives.push(words.by_ref().take(count).collect());
    }
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    Outcome {
        // A message without a failing status is a failure too: the subset has no half-failed nails.
        ok: output.status.success() && message.is_empty(),
        directives,
        output: String::from_utf8_lossy(&output.stdout).into_owned(),
        message,
    }
}

fn toe(dir: &Path) -> Outcome {
    let host = RealHost::new(dir, &dir.join("case.nail"), &[]);
    let Evaluation { plan, errors, output, warnings, status, .. } =
        evaluate(&host, "case.nail", &Settings::default());
    let ok = status == 0 && errors.is_empty() && warnings.is_empty();
    let directives = plan.iter().flat_map(|p| &p.directives);
    let messages: Vec<String> = errors
        .iter()
        .map(toe_eval::EvalError::diagnostic)
        .chain(warnings)
        .map(|d| format!("{}: {}", d.code, d.message))
        .collect();
    Outcome {
        ok,
        directives: directives
            .map(|d| std::iter::once(d.name.as_str().to_owned()).chain(d.args.iter().cloned()).collect())
            .collect(),
        output,
        message: messages.join("; "),
    }
}

#[test]
fn bash_and_toe_agree() {
    let version = Command::new("bash").args(["-c", "echo ${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]}"]).output();
    let version = version.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()).unwrap_or_default();
    if version != "5.2" {
        assert!(
            std::env::var_os("TOE_ORACLES").is_none_or(|v| v != "required"),
            "bash 5.2 is required, found `{version}`"
        );
        eprintln!("SKIPPED: bash 5.2 is missing (found `{version}`), nothing was compared");
        return;
    }
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nails");
    let mut paths: Vec<_> = std::fs::read_dir(tables).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let only = std::env::var("NAIL").ok();
    let (mut count, mut wrong) = (0, Vec::new());
    for path in paths {
        let table = std::fs::read_to_string(&path).unwrap();
        for case in table.split("\n### ").skip(1) {
            let (name, nail) = case.split_once('\n').unwrap();
            if only.as_deref().is_some_and(|only| only != name) {
                continue;
            }
            count += 1;
            let scratch = tempfile::tempdir().unwrap();
            let dir = scratch.path().join("nails");
            std::fs::create_dir_all(dir.join("TOENAILS/sub")).unwrap();
            let write = |name: &str, text: &str| {
                std::fs::File::create(dir.join(name)).unwrap().write_all(text.as_bytes()).unwrap();
            };
            write("case.nail", nail);
            write("TOENAILS/sources", "source ./TOENAILS/sets x; log sources \"$@\"\n");
            write("TOENAILS/sets", "set -- from file\n");
            write("TOENAILS/args", "log included \"$#\" \"$@\"\n");
            write("TOENAILS/vars", "from_nail=set; log vars \"${x:-none}\"\n");
            write("TOENAILS/returns", "log before\nreturn 3\nlog after\n");
            write("TOENAILS/sets", "set -- new words\n");
            write("TOENAILS/sets_and_logs", "set -- new words; log \"$@\"\n");
            write("TOENAILS/locals", "local l=1; declare d=2; g=3; log \"$l$d$g\"\n");
            write("TOENAILS/sub/b a", "");
            write("lines.txt", "one:1\ntwo:2\n\nfour:4\ntwo:2\n");
            write(".hidden", "");
            let (bash, toe) = (bash(&dir), toe(&dir));
            let same = bash.ok == toe.ok
                && (!bash.ok || bash.directives == toe.directives && bash.output == toe.output);
            if !same {
                wrong.push(format!(
                    "--- {} in {}\n{nail}\nbash ok={} {:?}\n  {:?} {}\ntoe  ok={} {:?}\n  {:?} {}\n",
                    name,
                    path.file_name().unwrap().to_string_lossy(),
                    bash.ok,
                    bash.directives,
                    bash.output,
                    bash.message,
                    toe.ok,
                    toe.directives,
                    toe.output,
                    toe.message
                ));
            }
        }
    }
    assert!(count > 0, "no case was run");
    assert!(wrong.is_empty(), "{} of {count} cases differ\n{}", wrong.len(), wrong.join("\n"));
}
