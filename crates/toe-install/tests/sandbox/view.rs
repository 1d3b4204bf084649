//! What is visible inside.

use crate::root::{can_run, make, run, script, sh};
use toe_install::sandbox::{End, Limits, Program};

#[test]
fn arguments_directory_umask_and_environment_are_those_of_rpm() {
    if !can_run() {
        return;
    }
    let root = make();
    let lines = sh(&root, "echo $# $1 ${0%/*} $PWD; umask; /usr/bin/env; ls -l $0 | { read m r; echo $m; }");
    assert_eq!(lines[..2], ["1 1 /var/tmp /", "0022"]);
    let mut environment: Vec<_> = lines[2..lines.len() - 1].to_vec();
    environment.sort();
    environment.retain(|l| !["PWD=", "SHLVL=", "_=", "OLDPWD="].iter().any(|p| l.starts_with(p)));
    assert_eq!(
        environment,
        [
            "HOME=/root",
            "LANG=C",
            "PATH=/sbin:/bin:/usr/sbin:/usr/bin:/usr/X11R6/bin",
            "SOURCE_DATE_EPOCH=1700000000",
            "SYSTEMD_OFFLINE=1",
            "TERM=dumb"
        ]
    );
    assert_eq!(lines.last().unwrap(), "-rw-------");
}

#[test]
fn no_process_mount_or_descriptor_of_the_host_is_seen() {
    if !can_run() {
        return;
    }
    let root = make();
    let kept_open = std::fs::File::open("/").unwrap();
    // exec: the shell itself holds its script open.
    let lines = sh(&root, "for p in /proc/[0-9]*; do echo ${p#/proc/}; done");
    assert!(lines.iter().all(|l| l.parse::<u32>().unwrap() < 10), "{lines:?}");
    let argv = ["/bin/ls", "/proc/self/fd"].map(|w| w.as_bytes().to_vec());
    let (_, lines) = run(&root, Limits::default(), "", Program::Command { argv: &argv });
    assert_eq!(lines, ["0", "1", "2", "3"], "3 is the directory that ls reads");
    drop(kept_open);
    let lines = sh(&root, "cat /proc/self/mounts");
    for line in &lines {
        let place = line.split(' ').nth(1).unwrap();
        assert!(place == "/" || place.starts_with("/proc") || place == "/dev", "{line}");
    }
    assert!(lines[0].contains("nodev"), "{}", lines[0]);
    assert_eq!(
        sh(&root, "readlink /proc/1/root; ls -a /proc/1/root | wc -l || :; echo $(ls /dev)").last().unwrap(),
        "fd full null random shm stderr stdin stdout tty urandom zero"
    );
}

#[test]
fn standard_input_is_what_was_given_or_at_its_end() {
    if !can_run() {
        return;
    }
    let root = make();
    let list = "/usr/lib/a\n/usr/lib/b\n".repeat(50_000);
    let (_, lines) = script(&root, Limits::default(), &list, "wc -l");
    assert_eq!(lines, ["100000"]);
    assert_eq!(sh(&root, "wc -c; echo x > /dev/null; cat < /dev/null"), ["0"]);
}

#[test]
fn a_body_less_interpreter_gets_its_own_words_only_and_a_missing_one_is_named() {
    if !can_run() {
        return;
    }
    let root = make();
    let argv = ["/bin/bash", "-c", "echo $#", "x", "y"].map(|w| w.as_bytes().to_vec());
    let (_, lines) = run(&root, Limits::default(), "", Program::Command { argv: &argv });
    assert_eq!(lines, ["1"]);
    let argv = [b"/sbin/ldconfig".to_vec()];
    let (outcome, _) = run(&root, Limits::default(), "", Program::Command { argv: &argv });
    assert_eq!(outcome.end, End::NotStarted(2));
}

#[test]
fn the_tree_is_as_before_but_for_var_tmp() {
    if !can_run() {
        return;
    }
    let root = make();
    sh(&root, "echo x > /dev/left; echo y > /dev/shm/left");
    let mut names: Vec<_> = std::fs::read_dir(root.path())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(!names.iter().any(|n| n == "dev" || n == "proc"), "{names:?}");
    assert_eq!(std::fs::read_dir(root.path().join("var/tmp")).unwrap().count(), 0);
    // What packages put into /dev and /proc is hidden for the time, not lost.
    std::fs::create_dir_all(root.path().join("dev/sub")).unwrap();
    std::fs::write(root.path().join("dev/log"), "x").unwrap();
    assert_eq!(sh(&root, "ls /dev/sub 2>/dev/null | wc -l; rm -f /dev/log 2>/dev/null; echo"), ["0", ""]);
    assert!(root.path().join("dev/sub").is_dir() && root.path().join("dev/log").is_file());
}

#[test]
fn a_link_in_place_of_dev_is_refused() {
    if !can_run() {
        return;
    }
    let root = make();
    std::os::unix::fs::symlink("/usr", root.path().join("dev")).unwrap();
    let handle = std::fs::File::open(root.path()).unwrap();
    let argv = [b"/bin/ls".to_vec()];
    let job = toe_install::sandbox::Job {
        from: "test %post",
        program: Program::Command { argv: &argv },
        stdin: b"",
        environment: toe_install::sandbox::Environment::default(),
    };
    let error = toe_install::sandbox::Sandbox::new(&handle, Limits::default())
        .run(&job, &toe_source::Silent)
        .unwrap_err();
    assert_eq!(error.to_string(), "cannot build the sandbox for test %post: mounting its /dev");
}
