//! Both trees asked by rpm and dnf.

use std::path::Path;
use std::process::Command;

use crate::build::{Built, rpm};

/// What rpm says of a tree, sorted where the order is that of a hash.
fn said(root: &Path, arguments: &[&str]) -> Vec<String> {
    let output = rpm(root).args(arguments).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter(|line| !line.starts_with("Install Date")).map(str::to_owned).collect()
}

/// All that an installation adds to a record but its time, and all indexes by way of questions.
pub fn databases(built: &Built) {
    let all = "%{NEVRA} %{INSTALLCOLOR} %{SIGMD5} %{SHA1HEADER} %{SHA256HEADER} %{ARCHIVESIZE} \
               [%{FILENAMES} %{FILESTATES} %{FILEMODES} %{FILEDIGESTS}\\n]\\n";
    let questions: [&[&str]; 11] = [
        &["-qa", "--qf", all],
        &["-qa", "--provides"],
        &["-qa", "--scripts"],
        &["-qa", "--triggers"],
        &["-qa", "--filetriggers"],
        &["-qla", "--state"],
        &["-q", "--whatprovides", "/bin/sh", "libc.so.6()(64bit)", "filesystem"],
        &["-q", "--whatrequires", "/bin/sh"],
        &["-qf", "/etc/passwd", "/usr/bin/bash", "/bin", "/usr/lib"],
        &["-qi", "bash"],
        &["-qc", "setup"],
    ];
    for arguments in questions {
        let (ours, theirs) = (said(built.ours.path(), arguments), said(built.rpms.path(), arguments));
        // Only some sets have package triggers.
        assert!(!theirs.is_empty() || arguments.contains(&"--triggers"), "{arguments:?}");
        assert_eq!(ours, theirs, "rpm {arguments:?}");
    }
    let order = |root: &Path| {
        let mut lines = said(root, &["-qa", "--qf", "%{DBINSTANCE} %{NEVRA}\\n"]);
        lines.sort();
        lines
    };
    assert_eq!(order(built.ours.path()), order(built.rpms.path()));
    let verified = |root: &Path| {
        let mut lines = said(root, &["-Va", "--nodeps"]);
        // Our scriptlets make no file of /dev/null.
        lines.retain(|line| !line.ends_with(" /dev/null"));
        lines.sort();
        lines
    };
    assert_eq!(verified(built.ours.path()), verified(built.rpms.path()), "rpm -Va");
    dnf(built);
}

fn dnf(built: &Built) {
    if Command::new("dnf").arg("--version").output().is_err() {
        assert!(std::env::var("TOE_ORACLES").as_deref() != Ok("required"), "dnf is missing");
        eprintln!("SKIPPED: dnf is missing");
        return;
    }
    let home = tempfile::tempdir_in("/var/tmp").unwrap();
    std::fs::write(home.path().join(".rpmmacros"), "%_dbpath /var/lib/rpm\n").unwrap();
    let listed = |root: &Path| {
        let output = Command::new("dnf")
            .args(["--disablerepo=*", "--quiet", "list", "installed", "--installroot"])
            .arg(root)
            .env("HOME", home.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "dnf: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let ours = listed(built.ours.path());
    assert!(ours.len() > built.packages.len() / 2, "{ours:?}");
    assert_eq!(ours, listed(built.rpms.path()));
}

/// rpm can take the last packages of the list away again.
pub fn erasing(built: &Built) {
    for package in built.packages.iter().rev().take(3) {
        let name =
            Command::new("rpm").args(["-qp", "--nosignature", "--qf", "%{NAME}"]).arg(package).output();
        let name = String::from_utf8(name.unwrap().stdout).unwrap();
        for root in [built.ours.path(), built.rpms.path()] {
            let done = rpm(root).args(["--nodeps", "-e", &name]).output().unwrap();
            assert!(done.status.success(), "-e {name}: {}", String::from_utf8_lossy(&done.stderr));
        }
    }
    assert_eq!(said(built.ours.path(), &["-Va", "--nodeps"]), said(built.rpms.path(), &["-Va", "--nodeps"]));
}
