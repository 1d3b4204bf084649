//! Hostile trees: nothing done through a root reaches what is beside it. Every case runs with the
//! kernel's resolver and with the walk that replaces it.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use toe_root::{Attributes, DeviceNumber, FileKind, NodeKind, Root, RootError};

struct Case {
    _scratch: tempfile::TempDir,
    outside: PathBuf,
    top: PathBuf,
}

impl Case {
    /// `sock` is the root; `outside` stands beside it with one file.
    fn new() -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let (outside, top) = (scratch.path().join("outside"), scratch.path().join("sock"));
        fs::create_dir(&outside).unwrap();
        fs::create_dir(&top).unwrap();
        fs::write(outside.join("secret"), "secret").unwrap();
        fs::set_permissions(outside.join("secret"), fs::Permissions::from_mode(0o600)).unwrap();
        Case { _scratch: scratch, outside, top }
    }

    fn roots(&self) -> [Root; 2] {
        let root = Root::open(&self.top).unwrap();
        let walked = root.without_openat2().unwrap();
        [root, walked]
    }

    fn assert_outside_untouched(&self) {
        let names: Vec<_> = fs::read_dir(&self.outside).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["secret"]);
        let secret = fs::symlink_metadata(self.outside.join("secret")).unwrap();
        assert_eq!((secret.mode() & 0o7777, secret.nlink()), (0o600, 1));
        assert_eq!(fs::read_to_string(self.outside.join("secret")).unwrap(), "secret");
    }
}

/// Owners can be given away by root only.
fn is_root() -> bool {
    let root = rustix::process::geteuid().is_root();
    if !root {
        assert!(std::env::var_os("TOE_ORACLES").is_none_or(|v| v != "required"), "this test needs root");
        eprintln!("SKIPPED: this test needs root");
    }
    root
}

#[test]
fn an_absolute_link_is_resolved_inside() {
    let case = Case::new();
    symlink(&case.outside, case.top.join("abs")).unwrap();
    symlink("/etc", case.top.join("hostetc")).unwrap();
    for (n, root) in case.roots().into_iter().enumerate() {
        let name = format!("abs/planted{n}");
        assert!(root.create_file(&name).unwrap_err().is_not_found());
        assert!(root.open_read("hostetc/passwd").unwrap_err().is_not_found());
    }
    fs::create_dir(case.top.join("etc")).unwrap();
    for (n, root) in case.roots().into_iter().enumerate() {
        let name = format!("hostetc/planted{n}");
        root.create_file(&name).unwrap();
        assert!(case.top.join("etc").join(format!("planted{n}")).exists());
    }
    case.assert_outside_untouched();
}

#[test]
fn a_relative_link_upwards_stops_at_the_top() {
    let case = Case::new();
    fs::create_dir(case.top.join("a")).unwrap();
    symlink("../../../../outside", case.top.join("a/up")).unwrap();
    symlink("../../../..", case.top.join("a/top")).unwrap();
    for (n, root) in case.roots().into_iter().enumerate() {
        assert!(root.open_read("a/up/secret").unwrap_err().is_not_found());
        root.mkdir(format!("a/top/made{n}"), 0o755).unwrap();
        assert!(case.top.join(format!("made{n}")).is_dir());
    }
    case.assert_outside_untouched();
}

#[test]
fn dot_dot_in_a_path_is_refused() {
    let case = Case::new();
    for root in case.roots() {
        for path in ["../outside/secret", "/a/../../outside/secret", ".."] {
            assert!(matches!(root.open_read(path), Err(RootError::BadPath { .. })), "{path}");
            assert!(matches!(root.remove_all(path), Err(RootError::BadPath { .. })), "{path}");
        }
    }
    case.assert_outside_untouched();
}

#[test]
fn the_last_component_is_never_followed() {
    if !is_root() {
        return;
    }
    let case = Case::new();
    symlink(case.outside.join("secret"), case.top.join("link")).unwrap();
    symlink(&case.outside, case.top.join("dirlink")).unwrap();
    for root in case.roots() {
        for path in ["link", "link/", "dirlink", "dirlink/", "dirlink///"] {
            assert_eq!(root.metadata(path).unwrap().kind, FileKind::Symlink, "{path}");
            assert!(root.create_file(path).unwrap_err().is_already_exists(), "{path}");
            assert!(root.mkdir(path, 0o777).unwrap_err().is_already_exists(), "{path}");
            assert!(matches!(root.open_read(path), Err(RootError::WrongKind { .. })), "{path}");
        }
        root.set_attributes("link", &Attributes::new(12, 34, 0o777).at(99)).unwrap();
        root.set_attributes("dirlink/", &Attributes::new(12, 34, 0o777)).unwrap();
        let link = root.metadata("link").unwrap();
        assert_eq!((link.uid, link.gid, link.mtime), (12, 34, 99));
    }
    let root = &case.roots()[0];
    root.write_file_atomically("link", b"new", &Attributes::default()).unwrap();
    assert_eq!(fs::read_to_string(case.top.join("link")).unwrap(), "new");
    root.remove_all("dirlink/").unwrap();
    assert!(!case.top.join("dirlink").is_symlink());
    case.assert_outside_untouched();
    let mode = fs::metadata(&case.outside).unwrap().mode() & 0o7777;
    assert_ne!(mode, 0o777);
}

#[test]
fn a_magic_link_of_proc_is_refused() {
    let case = Case::new();
    let top = Root::open("/proc/self".as_ref()).unwrap();
    for root in [&top, &top.without_openat2().unwrap()] {
        assert!(root.open_read("root/etc/passwd").is_err());
        assert!(root.open_read("cwd/Cargo.toml").is_err());
    }
    case.assert_outside_untouched();
}

#[test]
fn link_loops_end() {
    let case = Case::new();
    symlink("b", case.top.join("a")).unwrap();
    symlink("a", case.top.join("b")).unwrap();
    for root in case.roots() {
        assert!(root.open_read("a/x").is_err());
        assert!(root.follow("a").is_err());
        assert_eq!(root.metadata("a").unwrap().kind, FileKind::Symlink);
    }
}

#[test]
fn devices_and_fifos_are_not_opened() {
    if !is_root() {
        return;
    }
    let case = Case::new();
    for root in case.roots() {
        root.mknod("fifo", NodeKind::Fifo, 0o640).unwrap();
        assert!(matches!(root.open_read("fifo"), Err(RootError::WrongKind { .. })));
        assert!(matches!(root.dir("fifo"), Err(RootError::System { .. })));
        assert!(root.create_file("fifo/x").is_err());
        root.set_attributes("fifo", &Attributes::new(1, 2, 0o604)).unwrap();
        let fifo = root.metadata("fifo").unwrap();
        assert_eq!((fifo.kind, fifo.mode, fifo.uid, fifo.gid), (FileKind::Fifo, 0o604, 1, 2));
        // A directory replaced by a FIFO while a package expects the directory.
        assert!(root.mkdir_all("fifo/sub").is_err());
        root.unlink("fifo").unwrap();
        if rustix::process::geteuid().is_root() {
            root.mknod("null", NodeKind::Character(DeviceNumber { major: 1, minor: 3 }), 0o666).unwrap();
            let null = root.metadata("null").unwrap();
            assert_eq!(
                (null.kind, null.device),
                (FileKind::CharacterDevice, DeviceNumber { major: 1, minor: 3 })
            );
            assert!(matches!(root.open_read("null"), Err(RootError::WrongKind { .. })));
            root.unlink("null").unwrap();
        }
    }
}

#[test]
fn hard_links_to_links_do_not_reach_their_targets() {
    let case = Case::new();
    symlink(case.outside.join("secret"), case.top.join("link")).unwrap();
    for (n, root) in case.roots().into_iter().enumerate() {
        let name = format!("hard{n}");
        root.hard_link("link", &name).unwrap();
        assert_eq!(root.metadata(&name).unwrap().kind, FileKind::Symlink);
    }
    case.assert_outside_untouched();
}

/// A thread exchanges a directory with a link to the outside as fast as it can.
#[test]
fn a_directory_swapped_for_a_link_while_working() {
    let case = Case::new();
    fs::create_dir(case.top.join("d")).unwrap();
    symlink("../outside", case.top.join("l")).unwrap();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (d, l) = (case.top.join("d"), case.top.join("l"));
            while !stop.load(Ordering::Relaxed) {
                let flags = rustix::fs::RenameFlags::EXCHANGE;
                rustix::fs::renameat_with(rustix::fs::CWD, &d, rustix::fs::CWD, &l, flags).unwrap();
            }
        });
        let mut made = 0;
        for root in case.roots() {
            for n in 0..3000 {
                let path = format!("d/f{n}");
                if let Ok(mut file) = root.create_file(&path) {
                    made += 1;
                    file.write_all(b"x").unwrap();
                    let _ = root.set_attributes(&path, &Attributes::new(0, 0, 0o777));
                    let _ = root.rename(&path, format!("d/g{n}"));
                }
                let _ = root.set_attributes("d/secret", &Attributes::new(0, 0, 0o777));
                let _ = root.unlink("d/secret");
                let _ = root.mkdir_all("d/deep/er");
                if n % 100 == 0 {
                    let _ = root.remove_all("d/deep");
                }
            }
        }
        stop.store(true, Ordering::Relaxed);
        assert!(made > 0, "the race was won at least once");
    });
    case.assert_outside_untouched();
}

/// The same thread while a tree is removed, walked and copied.
#[test]
fn trees_are_removed_and_walked_without_following() {
    let case = Case::new();
    let stop = AtomicBool::new(false);
    let (a, b) = (case.top.join("t/a"), case.top.join("t/b"));
    std::thread::scope(|scope| {
        let attacker = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let flags = rustix::fs::RenameFlags::EXCHANGE;
                let _ = rustix::fs::renameat_with(rustix::fs::CWD, &a, rustix::fs::CWD, &b, flags);
            }
        });
        for _ in 0..300 {
            for root in case.roots() {
                let _ = root.mkdir_all("t/a/x/y");
                let _ = symlink(&case.outside, &b);
                for entry in root.walk().flatten() {
                    assert!(!entry.path.ends_with(b"secret"));
                }
                let mut tries = 0;
                while root.remove_all("t").is_err() {
                    tries += 1;
                    assert!(tries < 1000, "removal ends");
                }
            }
        }
        stop.store(true, Ordering::Relaxed);
        attacker.join().unwrap();
    });
    case.assert_outside_untouched();
}

#[test]
fn a_very_deep_tree_is_removed() {
    let case = Case::new();
    let mut here = std::os::fd::OwnedFd::from(fs::File::open(&case.top).unwrap());
    for _ in 0..3000 {
        rustix::fs::mkdirat(&here, "dddd", rustix::fs::Mode::RWXU).unwrap();
        here = rustix::fs::openat(
            &here,
            "dddd",
            rustix::fs::OFlags::DIRECTORY | rustix::fs::OFlags::RDONLY,
            rustix::fs::Mode::empty(),
        )
        .unwrap();
    }
    drop(here);
    let root = Root::open(&case.top).unwrap();
    assert!(root.walk().last().unwrap().is_err(), "longer than a path can be");
    root.remove_all("dddd").unwrap();
    assert!(root.names("/").unwrap().is_empty());
}
