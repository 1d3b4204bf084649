//! The main job on real packages: a foot becomes a running service and an RPM that rpm accepts.
#![allow(clippy::unwrap_used)] // a test's unwrap is its failure

mod file_server;
mod oracle;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const TOE: &str = env!("CARGO_BIN_EXE_toe");

fn nails() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../TOENAILS")
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// rpm on another root, with the database where the packages keep it.
fn rpm(root: &Path, args: &[&str]) -> Output {
    Command::new("timeout")
        .args(["120", "rpm", "--dbpath=/var/lib/rpm", "--root"])
        .arg(root)
        .args(args)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_foot_becomes_a_running_service_and_an_rpm() {
    let Some(repository) = oracle::test_repository() else { return };
    if !oracle::root() || !oracle::programs(&["rpm", "chroot", "timeout"]) {
        return;
    }
    let server = file_server::FileServer::start(&repository);
    let work = tempfile::Builder::new().prefix("toe-pyservice-").tempdir_in("/var/tmp").unwrap();
    let sock = work.path().join("pyservice");
    let out = Command::new(TOE)
        .arg("run")
        .arg("--nail-path")
        .arg(&repository)
        .args(["-D", &format!("REPO_DIR={}", repository.display())])
        .args(["-D", &format!("MREPO_URL={}", server.url)])
        .args(["-D", &format!("SOCK_DIR={}", sock.display()), "--no-host-links"])
        .arg("--cache")
        .arg(work.path().join("cache"))
        .arg("-o")
        .arg(work.path())
        .arg(nails().join("pyservice.foot"))
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", text(&out));

    // The service answers, as its user, from inside.
    let mut service = Service(
        Command::new("chroot")
            .arg("--userspec=appuser:appgrp")
            .arg(&sock)
            .args(["/usr/bin/python3", "/srv/pyservice/server.py", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut line = String::new();
    BufReader::new(service.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim().rsplit(' ').next().unwrap().to_owned();
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    write!(stream, "GET /hello HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let body: serde_json::Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(body["user"], "appuser");
    assert_eq!(body["comment"], "Application XYZ User");
    assert_eq!(body["group"], 353);
    assert_eq!(body["path"], "/hello");
    assert!(body["root"].as_array().unwrap().iter().any(|e| e == "srv"), "{body}");
    drop(service);

    // The package installs on an empty root with devices and link made, verifies, and leaves nothing.
    let package = work.path().join("sock-pyservice-1.0-1.x86_64.rpm");
    let check = Command::new("rpm").arg("-K").arg(&package).output().unwrap();
    assert!(check.status.success() && text(&check).contains("digests OK"), "{}", text(&check));
    listed_by_createrepo(&package);
    let other = work.path().join("other");
    std::fs::create_dir(&other).unwrap();
    assert!(rpm(&other, &["--initdb"]).status.success());
    let installed = rpm(&other, &["-ivh", package.to_str().unwrap()]);
    assert!(installed.status.success(), "{}", text(&installed));
    assert!(!text(&installed).contains("warning"), "{}", text(&installed));
    let inside = other.join(sock.strip_prefix("/").unwrap());
    let link = other.join("var/test");
    assert_eq!(link.read_link().unwrap(), sock.join("var/test"), "the host link");
    let null = std::fs::symlink_metadata(inside.join("dev/null")).unwrap();
    assert_eq!(std::os::unix::fs::MetadataExt::rdev(&null), rustix::fs::makedev(1, 3), "the device");
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&null) & 0o7777, 0o666);
    same_tree(&sock, &inside);
    let verified = rpm(&other, &["-V", "sock-pyservice"]);
    assert!(verified.status.success(), "rpm -V: {}", text(&verified));
    let erased = rpm(&other, &["-e", "sock-pyservice"]);
    assert!(erased.status.success(), "{}", text(&erased));
    assert!(!inside.exists(), "the SOCK is gone");
    assert!(link.symlink_metadata().is_err(), "the host link is gone");
}

/// createrepo_c reads the package and names it in the metadata.
fn listed_by_createrepo(package: &Path) {
    if !oracle::programs(&["createrepo_c"]) {
        return;
    }
    let dir = tempfile::tempdir_in("/var/tmp").unwrap();
    std::fs::hard_link(package, dir.path().join(package.file_name().unwrap())).unwrap();
    let out = Command::new("createrepo_c")
        .args(["-q", "--general-compress-type=gz"])
        .arg(dir.path())
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", text(&out));
    let primary = Command::new("sh")
        .args(["-c", "gzip -dc \"$1\"/repodata/*-primary.xml.gz", "sh"])
        .arg(dir.path())
        .output()
        .unwrap();
    let primary = String::from_utf8_lossy(&primary.stdout).into_owned();
    assert!(primary.contains("<name>sock-pyservice</name>"), "{primary}");
    assert!(primary.contains("name=\"bundled(bash)\""), "the packages inside are provided");
}

/// Type, mode, numeric owner, links, capabilities and content are the same, but for dev/.
fn same_tree(sock: &Path, installed: &Path) {
    let list = |root: &Path| {
        let out = Command::new("sh")
            .args(["-c", "cd \"$1\" && find . -path ./dev -prune -o -printf '%P|%y|%#m|%U:%G|%l|%n\\n' | sort; getcap -r . 2>/dev/null | sort; find . -path ./dev -prune -o -type f -print0 | sort -z | xargs -0 sha256sum", "sh"])
            .arg(root)
            .output()
            .unwrap();
        assert!(out.status.success());
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let (ours, theirs) = (list(sock), list(installed));
    let differences: Vec<_> = diff(&ours, &theirs).into_iter().take(20).collect();
    assert!(differences.is_empty(), "{differences:#?}");
}

fn diff(a: &str, b: &str) -> Vec<String> {
    let (sa, sb): (std::collections::BTreeSet<_>, std::collections::BTreeSet<_>) =
        (a.lines().collect(), b.lines().collect());
    let only = |x: &std::collections::BTreeSet<&str>, y: &std::collections::BTreeSet<&str>, sign: &str| {
        x.difference(y).map(|l| format!("{sign}{l}")).collect::<Vec<_>>()
    };
    [only(&sa, &sb, "-"), only(&sb, &sa, "+")].concat()
}
