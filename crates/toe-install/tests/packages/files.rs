//! Files on top of what is on the disk. The rules are rpm 4.18's, tried out one by one with it.

use std::os::unix::fs::{MetadataExt, symlink};

use toe_rpm::build::{Entry, FileFlags};

use crate::fixture::{Tree, can_run, spec};

#[test]
fn configuration_files_meet_others() {
    if !can_run() {
        return;
    }
    let no_replace = FileFlags::CONFIG | FileFlags::NO_REPLACE;
    for (flags, on_disk, content, names) in [
        (FileFlags::CONFIG, "other", "new", vec!["f.conf", "f.conf.rpmorig"]),
        (FileFlags::CONFIG, "new", "new", vec!["f.conf"]),
        (no_replace, "other", "other", vec!["f.conf", "f.conf.rpmnew"]),
        (no_replace, "new", "new", vec!["f.conf"]),
    ] {
        let tree = Tree::new();
        std::fs::create_dir(tree.path("/etc")).unwrap();
        std::fs::write(tree.path("/etc/f.conf"), on_disk).unwrap();
        let entry = Entry::file("/etc/f.conf", "new").flags(flags);
        tree.put(tree.package(spec("c"), [entry])).unwrap();
        assert_eq!(
            (tree.names("/etc"), tree.read("/etc/f.conf").as_str()),
            (names.iter().map(ToString::to_string).collect(), content)
        );
    }
}

#[test]
fn directories_meet_links() {
    if !can_run() {
        return;
    }
    let tree = Tree::new();
    std::fs::create_dir(tree.path("/target")).unwrap();
    symlink("target", tree.path("/kept")).unwrap();
    symlink("nowhere", tree.path("/dangling")).unwrap();
    std::fs::write(tree.path("/file"), "x").unwrap();
    let entries = ["/kept", "/dangling", "/file"].map(|p| Entry::dir(p).mode(0o711));
    tree.put(tree.package(spec("d"), entries)).unwrap();
    assert!(tree.path("/kept").is_symlink());
    assert_eq!(std::fs::metadata(tree.path("/target")).unwrap().mode() & 0o7777, 0o711);
    for replaced in ["/dangling", "/file"] {
        let found = std::fs::symlink_metadata(tree.path(replaced)).unwrap();
        assert!(found.is_dir() && found.mode() & 0o7777 == 0o711, "{replaced}");
    }
}

#[test]
fn a_dangling_parent_fails_and_leaves_nothing() {
    if !can_run() {
        return;
    }
    let tree = Tree::new();
    symlink("/nowhere", tree.path("/up")).unwrap();
    let package = tree.package(spec("p"), [Entry::file("/opt/first", "x"), Entry::file("/up/f", "x")]);
    let errors = tree.put(package).unwrap_err();
    assert_eq!(errors[0].to_string(), "p-1-1.noarch has files below /up, which is not a directory");
    assert_eq!(tree.names("/"), ["up", "var"]);
}

#[test]
fn owners_are_the_socks_and_unknown_ones_lose_set_id() {
    if !can_run() {
        return;
    }
    let tree = Tree::new();
    std::fs::create_dir(tree.path("/etc")).unwrap();
    std::fs::write(tree.path("/etc/passwd"), "app:x:4711:5:::\napp:x:1:1:::\n").unwrap();
    std::fs::write(tree.path("/etc/group"), "grp:x:4712:\n").unwrap();
    let entries = [
        Entry::file("/known", "x").owner("app", "grp").mode(0o6755),
        Entry::file("/unknown", "x").owner("nouser", "nogroup").mode(0o6755),
    ];
    let report = tree.put(tree.package(spec("o"), entries)).unwrap().remove(0);
    let of = |path: &str| {
        let found = std::fs::metadata(tree.path(path)).unwrap();
        (found.uid(), found.gid(), found.mode() & 0o7777)
    };
    assert_eq!((of("/known"), of("/unknown")), ((4711, 4712, 0o6755), (0, 0, 0o755)));
    assert_eq!(
        report.warnings,
        [
            "o-1-1.noarch: user nouser does not exist - using root",
            "o-1-1.noarch: group nogroup does not exist - using root"
        ]
    );
}

#[test]
fn hard_links_and_capabilities() {
    if !can_run() {
        return;
    }
    let tree = Tree::new();
    let entries = [
        Entry::file("/a/one", "content").link_set(1),
        Entry::file("/b/two", "content").link_set(1),
        Entry::file("/ping", "x").capabilities("cap_net_raw=ep"),
    ];
    tree.put(tree.package(spec("h"), entries)).unwrap();
    let of = |path: &str| std::fs::metadata(tree.path(path)).unwrap();
    assert_eq!((of("/a/one").ino(), of("/a/one").nlink()), (of("/b/two").ino(), 2));
    assert_eq!(tree.read("/b/two"), "content");
    let capability = tree.root.node("/ping").unwrap().capability().unwrap();
    assert_eq!(capability.map(hex::encode).as_deref(), Some("0100000200200000000000000000000000000000"));
}
