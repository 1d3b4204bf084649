//! What a run starts and where it writes, as the kernel sees it.
#![allow(clippy::unwrap_used)] // a test's unwrap is its failure

mod made_packages;
mod oracle;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

const TOE: &str = env!("CARGO_BIN_EXE_toe");
const FORBIDDEN: [&str; 8] = ["rpm", "yum", "dnf", "cpio", "tar", "fpm", "rpm2cpio", "rpmbuild"];

/// The system calls of one run, a line each, with descriptors shown as paths.
fn trace(work: &Path, args: &[&str]) -> Vec<String> {
    let log = work.join("strace.log");
    let out = Command::new("strace")
        .args(["-f", "-y", "-qq", "-s", "4096", "--pidns-translation", "-e"])
        .arg("trace=clone,clone3,fork,vfork,execve,execveat,pivot_root,chroot,open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,mknod,mknodat,truncate,chmod,chown,lchown,fchmodat,fchownat")
        .arg("-o")
        .arg(&log)
        .arg(TOE)
        .args(args)
        .current_dir(work)
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&std::fs::read(&log).unwrap()).lines().map(str::to_owned).collect()
}

/// The programs that were started.
fn started(lines: &[String]) -> BTreeSet<String> {
    let execs = lines.iter().filter(|l| l.contains(" execve(") || l.contains(" execveat("));
    execs.filter(|l| l.ends_with("= 0")).filter_map(|l| l.split('"').nth(1).map(str::to_owned)).collect()
}

/// From which line on a process no longer sees the host: since it changed its root, or from its birth when its
/// parent had. A child may be heard of before the call that made it returns, so births are collected first.
struct Confinement {
    /// Line of the first pivot_root or chroot by process.
    changed_root: BTreeMap<String, usize>,
    /// Parent, and line of the call's result, by child.
    births: BTreeMap<String, (String, usize)>,
}

impl Confinement {
    fn of(lines: &[String]) -> Self {
        let mut found = Confinement { changed_root: BTreeMap::new(), births: BTreeMap::new() };
        for (at, line) in lines.iter().enumerate() {
            let (pid, call) = line.split_once(' ').unwrap();
            let call = call.trim_start();
            if call.starts_with("pivot_root(") || call.starts_with("chroot(") {
                found.changed_root.entry(pid.to_owned()).or_insert(at);
            }
            let makes = ["clone", "fork", "vfork", "<... clone", "<... fork", "<... vfork"];
            if makes.iter().any(|c| call.starts_with(c))
                && let Some(child) = child_of(call)
            {
                found.births.insert(child, (pid.to_owned(), at));
            }
        }
        found
    }

    fn holds(&self, pid: &str, at: usize) -> bool {
        self.changed_root.get(pid).is_some_and(|changed| *changed <= at)
            || self.births.get(pid).is_some_and(|(parent, born)| self.holds(parent, *born))
    }
}

/// Absolute paths that succeeded in being made, changed or removed, by processes that still see the host.
fn written(lines: &[String]) -> BTreeSet<String> {
    let confinement = Confinement::of(lines);
    let mut paths = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        let (pid, call) = line.split_once(' ').unwrap();
        let call = call.trim_start();
        if confinement.holds(pid, at)
            || ["clone", "fork", "vfork", "pivot_root"].iter().any(|c| call.starts_with(c))
            || call.contains("= -1 ")
            || call.contains("resumed>")
        {
            continue;
        }
        let opens = call.starts_with("open") || call.starts_with("creat");
        if opens && !["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|f| call.contains(f)) {
            continue;
        }
        if call.starts_with("exec") {
            continue;
        }
        // NAME(DIRFD</dir>, "name", ..: every quoted word with the directory before it.
        let mut dir = String::new();
        for part in call.split(", ") {
            if let Some((_, rest)) = part.split_once('<')
                && let Some((path, _)) = rest.rsplit_once('>')
            {
                path.clone_into(&mut dir);
            }
            if let Some(name) = part.split('"').nth(1).filter(|_| part.contains('"')) {
                paths.insert(if name.starts_with('/') && !call.starts_with("openat2") {
                    name.to_owned()
                } else {
                    format!("{dir}/{}", name.trim_start_matches('/'))
                });
            }
            if call.starts_with("symlink") {
                dir.clear();
            }
        }
    }
    paths
}

/// The process that a `clone` made, as strace numbers it: `= 5 /* 4711 in strace's PID NS */` or `= 4711`.
fn child_of(call: &str) -> Option<String> {
    let result = call.rsplit_once("= ")?.1;
    let number = result.split_once("/* ").map_or(result, |(_, outside)| outside);
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

#[test]
fn a_run_starts_no_package_tool_and_writes_only_where_it_says() {
    if !oracle::root() || !oracle::programs(&["strace"]) {
        return;
    }
    let work = tempfile::Builder::new().prefix("toe-confined-").tempdir_in("/var/tmp").unwrap();
    made_packages::write_all(work.path());
    std::fs::write(work.path().join("some.repo"), "[some]\nname=Some\nbaseurl=http://127.0.0.1:9/\n")
        .unwrap();
    let dir = work.path().display().to_string();
    std::fs::write(
        work.path().join("foot"),
        format!(
            "REPO_FILE=some.repo\nMREPO_URL={dir}\nPACKAGE=sock-confined\nVERSION=1\nBase {dir}/socks/one\n\
             Rpm good-1-1.noarch.rpm\nRpm scripted-1-1.noarch.rpm\nGroupAdd 353 g\nUserAdd 353 353 /home/u /bin/sh u\n\
             Mknod c 1 3 null\nSymlink {dir}/links/good etc/good.conf\n"
        ),
    )
    .unwrap();
    for below in ["socks", "links", "out"] {
        std::fs::create_dir(work.path().join(below)).unwrap();
    }
    let lines = trace(work.path(), &["run", "--cache", &format!("{dir}/cache"), "-o", "out", "foot"]);
    let programs = started(&lines);
    assert!(programs.iter().any(|p| p == TOE), "the trace shows toe itself: {programs:?}");
    for program in &programs {
        let name = program.rsplit('/').next().unwrap_or_default();
        assert!(!FORBIDDEN.contains(&name), "started {program}");
    }
    let allowed = ["socks", "cache", "links", "out"].map(|d| format!("{dir}/{d}"));
    let elsewhere: Vec<_> = written(&lines)
        .into_iter()
        .filter(|p| !allowed.iter().any(|a| p.starts_with(a.as_str())))
        .filter(|p| p != "/dev/null" && p != "/dev/tty" && !p.starts_with("/proc/"))
        .collect();
    assert!(elsewhere.is_empty(), "written elsewhere: {elsewhere:#?}");
    assert!(written(&lines).iter().any(|p| p.contains("toe-stage")), "the trace shows the staging directory");
}
