//! How runs end, and that nothing survives them.

use std::time::{Duration, Instant};

use crate::root::{can_run, make, run, script};
use toe_install::sandbox::{End, Limits, Program};

/// Processes of this machine whose command line holds `marker`.
fn processes_with(marker: &str) -> usize {
    let wanted = |entry: std::io::Result<std::fs::DirEntry>| {
        let line = std::fs::read(entry.ok()?.path().join("cmdline")).ok()?;
        String::from_utf8_lossy(&line).contains(marker).then_some(())
    };
    std::fs::read_dir("/proc").unwrap().filter_map(wanted).count()
}

#[test]
fn status_and_signal_are_told() {
    if !can_run() {
        return;
    }
    let root = make();
    let (outcome, _) = script(&root, Limits::default(), "", "echo oh no >&2; exit 3");
    assert_eq!((outcome.end, outcome.last_line.as_deref()), (End::Exited(3), Some("oh no")));
    let (outcome, _) = script(&root, Limits::default(), "", "kill -TERM $$");
    assert_eq!(outcome.end, End::Signalled(15));
}

#[test]
fn a_daemon_left_behind_is_killed_and_does_not_hold_the_run() {
    if !can_run() {
        return;
    }
    let root = make();
    let began = Instant::now();
    let (outcome, _) =
        script(&root, Limits::default(), "", "(trap '' HUP TERM; exec sleep 4217.25) & echo started; exit 0");
    assert!(outcome.end.is_success() && began.elapsed() < Duration::from_mins(1));
    assert_eq!(processes_with("4217.25"), 0);
}

#[test]
fn a_run_that_does_not_end_is_killed_and_its_body_removed() {
    if !can_run() {
        return;
    }
    let root = make();
    let limits = Limits { time: Duration::from_millis(700), ..Limits::default() };
    let (outcome, lines) =
        script(&root, limits.clone(), "", "trap '' TERM INT; sleep 5318.25 & echo on; while :; do :; done");
    assert_eq!((outcome.end, lines), (End::TimedOut(limits.time), vec!["on".to_owned()]));
    assert_eq!(processes_with("5318.25"), 0);
    assert_eq!(std::fs::read_dir(root.path().join("var/tmp")).unwrap().count(), 0);
}

#[test]
fn output_without_end_is_counted_not_kept() {
    if !can_run() {
        return;
    }
    let root = make();
    let limits = Limits { output: 1000, time: Duration::from_secs(1), ..Limits::default() };
    let (outcome, lines) = script(&root, limits, "", "yes");
    assert!(matches!(outcome.end, End::TimedOut(_)) && outcome.unseen_output > 0);
    assert_eq!(lines.iter().map(|l| l.len() + 1).sum::<usize>(), 1000);
}

#[test]
fn processes_are_bounded_where_the_kernel_can() {
    if !can_run() {
        return;
    }
    let before = std::fs::read_to_string("/proc/sys/kernel/pid_max").unwrap();
    let root = make();
    let limits = Limits { time: Duration::from_secs(5), processes: 301, ..Limits::default() };
    let (_, lines) = script(&root, limits, "", "cat /proc/sys/kernel/pid_max");
    let release = nix::sys::utsname::uname().unwrap().release().to_string_lossy().into_owned();
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).map(|n| n.parse().unwrap_or(0));
    let version: (u32, u32) = (numbers.next().unwrap(), numbers.next().unwrap());
    assert_eq!(lines[0] == "301", version >= (6, 14), "{lines:?} on {release}");
    assert_eq!(std::fs::read_to_string("/proc/sys/kernel/pid_max").unwrap(), before);
}

#[test]
fn code_of_ours_runs_inside_too() {
    if !can_run() {
        return;
    }
    let root = make();
    let (outcome, _) = run(
        &root,
        Limits::default(),
        "",
        Program::Inside(&|| {
            std::fs::write("/made-inside", "x")
                .map_or(1, |()| if nix::unistd::getpid().as_raw() == 2 { 7 } else { 2 })
        }),
    );
    assert_eq!(outcome.end, End::Exited(7));
    assert!(root.path().join("made-inside").is_file());
}
