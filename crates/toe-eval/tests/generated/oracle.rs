//! One bash for all cases, one evaluation for each.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use toe_eval::{RealHost, Settings, evaluate};

/// How many cases of a kind are tried.
pub fn count(base: usize) -> usize {
    base * std::env::var("TOE_CASES").ok().and_then(|n| n.parse::<usize>().ok()).unwrap_or(1)
}

/// A word that a shell reads as `text`.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Compares all cases; `most_refused` of a hundred may be errors where bash succeeds.
pub fn compare(files: &[(&str, &str)], cases: &[String], most_refused: usize) {
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
    let scratch = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(scratch.path().join(name), text).unwrap();
    }
    let wanted = bash(scratch.path(), cases);
    assert_eq!(wanted.len(), cases.len(), "bash did not come to the end");
    let (mut refused, mut wrong) = (Vec::new(), String::new());
    let mut differences = 0;
    for (case, (output, complaint)) in cases.iter().zip(&wanted) {
        match toe(scratch.path(), case) {
            Ok(found) if *complaint => {
                differences += 1;
                let _ = writeln!(wrong, "--- {case}\nbash complains\ntoe  {found:?}");
            }
            Ok(found) if found != *output => {
                differences += 1;
                let _ = writeln!(wrong, "--- {case}\nbash {output:?}\ntoe  {found:?}");
            }
            Ok(_) => {}
            Err(_) if *complaint => {}
            Err(error) => refused.push(format!("{case}\n    {error}")),
        }
    }
    let wrong: String = wrong.chars().take(6000).collect();
    assert!(differences == 0, "{differences} of {} cases differ\n{wrong}", cases.len());
    let shown = refused.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(
        refused.len() * 100 <= most_refused * cases.len(),
        "{} of {} cases are refused, such as\n{shown}",
        refused.len(),
        cases.len()
    );
}

/// Output with status, and whether bash complained.
fn bash(dir: &Path, cases: &[String]) -> Vec<(String, bool)> {
    let mut script = String::from("exec 2>complaints\n");
    for case in cases {
        let _ = writeln!(
            script,
            "( set -u\n{case}\nbuiltin printf '<%s>' \"$?\" ) </dev/null; [ -s complaints ]; \
             builtin printf '\\0%s\\0' $?; : >complaints"
        );
    }
    std::fs::write(dir.join("cases"), script).unwrap();
    let output = Command::new("env")
        .args(["-i", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", "bash", "--norc", "./cases"])
        .current_dir(dir)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    std::fs::remove_file(dir.join("cases")).unwrap();
    let _ = std::fs::remove_file(dir.join("complaints"));
    let fields: Vec<String> =
        output.stdout.split(|b| *b == 0).map(|f| String::from_utf8_lossy(f).into_owned()).collect();
    fields.chunks_exact(2).map(|f| (f[0].clone(), f[1] == "0")).collect()
}

fn toe(dir: &Path, case: &str) -> Result<String, String> {
    std::fs::write(dir.join("case.nail"), format!("{case}\nprintf '<%s>' \"$?\"\n")).unwrap();
    let host = RealHost::new(dir, &dir.join("case.nail"), &[]);
    let found = evaluate(&host, "case.nail", &Settings::default());
    std::fs::remove_file(dir.join("case.nail")).unwrap();
    match found.errors.first() {
        Some(error) => Err(error.to_string()),
        None if !found.warnings.is_empty() => Err(found.warnings[0].message.clone()),
        None => Ok(found.output),
    }
}
