//! What tests against rpm itself and against the repository of real packages need.
#![allow(clippy::unwrap_used, dead_code)] // Shared by test files, each of which uses a part.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of test packages, if it and `program` are there. Says loudly what is missing; panics when
/// oracles are required.
pub fn packages_with(program: &str) -> Option<PathBuf> {
    let found = Command::new(program).arg("--version").output().is_ok_and(|o| o.status.success());
    let repository = std::env::var_os("TOE_TESTREPO").map(PathBuf::from);
    let missing = match (found, &repository) {
        (false, _) => format!("the program {program}"),
        (_, None) => "TOE_TESTREPO, the folder made by tests/testrepo/mkrepo".to_owned(),
        (_, Some(r)) if !r.join("Packages").is_dir() => format!("{}", r.join("Packages").display()),
        _ => return repository,
    };
    let required = std::env::var_os("TOE_ORACLES").is_some_and(|v| v == "required");
    assert!(!required, "missing: {missing}");
    eprintln!("SKIPPED: missing: {missing}");
    None
}

/// All packages of the repository, sorted.
pub fn all(repository: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(repository.join("Packages")).unwrap();
    let mut files: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "rpm"));
    files.sort();
    assert!(!files.is_empty());
    files
}

/// Standard output of rpm with these arguments; fails on another status than 0.
pub fn rpm(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new("timeout").args(["60", "rpm"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "rpm {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
