//! What is refused inside, and that the host stays as it is.

use crate::root::{can_run, make, sh};

#[test]
fn the_host_name_stays() {
    if !can_run() {
        return;
    }
    let root = make();
    let before = nix::unistd::gethostname().unwrap();
    assert_eq!(sh(&root, "hostname; hostname evil 2>/dev/null || echo refused"), ["localhost", "refused"]);
    assert_eq!(nix::unistd::gethostname().unwrap(), before);
}

#[test]
fn no_network_is_there() {
    if !can_run() {
        return;
    }
    let root = make();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let lines = sh(
        &root,
        &format!(
            "{{ echo > /dev/tcp/127.0.0.1/{port}; }} 2>/dev/null && echo connected || echo none; wc -l < /proc/net/dev"
        ),
    );
    assert_eq!(lines[0], "none");
    // Two lines of heading, and the loopback device, which is down.
    assert_eq!(lines[1], "3");
}

#[test]
fn mounts_namespaces_and_devices_are_refused() {
    if !can_run() {
        return;
    }
    let root = make();
    let lines = sh(
        &root,
        "mount -t tmpfs x /var 2>/dev/null || echo mount; unshare -m true 2>/dev/null || echo unshare
         unshare -U true 2>/dev/null || echo user; mknod /disk b 8 0 2>/dev/null || echo mknod
         (echo c > /proc/sysrq-trigger) 2>/dev/null || echo sysrq
         (echo x > /proc/sys/kernel/core_pattern) 2>/dev/null || echo core_pattern
         date -s 2001-01-01 >/dev/null 2>&1 || echo date; wc -c < /proc/kmsg",
    );
    assert_eq!(lines, ["mount", "unshare", "user", "mknod", "sysrq", "core_pattern", "date", "0"]);
}

#[test]
fn a_device_that_a_package_put_there_is_no_door() {
    if !can_run() {
        return;
    }
    let root = make();
    nix::sys::stat::mknod(
        &root.path().join("door"),
        nix::sys::stat::SFlag::S_IFCHR,
        nix::sys::stat::Mode::from_bits_truncate(0o666),
        nix::sys::stat::makedev(1, 5),
    )
    .unwrap();
    assert_eq!(
        sh(&root, "(: < /door) 2>/dev/null || echo shut; : < /dev/zero && echo open"),
        ["shut", "open"]
    );
}

#[test]
fn capabilities_are_cut() {
    if !can_run() {
        return;
    }
    let root = make();
    let lines = sh(
        &root,
        "while read k v; do case $k in CapEff:|CapBnd:|NoNewPrivs:|Seccomp:) echo $k $v;; esac; done < /proc/self/status",
    );
    // chown, dac_override, fowner, fsetid, kill, setgid, setuid, setpcap, sys_chroot, setfcap
    assert_eq!(
        lines,
        ["CapEff: 00000000800401fb", "CapBnd: 00000000800401fb", "NoNewPrivs: 1", "Seccomp: 2"]
    );
}

#[test]
fn nothing_outside_can_be_written() {
    if !can_run() {
        return;
    }
    let root = make();
    let outside = tempfile::tempdir_in("/var/tmp").unwrap();
    std::os::unix::fs::symlink(outside.path(), root.path().join("out")).unwrap();
    let up = "../".repeat(20);
    sh(
        &root,
        &format!(
            "echo x > /out/f 2>/dev/null || :; echo x > {up}{0}/g 2>/dev/null || :; echo x > /proc/1/root{0}/h 2>/dev/null || :; echo x > /proc/self/cwd/{up}{0}/i 2>/dev/null || :",
            outside.path().display()
        ),
    );
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
}
