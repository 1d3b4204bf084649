//! `toe run` without a foot: the built-in example, as root, without root, and where user namespaces are forbidden.
#![allow(clippy::unwrap_used)] // a test's unwrap is its failure

mod oracle;

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program where every user can start it, and a directory that belongs to `owner`.
struct Place {
    dir: tempfile::TempDir,
    toe: PathBuf,
}

impl Place {
    fn new(owner: Option<u32>) -> Self {
        let dir = tempfile::Builder::new().prefix("toe-demo-").tempdir_in("/var/tmp").unwrap();
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let toe = dir.path().join("toe");
        // By another process: a descriptor of ours open for writing would pass into a child of another test
        // thread, and the program could not be started (ETXTBSY).
        assert!(Command::new("cp").arg(env!("CARGO_BIN_EXE_toe")).arg(&toe).status().unwrap().success());
        let work = dir.path().join("work");
        std::fs::create_dir(&work).unwrap();
        if owner.is_some() {
            std::os::unix::fs::chown(&work, owner, owner).unwrap();
        }
        Place { dir, toe }
    }

    fn work(&self) -> PathBuf {
        self.dir.path().join("work")
    }

    fn run(&self, before: &[&str]) -> Output {
        let mut words: Vec<std::ffi::OsString> = before.iter().map(Into::into).collect();
        words.push(self.toe.clone().into());
        words.push("run".into());
        let mut command = Command::new(&words[0]);
        command
            .args(&words[1..])
            .current_dir(self.work())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.work());
        command.output().unwrap()
    }

    fn package(&self) -> PathBuf {
        self.work().join(format!("toe-demo/sock-sleepd-1.0-1.{}.rpm", std::env::consts::ARCH))
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const AS_NOBODY: [&str; 4] = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

/// Owner, mode and device of each path in a package, as rpm reads them.
fn listed(package: &Path, path_ends: &str) -> String {
    let out = Command::new("rpm").args(["-qp", "--dump"]).arg(package).output().unwrap();
    assert!(out.status.success(), "{}", text(&out));
    let dump = String::from_utf8_lossy(&out.stdout).into_owned();
    dump.lines()
        .find(|l| l.split(' ').next().is_some_and(|p| p.ends_with(path_ends)))
        .unwrap_or("")
        .to_owned()
}

fn check_package(package: &Path) {
    if !oracle::programs(&["rpm"]) {
        return;
    }
    let out = Command::new("rpm").arg("-K").arg(package).output().unwrap();
    assert!(out.status.success() && text(&out).contains("digests OK"), "{}", text(&out));
    assert!(listed(package, "/sock/usr/sbin/sleepd").contains(" 0100755 "), "{}", listed(package, "sleepd"));
    let provides = Command::new("rpm").args(["-qp", "--provides"]).arg(package).output().unwrap();
    assert!(text(&provides).contains("bundled(sleepd) = 1.0-1"), "{}", text(&provides));
}

#[test]
fn as_root_the_daemon_runs_as_its_own_user() {
    if !oracle::root() {
        return;
    }
    let place = Place::new(None);
    let out = place.run(&[]);
    assert!(out.status.success(), "{}", text(&out));
    assert!(text(&out).contains("sleepd: awake in / as uid 353 gid 353"), "{}", text(&out));
    let sock = place.work().join("toe-demo/sock");
    assert_eq!(sock.join("var/lib/sleepd").metadata().unwrap().uid(), 353);
    assert_eq!(sock.join("dev/null").metadata().unwrap().rdev(), rustix::fs::makedev(1, 3));
    assert_eq!(
        place.work().join("toe-demo/links/sleepd").read_link().unwrap(),
        sock.join("usr/sbin/sleepd"),
        "the host link"
    );
    assert!(!text(&out).contains("not made"), "root makes all of it: {}", text(&out));
    check_package(&place.package());
    // The same again costs nothing and changes nothing.
    let before = std::fs::read(place.package()).unwrap();
    let again = place.run(&[]);
    assert!(again.status.success(), "{}", text(&again));
    assert!(before == std::fs::read(place.package()).unwrap(), "the package changed");
}

#[test]
fn without_root_it_works_in_a_user_namespace() {
    if !oracle::root() || !oracle::programs(&["setpriv"]) {
        return;
    }
    let place = Place::new(Some(65534));
    let out = place.run(&AS_NOBODY);
    assert!(out.status.success(), "{}", text(&out));
    assert!(text(&out).contains("sleepd: awake in / as uid 0"), "{}", text(&out));
    says_what_it_left_out(&out);
    check_package(&place.package());
    same_package_as_root(&place);
}

#[test]
fn without_user_namespaces_tree_and_package_are_still_made() {
    if !oracle::root() || !oracle::programs(&["setpriv", "strace"]) {
        return;
    }
    let place = Place::new(Some(65534));
    let refuse =
        ["strace", "-f", "-qq", "-e", "trace=unshare", "-e", "inject=unshare:error=EPERM", "-o", "/dev/null"];
    let out = place.run(&[&AS_NOBODY[..], &refuse[..]].concat());
    assert!(out.status.success(), "{}", text(&out));
    assert!(text(&out).contains("user namespaces"), "it says why: {}", text(&out));
    says_what_it_left_out(&out);
    assert!(place.work().join("toe-demo/sock/usr/sbin/sleepd").exists());
    check_package(&place.package());
    same_package_as_root(&place);
}

/// Devices and owners that need root are named as not made.
fn says_what_it_left_out(out: &Output) {
    let said = text(out);
    let (_, list) = said.split_once("not made without root, but noted for the package:\n").expect("the list");
    assert!(list.contains("  /dev/null: device c 1:3\n"), "{said}");
    assert!(list.contains("  /var/lib/sleepd: owner 353:353\n"), "{said}");
}

/// Owners and devices that could not be made here are in the package all the same.
fn same_package_as_root(place: &Place) {
    if !oracle::programs(&["rpm"]) {
        return;
    }
    let scripts = Command::new("rpm").args(["-qp", "--scripts"]).arg(place.package()).output().unwrap();
    let everything = format!("{}{}", text(&scripts), listed(&place.package(), "/dev/null"));
    assert!(everything.contains("null"), "the device: {everything}");
    assert!(text(&scripts).contains("353"), "the owner of /var/lib/sleepd: {}", text(&scripts));
}
