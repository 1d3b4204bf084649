//! Packages of our writer, judged by rpm itself.

#![allow(clippy::unwrap_used)]

use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;
use std::process::{Command, Output};

use toe_rpm::build::{Dependency, Entry, EntryKind, FileFlags, PackageSpec, PackageWriter, Slot};

/// False, loudly, when the oracle is missing; a failure where oracles are required.
fn have(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        assert!(std::env::var("TOE_ORACLES").as_deref() != Ok("required"), "{program} is missing");
        eprintln!("SKIPPED: {program} is missing");
    }
    found
}

/// False, loudly, without root.
fn am_root() -> bool {
    let root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
    if !root {
        assert!(std::env::var("TOE_ORACLES").as_deref() != Ok("required"), "root is needed");
        eprintln!("SKIPPED: root is needed");
    }
    root
}

fn rpm(args: &[&str]) -> Output {
    let words = [&["60", "rpm", "--dbpath=/var/lib/rpm"], args].concat();
    Command::new("timeout").args(words).env("LC_ALL", "C").output().unwrap()
}

fn good(args: &[&str]) -> String {
    let output = rpm(args);
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
            .lines()
            .filter(|line| !line.starts_with("rpm: "))
            .collect::<String>()
    );
    assert!(output.status.success(), "rpm {args:?}: {text}");
    text
}

fn spec() -> PackageSpec {
    PackageSpec::new("kitchen-sink", "1.0~rc1", "2^git", "noarch")
        .epoch(Some(3))
        .summary("Every kind of file")
        .description("Line one.\nLine \"two\" with % and $.")
        .license("MIT")
        .vendor("Vendor")
        .packager("Packager")
        .url("https://example.org/")
        .group("Applications")
        .build_time(1_600_000_000)
        .provides(Dependency::equal("bundled(openssl)", "1:3.0-1"))
        .requires(Dependency::any("rpmlib(VersionedDependencies)"))
        .scriptlet(Slot::Post, "posix.symlink('made', '/srv/kitchen/by-post')", "<lua>")
        .scriptlet(Slot::PreUn, "os.remove('/srv/kitchen/by-post')", "<lua>")
}

fn entries() -> Vec<Entry<'static>> {
    let set = |path: &str| Entry::file(path, "linked\n").link_set(7).mode(0o4755);
    vec![
        Entry::dir("/srv/kitchen").mode(0o1777),
        Entry::dir("/srv/kitchen-b"),
        Entry::file("/srv/kitchen-b/x", "x").mtime(1_700_000_000),
        Entry::file("/srv/kitchen/plain", "plain\n").mtime(1_500_000_000),
        Entry::file("/srv/kitchen/empty", ""),
        Entry::file("/srv/kitchen/name with 'quotes' & \u{fc}", "n"),
        Entry::file("/srv/kitchen/conf", "c=1\n").flags(FileFlags::CONFIG | FileFlags::NO_REPLACE),
        Entry::file("/srv/kitchen/doc", "d").flags(FileFlags::DOC),
        Entry::file("/srv/kitchen/licence", "l").flags(FileFlags::LICENSE),
        Entry::file("/srv/kitchen/de", "d").language("de"),
        Entry::file("/srv/kitchen/suid", "s").mode(0o6755),
        Entry::file("/srv/kitchen/capable", "c").mode(0o755).capabilities("cap_net_raw=ep"),
        Entry::symlink("/srv/kitchen/link", "plain"),
        Entry::symlink("/srv/kitchen/dangling", "/nowhere/at all"),
        set("/srv/kitchen/h1"),
        set("/srv/kitchen/h3"),
        set("/srv/kitchen-b/h2"),
        Entry::new("/srv/kitchen/null", EntryKind::CharacterDevice { major: 1, minor: 3 }, 0o666),
        Entry::new("/srv/kitchen/loop", EntryKind::BlockDevice { major: 7, minor: 200 }, 0o660),
        Entry::new("/srv/kitchen/fifo", EntryKind::Fifo, 0o600),
        Entry::new("/srv/kitchen/ghostly", EntryKind::Fifo, 0o600).flags(FileFlags::GHOST),
        Entry::new("/srv/kitchen/socket", EntryKind::Socket, 0o600),
        Entry::file("/srv/kitchen/ghost", "").flags(FileFlags::GHOST),
    ]
}

#[test]
fn rpm_accepts_installs_verifies_and_erases() {
    if !have("rpm") || !am_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let built = spec().build_into(dir.path(), entries()).unwrap();
    assert_eq!(built.path, dir.path().join("kitchen-sink-1.0~rc1-2^git.noarch.rpm"));
    assert_eq!(built.size, std::fs::metadata(&built.path).unwrap().len());
    let left: Vec<_> = built.left_out.iter().map(|l| l.path.to_str().unwrap()).collect();
    assert_eq!(left, ["/srv/kitchen/fifo", "/srv/kitchen/socket"]);
    let package = built.path.to_str().unwrap();

    let check = good(&["-Kv", package]);
    for line in
        ["Header SHA256 digest: OK", "Header SHA1 digest: OK", "Payload SHA256 digest: OK", "MD5 digest: OK"]
    {
        assert!(check.contains(line), "{line} in {check}");
    }
    let query = "%{NEVRA}|%{SUMMARY}|%{DESCRIPTION}|%{LICENSE}|%{VENDOR}|%{PACKAGER}|%{URL}|%{GROUP}|\
                 %{BUILDTIME}|%{BUILDHOST}|%{SIZE}|%{PAYLOADCOMPRESSOR}|%{OS}";
    assert_eq!(
        good(&["-qp", "--qf", query, package]),
        "kitchen-sink-3:1.0~rc1-2^git.noarch|Every kind of file|Line one.\nLine \"two\" with % and $.|MIT|Vendor|\
         Packager|https://example.org/|Applications|1600000000|localhost|24|zstd|linux"
    );
    assert_eq!(
        good(&["-qp", "--provides", package]),
        "bundled(openssl) = 1:3.0-1\nkitchen-sink = 3:1.0~rc1-2^git\n"
    );
    let requires = good(&["-qp", "--requires", package]);
    for feature in ["BuiltinLuaScripts", "FileCaps", "TildeInVersions", "CaretInVersions", "PayloadIsZstd"] {
        assert!(requires.contains(&format!("rpmlib({feature})")), "{feature} in {requires}");
    }

    let root = dir.path().join("root");
    let root_arg = format!("--root={}", root.display());
    good(&[&root_arg, "-ivh", package]);
    let at = |path: &str| std::fs::symlink_metadata(root.join(path)).unwrap();
    assert_eq!(at("srv/kitchen").mode() & 0o7777, 0o1777);
    assert_eq!(at("srv/kitchen/suid").mode() & 0o7777, 0o6755);
    assert_eq!(at("srv/kitchen/plain").mtime(), 1_500_000_000);
    assert_eq!(at("srv/kitchen-b/x").mtime(), 1_600_000_000, "clamped to the package's time");
    let linked =
        ["srv/kitchen/h1", "srv/kitchen/h3", "srv/kitchen-b/h2"].map(|p| (at(p).ino(), at(p).nlink()));
    assert!(linked.iter().all(|l| *l == (linked[0].0, 3)), "{linked:?}");
    assert_eq!(std::fs::read(root.join("srv/kitchen-b/h2")).unwrap(), b"linked\n");
    assert_eq!(at("srv/kitchen-b/h2").mode() & 0o7777, 0o4755);
    assert!(at("srv/kitchen/null").file_type().is_char_device());
    assert_eq!(at("srv/kitchen/loop").rdev(), 0x7c8);
    let dangling = std::fs::read_link(root.join("srv/kitchen/dangling")).unwrap();
    assert_eq!(dangling, Path::new("/nowhere/at all"));
    assert!(!root.join("srv/kitchen/ghost").exists() && !root.join("srv/kitchen/ghostly").exists());
    assert!(root.join("srv/kitchen/by-post").symlink_metadata().is_ok(), "the Lua scriptlet ran");
    assert_eq!(good(&[&root_arg, "-V", "kitchen-sink"]), "");

    good(&[&root_arg, "-e", "kitchen-sink"]);
    assert_eq!(std::fs::read_dir(root.join("srv")).unwrap().count(), 0, "nothing is left");
}

#[test]
fn every_slot_is_written() {
    if !have("rpm") {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let slots = [
        (Slot::PreTrans, "pretrans"),
        (Slot::Pre, "preinstall"),
        (Slot::Post, "postinstall"),
        (Slot::PreUn, "preuninstall"),
        (Slot::PostUn, "postuninstall"),
        (Slot::PostTrans, "posttrans"),
        (Slot::Verify, "verify"),
    ];
    let spec = slots.iter().fold(PackageSpec::new("slots", "1", "1", "noarch"), |s, (slot, n)| {
        s.scriptlet(*slot, *n, "/bin/sh")
    });
    let built = spec.build_into(dir.path(), []).unwrap();
    let scripts = good(&["-qp", "--scripts", built.path.to_str().unwrap()]);
    for (_, name) in slots {
        let want = format!("{name} scriptlet (using /bin/sh):\n{name}\n");
        assert!(scripts.contains(&want), "{name} in {scripts}");
    }
}

#[test]
fn bytes_depend_on_nothing_but_the_input() {
    let dir = tempfile::tempdir().unwrap();
    // Larger than two compression jobs, and not compressible to nothing.
    let mut state: u32 = 1;
    let noise: Vec<u8> = (0..10_000_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 28) as u8
        })
        .collect();
    let build = |name: &str, threads, backwards| {
        let mut all = entries();
        all.push(Entry::file("/srv/kitchen/noise", noise.clone()));
        if backwards {
            all.reverse();
        }
        let mut writer = PackageWriter::new(spec()).threads(threads);
        for entry in all {
            writer.add(entry);
        }
        let out = dir.path().join(name);
        writer.finish(&out).unwrap();
        std::fs::read(out).unwrap()
    };
    let one = build("one", 1, false);
    assert!(one == build("two", 2, true), "threads and order show");
    assert!(one == build("seven", 7, false), "threads show");
    let names: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "no spool stays: {names:?}");
}
