//! Accounts side by side with the shadow-utils of a root made by rpm from the test repository's base set.
//!
//! Reasoned differences, not compared: the backups `passwd-` and so on and `.pwd.lock` (only packages and the foot
//! put files into a SOCK); times of what is made (ours are the run's); a skeleton with hard links (not tried).

#![allow(clippy::unwrap_used)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use toe_install::accounts::{NewUser, group_add, set_comment, user_add};
use toe_plan::{AccountId, AccountName, SockPath};
use toe_root::{FileKind, Root};

/// 19675 days after the epoch, and a little.
const TIME: i64 = 1_700_000_000;

enum Line {
    Group(u32, &'static str),
    User(u32, u32, &'static str, &'static str),
    Comment(&'static str, &'static str),
}
use Line::{Comment, Group, User};

struct Case {
    name: &'static str,
    prepare: fn(&Path),
    lines: &'static [Line],
}

fn append(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    let mut content = fs::read(&path).unwrap_or_default();
    content.extend_from_slice(text.as_bytes());
    fs::write(path, content).unwrap();
}

const APP: &[Line] = &[
    Group(353, "appgrp"),
    User(300, 353, "/home/appuser", "appuser"),
    Comment("appuser", "Application XYZ User"),
];

const CASES: &[Case] = &[
    Case { name: "the manual's example", prepare: |_| {}, lines: APP },
    Case {
        name: "missing parents of the home",
        prepare: |_| {},
        lines: &[Group(353, "appgrp"), User(300, 353, "/srv/a/b/appuser", "appuser")],
    },
    Case {
        name: "the home exists",
        prepare: |r| fs::create_dir_all(r.join("home/appuser/kept")).unwrap(),
        lines: APP,
    },
    Case {
        name: "taken ids and names",
        prepare: |_| {},
        lines: &[
            Group(353, "appgrp"),
            Group(353, "other"),
            Group(354, "appgrp"),
            Group(0, "zero"),
            Group(4_294_967_294, "last"),
            User(300, 353, "/home/a", "a"),
            User(300, 353, "/home/b", "b"),
            User(301, 353, "/home/c", "a"),
            User(302, 999, "/home/d", "d"),
            User(0, 353, "/home/e", "e"),
            Comment("nobodyhere", "x"),
            Comment("root", ""),
            Comment("a", "A B, C"),
            Comment("a", "A B, C"),
        ],
    },
    Case {
        name: "no shadow files",
        prepare: |r| {
            for f in ["shadow", "gshadow"] {
                fs::remove_file(r.join("etc").join(f)).unwrap();
            }
        },
        lines: APP,
    },
    Case {
        name: "no account files at all",
        prepare: |r| {
            for f in ["passwd", "group", "shadow", "gshadow"] {
                fs::remove_file(r.join("etc").join(f)).unwrap();
            }
        },
        lines: APP,
    },
    Case {
        name: "stale, broken and NIS lines, no last newline",
        prepare: |r| {
            append(r, "etc/gshadow", "appgrp:oldpw:root:daemon\njunk line\n");
            append(r, "etc/shadow", "appuser:oldpw:1::::::\n");
            append(
                r,
                "etc/passwd",
                "broken\n\n# note\nx:y:notnum:1:::\n+::::::\n-bad\nlast:x:77:77:::/bin/sh",
            );
            append(r, "etc/group", "members:x:88:root,daemon\n+:::\nlast:x:89:root");
        },
        lines: &[
            Group(353, "appgrp"),
            User(300, 353, "/home/appuser", "appuser"),
            Comment("last", "New One"),
            User(310, 88, "/home/m", "m"),
            Group(88, "again"),
        ],
    },
    Case {
        name: "two entries of one name",
        prepare: |r| append(r, "etc/passwd", "twice:x:70:70:::/bin/sh\ntwice:x:71:71:::/bin/sh\n"),
        lines: &[Comment("twice", "Which")],
    },
    Case {
        name: "modes of the files",
        prepare: |r| {
            for (file, mode) in [("passwd", 0o4755), ("group", 0o600), ("shadow", 0), ("gshadow", 0o777)] {
                fs::set_permissions(r.join("etc").join(file), fs::Permissions::from_mode(mode)).unwrap();
            }
            std::os::unix::fs::chown(r.join("etc/shadow"), Some(0), Some(42)).unwrap();
        },
        lines: APP,
    },
    Case { name: "UMASK", prepare: |r| append(r, "etc/login.defs", "UMASK 077\n"), lines: APP },
    Case {
        name: "HOME_MODE and another skeleton",
        prepare: |r| {
            append(r, "etc/login.defs", "HOME_MODE 02750\n");
            append(r, "etc/default/useradd", "SKEL=/etc/skel2\n");
            fs::create_dir_all(r.join("etc/skel2/d/e")).unwrap();
            fs::write(r.join("etc/skel2/d/a"), "text").unwrap();
            fs::set_permissions(r.join("etc/skel2/d/a"), fs::Permissions::from_mode(0o6701)).unwrap();
            fs::set_permissions(r.join("etc/skel2/d"), fs::Permissions::from_mode(0o1711)).unwrap();
            symlink("/etc/skel2/d/a", r.join("etc/skel2/inside")).unwrap();
            symlink("../x", r.join("etc/skel2/up")).unwrap();
        },
        lines: APP,
    },
    Case { name: "no skeleton", prepare: |r| fs::remove_dir_all(r.join("etc/skel")).unwrap(), lines: APP },
];

/// The base set as rpm installs it, or why there is none.
fn base(scratch: &Path) -> Result<PathBuf, String> {
    let repo = std::env::var_os("TOE_TESTREPO").map(PathBuf::from).ok_or("TOE_TESTREPO is not set")?;
    if !rustix::process::geteuid().is_root() {
        return Err("this test needs root".to_owned());
    }
    let order =
        fs::read_to_string(repo.join("order/base.txt")).map_err(|e| format!("order/base.txt: {e}"))?;
    let root = scratch.join("base");
    fs::create_dir(&root).unwrap();
    let status = Command::new("timeout")
        .args(["280", "rpm", "--dbpath=/var/lib/rpm", "--nodeps", "--nosignature", "-i", "--root"])
        .arg(&root)
        .args(order.split_whitespace())
        .current_dir(&repo)
        .stderr(Stdio::null())
        .status()
        .map_err(|e| format!("rpm: {e}"))?;
    if !root.join("usr/sbin/useradd").exists() {
        return Err(format!("rpm made no root with useradd ({status})"));
    }
    Ok(root)
}

/// A root whose /etc, /home and /srv are its own; the rest shares its files with the base.
fn clone_root(base: &Path, to: &Path) {
    let cp = |args: &[&str], from: &Path, to: &Path| {
        assert!(Command::new("cp").args(args).arg(from).arg(to).status().unwrap().success());
    };
    cp(&["-al"], base, to);
    fs::remove_dir_all(to.join("etc")).unwrap();
    cp(&["-a"], &base.join("etc"), &to.join("etc"));
}

fn theirs(root: &Path, line: &Line) -> bool {
    let words: Vec<String> = match line {
        Group(gid, name) => vec!["groupadd".into(), "-g".into(), gid.to_string(), (*name).into()],
        User(uid, gid, home, name) => {
            let text = format!("useradd -u {uid} -g {gid} -d {home} -s /bin/sh -m -N -r {name}");
            text.split(' ').map(str::to_owned).collect()
        }
        Comment(user, comment) => vec!["usermod".into(), "-c".into(), (*comment).into(), (*user).into()],
    };
    // Without /proc, glibc's fchmodat(AT_SYMLINK_NOFOLLOW) fails and useradd stops copying in silence.
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", "mount -t proc proc \"$0/proc\" && exec chroot \"$0\" \"$@\""]);
    command.arg(root).args(words).env("SOURCE_DATE_EPOCH", TIME.to_string());
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

fn ours(root: &Root, line: &Line) -> bool {
    let name = |text: &str| AccountName::parse(text).unwrap();
    match line {
        Group(gid, group) => group_add(root, AccountId(*gid), &name(group), TIME).is_ok(),
        User(uid, gid, home, user) => {
            let (home, user) = (SockPath::parse(home).unwrap(), name(user));
            let new = NewUser {
                uid: AccountId(*uid),
                gid: AccountId(*gid),
                home: &home,
                shell: "/bin/sh",
                name: &user,
            };
            user_add(root, &new, TIME).is_ok()
        }
        Comment(user, comment) => set_comment(root, &name(user), comment, TIME).is_ok(),
    }
}

type Seen = (String, FileKind, u32, u32, u32, String, i64);

/// The account files and everything below /home and /srv.
fn state(root: &Path) -> Vec<Seen> {
    let mut seen = Vec::new();
    for file in ["passwd", "group", "shadow", "gshadow", "subuid", "subgid"] {
        let path = root.join("etc").join(file);
        if let Ok(meta) = fs::symlink_metadata(&path) {
            let text = fs::read_to_string(&path).unwrap();
            seen.push((
                file.to_owned(),
                FileKind::File,
                meta.mode() & 0o7777,
                meta.uid(),
                meta.gid(),
                text,
                0,
            ));
        }
    }
    let tree = Root::open(root).unwrap();
    for top in ["home", "srv"] {
        for entry in tree.walk_below(top).unwrap() {
            let entry = entry.unwrap();
            let m = &entry.metadata;
            let text = match m.kind {
                FileKind::Symlink => entry.node.read_link().unwrap(),
                FileKind::File => tree.read_file(&entry.path, 1 << 20).unwrap(),
                _ => Vec::new(),
            };
            let mtime = if m.kind == FileKind::File { m.mtime } else { 0 };
            let path = String::from_utf8(entry.path).unwrap();
            seen.push((path, m.kind, m.mode, m.uid, m.gid, String::from_utf8(text).unwrap(), mtime));
        }
    }
    seen
}

#[test]
fn files_and_homes_equal_those_of_shadow_utils() {
    let scratch = tempfile::Builder::new().prefix("toe-accounts").tempdir_in("/var/tmp").unwrap();
    let base = match base(scratch.path()) {
        Ok(base) => base,
        Err(missing) => {
            assert!(std::env::var_os("TOE_ORACLES").is_none_or(|v| v != "required"), "{missing}");
            eprintln!("SKIPPED: {missing}");
            return;
        }
    };
    for (n, case) in CASES.iter().enumerate() {
        let (a, b) = (scratch.path().join(format!("a{n}")), scratch.path().join(format!("b{n}")));
        for root in [&a, &b] {
            clone_root(&base, root);
            (case.prepare)(root);
        }
        // The skeleton was made twice; its times are part of what is compared.
        let both = |path: &str| (a.join(path), b.join(path));
        if let (from, to) = both("etc/skel2/d/a")
            && from.exists()
        {
            let time = fs::metadata(from).unwrap().modified().unwrap();
            fs::File::options().write(true).open(to).unwrap().set_modified(time).unwrap();
        }
        let root = Root::open(&b).unwrap();
        for (i, line) in case.lines.iter().enumerate() {
            let (their, our) = (theirs(&a, line), ours(&root, line));
            assert_eq!(our, their, "{}: line {i} is accepted by one and refused by the other", case.name);
            assert_eq!(state(&b), state(&a), "{}: after line {i}", case.name);
        }
    }
}
