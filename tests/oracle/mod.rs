//! Whether the real tool is there to compare with.

#![allow(dead_code, reason = "each test program uses a part")]

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// True when every program is there. If not: says so loudly, and fails where `TOE_ORACLES=required`.
pub fn programs(names: &[&str]) -> bool {
    let missing: Vec<&str> = names.iter().copied().filter(|n| !is_there(n)).collect();
    if missing.is_empty() {
        return true;
    }
    refuse(&format!("not on this machine: {}", missing.join(", ")))
}

/// True when the test runs as root.
pub fn root() -> bool {
    if rustix::process::geteuid().is_root() { true } else { refuse("needs root") }
}

/// The directory that `tests/testrepo/mkrepo` filled, from TOE_TESTREPO.
pub fn test_repository() -> Option<PathBuf> {
    match std::env::var_os("TOE_TESTREPO").map(PathBuf::from) {
        Some(dir) if dir.join("order.txt").exists() => Some(dir),
        Some(dir) => {
            refuse(&format!("TOE_TESTREPO={} holds no repository", dir.display()));
            None
        }
        None => {
            refuse("TOE_TESTREPO is not set (tests/testrepo/mkrepo makes the repository)");
            None
        }
    }
}

fn is_there(name: &str) -> bool {
    let found = Command::new("sh")
        .args(["-c", "command -v \"$1\"", "sh", name])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    found.is_ok_and(|s| s.success())
}

fn refuse(why: &str) -> bool {
    let required = std::env::var_os("TOE_ORACLES").is_some_and(|v| v == "required");
    assert!(!required, "ORACLE MISSING: {why}");
    eprintln!("\n*** ORACLE MISSING: {why}: nothing was compared ***\n");
    false
}
