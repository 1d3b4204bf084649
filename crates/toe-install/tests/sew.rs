//! Whole runs with real packages: sewn, sewn again, added to, refused.
#![allow(clippy::unwrap_used)] // a test's unwrap is its failure

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use toe_install::{InstallError, SewOptions, SewReport, sew};
use toe_plan::{Directive, DirectiveName, Place, Plan, Step};
use toe_repo::{FetchOptions, Fetcher};
use toe_root::Root;
use toe_source::{Origin, Silent, SourceId, Span};

/// The test repository; says loudly when the run cannot be tried.
fn repository() -> Option<PathBuf> {
    let repository = std::env::var_os("TOE_TESTREPO").map(PathBuf::from);
    let there = repository.as_ref().is_some_and(|r| r.join("order/base.txt").exists());
    if there && nix::unistd::geteuid().is_root() && Command::new("rpm").arg("--version").output().is_ok() {
        return repository;
    }
    assert!(std::env::var("TOE_ORACLES").as_deref() != Ok("required"), "missing: root, rpm or TOE_TESTREPO");
    eprintln!("SKIPPED: sewing was not tested: missing: root, rpm or TOE_TESTREPO");
    None
}

fn plan(sock: &Path, lines: &[String]) -> Plan {
    let directive = |(i, line): (usize, &String)| {
        let mut words = line.split(' ').map(str::to_owned);
        let name = DirectiveName::from_word(&words.next().unwrap()).unwrap();
        let args: Vec<String> = words.collect();
        let span = Span::new(SourceId(0), i, i + 1);
        Directive {
            name,
            step: Step::parse(name, &args, None).unwrap(),
            arg_spans: args.iter().map(|_| span).collect(),
            args,
            place: Place { file: "foot".into(), line: i as u32 + 1, column: Some(1) },
            included_from: vec![],
            origin: Origin::in_foot(span),
        }
    };
    Plan {
        version: 1,
        foot: "foot".into(),
        sock_dir: sock.to_str().unwrap().into(),
        variables: BTreeMap::default(),
        directives: lines.iter().enumerate().map(directive).collect(),
        inputs: vec![],
        external_commands: vec![],
    }
}

fn run(scratch: &Path, sock: &Path, lines: &[String]) -> Result<SewReport, InstallError> {
    let fetcher = Fetcher::new(FetchOptions::new(scratch.join("cache")));
    sew(&plan(sock, lines), &fetcher, &SewOptions::default(), &Silent)
}

/// Every object with its attributes and content.
fn tree(sock: &Path) -> Vec<String> {
    let root = Root::open(sock).unwrap();
    root.walk()
        .map(|entry| {
            let entry = entry.unwrap();
            let m = &entry.metadata;
            let content = if m.is_file() { root.read_file(&entry.path, 1 << 30).unwrap() } else { vec![] };
            let digest = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(content));
            let path = entry.path.escape_ascii();
            format!("{path} {:?} {:o} {}:{} {} {digest}", m.kind, m.mode, m.uid, m.gid, m.mtime)
        })
        .collect()
}

#[test]
fn real_packages_are_sewn_the_same_each_time_and_added_to() {
    let Some(repository) = repository() else { return };
    let scratch = tempfile::Builder::new().prefix("toe-sew-").tempdir_in("/var/tmp").unwrap();
    let order = |set: &str| std::fs::read_to_string(repository.join(format!("order/{set}.txt"))).unwrap();
    let base = order("base");
    let rpm_line = |package: &str| format!("Rpm {}", repository.join(package).display());
    let sock = scratch.path().join("sock");
    let mut lines = vec![
        format!("Base {}", sock.display()),
        format!("GpgImport {}/RPM-GPG-KEY-test", repository.display()),
    ];
    lines.extend(base.lines().map(rpm_line));
    lines.push("Exec echo sewn".to_owned());

    let report = run(scratch.path(), &sock, &lines).unwrap();
    assert!(report.changed && report.installed.len() == base.lines().count());
    let first = tree(&sock);
    let again = run(scratch.path(), &sock, &lines).unwrap();
    assert!(!again.changed && tree(&sock) == first);

    // Elsewhere and later: the same tree, bit for bit, but for what names the place.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let other = scratch.path().join("other");
    let mut other_lines = lines.clone();
    other_lines[0] = format!("Base {}", other.display());
    run(scratch.path(), &other, &other_lines).unwrap();
    let second = tree(&other);
    let differing: Vec<_> =
        first.iter().zip(&second).filter(|(a, b)| a != b && !a.contains("sock.json")).collect();
    assert!(differing.is_empty() && first.len() == second.len(), "{differing:#?}");

    let python = order("python");
    let added: Vec<_> = python.lines().filter(|p| !base.lines().any(|b| b == *p)).take(2).collect();
    lines.extend(added.iter().map(|p| rpm_line(p)));
    assert_eq!(run(scratch.path(), &sock, &lines).unwrap().installed.len(), added.len());
    let asked =
        Command::new("rpm").arg("--root").arg(&sock).args(["--dbpath=/var/lib/rpm", "-qa"]).output().unwrap();
    let listed = String::from_utf8(asked.stdout).unwrap();
    let keys = listed.lines().filter(|l| l.starts_with("gpg-pubkey")).count();
    assert_eq!((listed.lines().count() - keys, keys), (base.lines().count() + added.len(), 1));
}

#[test]
fn packages_of_another_key_leave_no_sock() {
    let Some(repository) = repository() else { return };
    let scratch = tempfile::Builder::new().prefix("toe-sew-").tempdir_in("/var/tmp").unwrap();
    let sock = scratch.path().join("sock");
    for entry in std::fs::read_dir(repository.join("bad")).unwrap() {
        let package = entry.unwrap().path();
        if package.extension().is_none_or(|e| e != "rpm") {
            continue;
        }
        let lines = [
            format!("Base {}", sock.display()),
            format!("GpgImport {}/RPM-GPG-KEY-test", repository.display()),
            format!("Rpm {}", package.display()),
        ];
        let error = run(scratch.path(), &sock, &lines).unwrap_err();
        assert!(error.to_string().contains(package.to_str().unwrap()), "{error}");
        assert!(!sock.exists(), "{}", package.display());
    }
}
