//! What is made is what is read back: attributes, copies, walks, the ledger.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;

use toe_root::{Attributes, DeviceNumber, FileKind, Ledger, Metadata, NodeKind, Privilege, Root, copy_tree};

fn is_root() -> bool {
    let root = rustix::process::geteuid().is_root();
    if !root {
        assert!(std::env::var_os("TOE_ORACLES").is_none_or(|v| v != "required"), "this test needs root");
        eprintln!("SKIPPED: this test needs root");
    }
    root
}

/// cap_net_raw=ep, as setcap writes it (version 2).
const CAP_NET_RAW: [u8; 20] = [1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

fn fill(root: &Root) {
    root.mkdir_all("usr/bin").unwrap();
    root.mkdir("usr/empty", 0o1750).unwrap();
    root.symlink(b"/usr/bin", "bin").unwrap();
    root.symlink(b"gone", "usr/dangling").unwrap();
    let mut ping = root.create_file("bin/ping").unwrap();
    ping.write_all(b"program").unwrap();
    let attributes =
        Attributes { capability: Some(CAP_NET_RAW.to_vec()), ..Attributes::new(7, 8, 0o4755).at(1000) };
    root.set_attributes("usr/bin/ping", &attributes).unwrap();
    root.hard_link("bin/ping", "usr/bin/ping6").unwrap();
    root.mknod("usr/null", NodeKind::Character(DeviceNumber { major: 1, minor: 3 }), 0o666).unwrap();
    root.mknod("usr/loop", NodeKind::Block(DeviceNumber { major: 7, minor: 300 }), 0o600).unwrap();
    root.mknod("usr/fifo", NodeKind::Fifo, 0o622).unwrap();
    root.write_file_atomically(b"odd\xff name\n", b"odd", &Attributes::new(1, 1, 0o604).at(5)).unwrap();
    root.set_attributes("usr/dangling", &Attributes::new(3, 4, 0).at(77)).unwrap();
    root.set_attributes("usr", &Attributes::new(0, 0, 0o755).at(1234)).unwrap();
}

type Line =
    (Vec<u8>, FileKind, u32, (u32, u32), u64, i64, DeviceNumber, u64, Vec<u8>, Vec<(Vec<u8>, Vec<u8>)>);

fn listing(root: &Root) -> Vec<Line> {
    root.walk()
        .map(|entry| {
            let entry = entry.unwrap();
            let Metadata { kind, mode, uid, gid, size, mtime, device, nlink, .. } = entry.metadata;
            let text = match kind {
                FileKind::Symlink => entry.node.read_link().unwrap(),
                FileKind::File => root.read_file(&entry.path, 1000).unwrap(),
                _ => Vec::new(),
            };
            let directory = kind == FileKind::Directory;
            let (size, nlink) = if directory { (0, 0) } else { (size, nlink) };
            let xattrs = entry.node.xattrs().unwrap();
            (entry.path, kind, mode, (uid, gid), size, mtime, device, nlink, text, xattrs)
        })
        .collect()
}

#[test]
fn a_copy_is_equal() {
    if !is_root() {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let (a, b) = (scratch.path().join("a"), scratch.path().join("b"));
    fs::create_dir(&a).unwrap();
    fs::create_dir(&b).unwrap();
    let (from, to) = (Root::open(&a).unwrap(), Root::open(&b).unwrap());
    fill(&from);
    let before = listing(&from);
    copy_tree(&from, &to).unwrap();
    assert_eq!(listing(&to), before);
    assert_eq!(listing(&from), before);
    let paths: Vec<_> = before.iter().map(|line| line.0.clone()).collect();
    let mut sorted = paths.clone();
    sorted.sort_by(|a, b| a.split(|c| *c == b'/').cmp(b.split(|c| *c == b'/')));
    assert_eq!(paths, sorted);
    let ping = to.metadata("bin/ping").unwrap();
    assert_eq!((ping.mode, ping.uid, ping.gid, ping.mtime, ping.nlink), (0o4755, 7, 8, 1000, 2));
    assert_eq!(to.node("bin/ping").unwrap().capability().unwrap(), Some(CAP_NET_RAW.to_vec()));
    assert_eq!(to.metadata("usr/dangling").unwrap().mtime, 77);
}

#[test]
fn the_ledger_says_what_the_disk_cannot() {
    let scratch = tempfile::tempdir().unwrap();
    let top = scratch.path().join("a");
    fs::create_dir(&top).unwrap();
    let root = Root::open_with(&top, Privilege::Ledger, Ledger::default()).unwrap();
    fill(&root);
    let me = rustix::process::geteuid().as_raw();
    let ping = root.metadata("bin/ping").unwrap();
    assert_eq!((ping.mode, ping.uid, ping.gid), (0o4755, 7, 8));
    assert_eq!(root.node("bin/ping6").unwrap().capability().unwrap(), Some(CAP_NET_RAW.to_vec()));
    let null = root.metadata("/usr/null").unwrap();
    assert_eq!((null.kind, null.mode, null.device.minor), (FileKind::CharacterDevice, 0o666, 3));
    let on_disk = Root::open(&top).unwrap();
    let ping = on_disk.metadata("usr/bin/ping").unwrap();
    assert_eq!((ping.mode, ping.uid), (0o755, me), "no set-id program of this user is made");
    assert_eq!(on_disk.metadata("usr/null").unwrap().kind, FileKind::File);
    // Through the link or not, it is one note.
    root.rename("bin/ping", "usr/moved").unwrap();
    assert_eq!(root.metadata("usr/moved").unwrap().uid, 7);
    assert!(root.ledger().get(b"/usr/bin/ping").is_none());
    root.remove_all("usr").unwrap();
    assert!(root.ledger().iter().all(|(path, _)| !path.starts_with(b"/usr")));
    let again = Root::open_with(&top, Privilege::Ledger, root.ledger()).unwrap();
    assert_eq!(again.metadata(b"odd\xff name\n").unwrap().uid, 1);
}

#[test]
fn following_stays_inside() {
    if !is_root() {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let root = Root::open(scratch.path()).unwrap();
    root.mkdir_all("etc/alternatives").unwrap();
    root.mkdir_all("usr/bin").unwrap();
    root.write_file_atomically("usr/bin/real", b"x", &Attributes::default()).unwrap();
    root.symlink(b"/etc/alternatives/tool", "usr/bin/tool").unwrap();
    root.symlink(b"../../usr/bin/real", "etc/alternatives/tool").unwrap();
    root.symlink(b"../../../../../etc/passwd", "usr/up").unwrap();
    root.symlink(b"usr/bin", "bin").unwrap();
    for root in [&root, &root.without_openat2().unwrap()] {
        assert_eq!(root.metadata_through_links("bin/tool").unwrap().kind, FileKind::File);
        assert_eq!(root.metadata_through_links("bin").unwrap().kind, FileKind::Directory);
        assert!(root.follow("usr/up").unwrap_err().is_not_found());
    }
}

#[test]
fn renames_that_must_not_replace() {
    let scratch = tempfile::tempdir().unwrap();
    let root = Root::open(scratch.path()).unwrap();
    root.create_file("a").unwrap();
    root.create_file("b").unwrap();
    assert!(root.rename_new("a", "b").unwrap_err().is_already_exists());
    root.rename("a", "b").unwrap();
    assert_eq!(root.names("/").unwrap(), [b"b".to_vec()]);
    assert!(
        root.write_file_atomically("b", b"x", &Attributes::new(u32::MAX - 2, 0, 0o600)).is_ok() || !is_root()
    );
    assert!(root.names("/").unwrap().len() == 1, "no temporary file stays");
}

#[test]
fn messages_name_the_path_inside() {
    if !is_root() {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let root = Root::open(scratch.path()).unwrap();
    let error = root.open_read("etc/\x1bpasswd").unwrap_err();
    assert_eq!(error.to_string(), "cannot open the directory /etc");
    root.mkdir_all("etc").unwrap();
    let error = root.open_read("etc/\x1bpasswd").unwrap_err();
    assert_eq!(error.to_string(), "cannot look at /etc/\\u{1b}passwd");
    let error = root.open_read("/etc/").unwrap_err();
    assert_eq!(error.to_string(), "cannot read /etc: it is a directory");
}
