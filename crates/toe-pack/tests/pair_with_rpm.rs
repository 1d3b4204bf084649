//! Output packages, judged by rpm itself.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use toe_pack::{Bundled, PackError, PairOptions, Paired, pair};
use toe_plan::{Directive, DirectiveName, Place, Plan, Step};
use toe_root::Root;
use toe_source::{Origin, Silent, SourceId, Span};

/// False, loudly, when the oracle or root is missing; a failure where oracles are required.
fn have_rpm_and_root() -> bool {
    let required = std::env::var("TOE_ORACLES").as_deref() == Ok("required");
    let rpm = Command::new("rpm").arg("--version").output().is_ok();
    let root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
    if !(rpm && root) {
        assert!(!required, "rpm and root are needed");
        eprintln!("SKIPPED: rpm and root are needed (rpm: {rpm}, root: {root})");
    }
    rpm && root
}

fn run(args: &[&str]) -> Output {
    let words = [&["60", "rpm", "--dbpath=/var/lib/rpm"], args].concat();
    Command::new("timeout").args(words).env("LC_ALL", "C").output().unwrap()
}

/// stdout and stderr of a call that must succeed, without what Debian's rpm says about itself.
fn rpm(args: &[&str]) -> String {
    let output = run(args);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let stderr: String = stderr.lines().filter(|l| !l.starts_with("rpm: ")).flat_map(|l| [l, "\n"]).collect();
    let text = format!("{}{stderr}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "rpm {args:?}: {text}");
    text
}

fn directive(words: &[&str]) -> Directive {
    let args: Vec<String> = words[1..].iter().map(|word| (*word).to_owned()).collect();
    let name = DirectiveName::from_word(words[0]).unwrap();
    let span = Span::new(SourceId(0), 0, 0);
    Directive {
        name,
        step: Step::parse(name, &args, None).unwrap(),
        arg_spans: args.iter().map(|_| span).collect(),
        args,
        place: Place { file: "foot.nail".to_owned(), line: 1, column: Some(1) },
        included_from: Vec::new(),
        origin: Origin::in_foot(span),
    }
}

fn plan(variables: &[(&str, &str)], directives: &[&[&str]]) -> Plan {
    let variables: BTreeMap<String, String> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Plan {
        version: Plan::VERSION,
        foot: "foot.nail".to_owned(),
        sock_dir: "/var/socks/app".to_owned(),
        variables,
        directives: directives.iter().map(|words| directive(words)).collect(),
        inputs: Vec::new(),
        external_commands: Vec::new(),
    }
}

struct Scene {
    dir: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let scene = Scene { dir: tempfile::tempdir().unwrap() };
        let sock = scene.sock();
        for dir in ["etc", "dev/pts", "proc", "sys", "home/app", "usr/bin", "var/lib/rpm", "var/lib/toe"] {
            std::fs::create_dir_all(sock.join(dir)).unwrap();
        }
        for (path, text) in [
            ("etc/app.conf", "a=1\n"),
            ("dev/stray", "must not travel"),
            ("proc/stray", "must not travel"),
            ("home/app/file", "mine\n"),
            ("home/app/tool", "set-id\n"),
            ("usr/bin/ping", "capable\n"),
            ("usr/bin/su", "set-id root\n"),
            ("usr/bin/one", "linked\n"),
            ("var/lib/rpm/rpmdb.sqlite", "database\n"),
            ("var/lib/toe/sock.json", "{}\n"),
        ] {
            std::fs::write(sock.join(path), text).unwrap();
        }
        std::fs::hard_link(sock.join("usr/bin/one"), sock.join("home/two")).unwrap();
        symlink("/etc/passwd", sock.join("home/app/trap")).unwrap();
        symlink("ping", sock.join("usr/bin/ping6")).unwrap();
        std::fs::set_permissions(sock.join("usr/bin/su"), PermissionsExt::from_mode(0o4755)).unwrap();
        scene
    }

    /// mknod(1) with its loader and libraries, as a SOCK with coreutils has them; the loader's link is absolute.
    fn add_mknod(&self) {
        let copy = |from: &str, to: &str| {
            let to = self.sock().join(to);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(from, to).unwrap();
        };
        copy("/usr/bin/mknod", "usr/bin/mknod");
        let libraries = Command::new("ldd").arg("/usr/bin/mknod").output().unwrap().stdout;
        for word in String::from_utf8(libraries).unwrap().split_whitespace().filter(|w| w.starts_with('/')) {
            let name = word.rsplit('/').next().unwrap();
            copy(word, &format!("usr/lib64/{name}"));
            if word.starts_with("/lib") && name.starts_with("ld-") {
                let link = self.sock().join(&word[1..]);
                std::fs::create_dir_all(link.parent().unwrap()).unwrap();
                symlink(format!("/usr/lib64/{name}"), link).unwrap();
            }
        }
    }

    fn sock(&self) -> PathBuf {
        self.dir.path().join("sock")
    }

    fn give_to_users(&self) {
        let sock = self.sock();
        for path in ["home/app", "home/app/file", "home/app/tool"] {
            chown(sock.join(path), Some(4300), Some(4353)).unwrap();
        }
        std::os::unix::fs::lchown(sock.join("home/app/trap"), Some(4300), Some(4353)).unwrap();
        std::fs::set_permissions(sock.join("home/app"), PermissionsExt::from_mode(0o2750)).unwrap();
        std::fs::set_permissions(sock.join("home/app/tool"), PermissionsExt::from_mode(0o6711)).unwrap();
        let caps = [0x0200_0001_u32, 1 << 13, 0, 0, 0].map(u32::to_le_bytes).concat();
        let flags = rustix::fs::XattrFlags::empty();
        rustix::fs::setxattr(sock.join("usr/bin/ping"), "security.capability", &caps, flags).unwrap();
    }

    fn pair(&self, plan: &Plan) -> Result<Paired, PackError> {
        let mut options = PairOptions::new(self.dir.path(), 2_000_000_000);
        options.contents = vec![
            Bundled { name: "openssl-libs".to_owned(), evr: "1:3.0-1".to_owned() },
            Bundled { name: "gpg-pubkey".to_owned(), evr: "1-1".to_owned() },
        ];
        options.config.insert(b"/etc/app.conf".to_vec());
        pair(plan, &Root::open(&self.sock()).unwrap(), &options, &Silent)
    }

    fn target(&self) -> PathBuf {
        self.dir.path().join("target")
    }
}

const DEVICES: &[&[&str]] = &[
    &["Mknod", "c", "1", "3", "null"],
    &["Mknod", "c", "5", "2", "pts/ptmx"],
    &["Mknod", "b", "7", "0", "disk/loop"],
    &["Mknod", "p", "initctl"],
    &["Symlink", "/var/app", "home/app"],
    &["Symlink", "/opt/new dir/'\"$(touch x)`]]%{name}\\", "usr/bin"],
];

fn names(version: &str) -> Vec<(&str, &str)> {
    vec![("PACKAGE", "app"), ("VERSION", version), ("RELEASE", "2")]
}

fn below(top: &Path) -> Vec<String> {
    let mut all = Vec::new();
    let mut pending = vec![top.to_owned()];
    while let Some(dir) = pending.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.symlink_metadata().unwrap().is_dir() {
                pending.push(path.clone());
            }
            all.push(path.strip_prefix(top).unwrap().to_str().unwrap().to_owned());
        }
    }
    all.sort();
    all
}

#[test]
fn an_empty_root_gets_everything_and_loses_everything() {
    if !have_rpm_and_root() {
        return;
    }
    let scene = Scene::new();
    scene.give_to_users();
    scene.add_mknod();
    let paired = scene.pair(&plan(&names("1.0"), DEVICES)).unwrap();
    let package = paired.path.to_str().unwrap();
    let arch = std::env::consts::ARCH;
    assert!(package.ends_with(&format!("/app-1.0-2.{arch}.rpm")), "{package}");
    assert_eq!(paired.left_out, []);
    assert!(rpm(&["-K", package]).ends_with(": digests OK\n"));
    let provides = rpm(&["-qp", "--provides", package]);
    assert_eq!(provides, "app = 1.0-2\nbundled(openssl-libs) = 1:3.0-1\n");
    assert_eq!(rpm(&["-qpc", package]), "/var/socks/app/etc/app.conf\n");
    let list = rpm(&["-qpl", package]);
    assert!(!list.contains("stray"), "{list}");

    let target = scene.target();
    let root = format!("--root={}", target.display());
    let said = rpm(&[&root, "-i", package]);
    assert!(said.contains("/var/socks/app/home/app/trap") || said.is_empty(), "{said}");
    let at = |path: &str| target.join(path).symlink_metadata().unwrap();
    let owner = |path: &str| (at(path).uid(), at(path).gid(), at(path).mode() & 0o7777);
    let app = "var/socks/app";
    assert_eq!(owner(&format!("{app}/home/app")), (4300, 4353, 0o2750));
    assert_eq!(owner(&format!("{app}/home/app/file")), (4300, 4353, 0o644));
    assert_eq!(owner(&format!("{app}/home/app/tool")), (4300, 4353, 0o6711));
    assert_eq!(owner(&format!("{app}/usr/bin/su")), (0, 0, 0o4755));
    assert_eq!(at(&format!("{app}/home/two")).ino(), at(&format!("{app}/usr/bin/one")).ino());
    assert_eq!(at(&format!("{app}/dev/null")).rdev(), 0x103);
    assert!(at(&format!("{app}/dev/disk/loop")).file_type().is_block_device());
    assert!(at(&format!("{app}/dev/initctl")).file_type().is_fifo());
    assert_eq!(owner(&format!("{app}/dev/initctl")), (0, 0, 0o666));
    assert_eq!(owner(&format!("{app}/dev/pts/ptmx")), (0, 0, 0o666));
    let mut caps = [0; 64];
    let ping = target.join(app).join("usr/bin/ping");
    assert_eq!(rustix::fs::getxattr(&ping, "security.capability", &mut caps).unwrap(), 20);
    let link = std::fs::read_link(target.join("var/app")).unwrap();
    assert_eq!(link, Path::new("/var/socks/app/home/app"));
    let hostile = target.join("opt/new dir/'\"$(touch x)`]]%{name}\\");
    assert_eq!(std::fs::read_link(&hostile).unwrap(), Path::new("/var/socks/app/usr/bin"));
    assert_eq!(rpm(&[&root, "-V", "app"]), "");

    // The database may be looked into without rpm -V minding.
    std::fs::write(target.join(app).join("var/lib/rpm/rpmdb.sqlite"), "changed").unwrap();
    assert_eq!(rpm(&[&root, "-V", "app"]), "");

    assert_eq!(rpm(&[&root, "-e", "app"]), "");
    let left: Vec<_> = below(&target).into_iter().filter(|p| !p.starts_with("var/lib")).collect();
    assert_eq!(left, ["opt", "opt/new dir", "var", "var/socks"], "directories that no package owns");
}

#[test]
fn links_of_others_stay_and_upgrades_keep_ours() {
    if !have_rpm_and_root() {
        return;
    }
    let scene = Scene::new();
    scene.add_mknod();
    let target = scene.target();
    std::fs::create_dir_all(target.join("opt")).unwrap();
    symlink("/somewhere/else", target.join("opt/theirs")).unwrap();
    std::fs::write(target.join("opt/file"), "theirs").unwrap();
    let lines = |to: &'static str| -> Vec<&'static [&'static str]> {
        let ours: &'static [&'static str] =
            if to == "etc" { &["Symlink", "/opt/ours", "etc"] } else { &["Symlink", "/opt/ours", "usr"] };
        let mut lines: Vec<&[&str]> =
            vec![&["Symlink", "/opt/theirs", "etc"], &["Symlink", "/opt/file", "etc"], ours];
        lines.extend(DEVICES);
        lines
    };
    let root = format!("--root={}", target.display());
    let first = scene.pair(&plan(&names("1.0"), &lines("etc"))).unwrap();
    let said = rpm(&[&root, "-i", first.path.to_str().unwrap()]);
    assert!(said.contains("warning: /opt/theirs points elsewhere and was left alone"), "{said}");
    assert!(said.contains("warning: /opt/file is a regular and was left alone"), "{said}");
    let ours = || std::fs::read_link(target.join("opt/ours")).unwrap();
    assert_eq!(ours(), Path::new("/var/socks/app/etc"));

    std::fs::remove_file(target.join("var/socks/app/dev/null")).unwrap();
    let second = scene.pair(&plan(&names("1.1"), &lines("usr"))).unwrap();
    rpm(&[&root, "-U", second.path.to_str().unwrap()]);
    assert_eq!(ours(), Path::new("/var/socks/app/usr"), "ours follows the newer package");
    for node in ["null", "initctl", "pts/ptmx"] {
        assert!(target.join("var/socks/app/dev").join(node).symlink_metadata().is_ok(), "{node} is there");
    }
    assert_eq!(rpm(&[&root, "-V", "app"]), "");

    rpm(&[&root, "-e", "app"]);
    assert!(target.join("opt/ours").symlink_metadata().is_err());
    assert_eq!(std::fs::read_link(target.join("opt/theirs")).unwrap(), Path::new("/somewhere/else"));
    assert_eq!(std::fs::read(target.join("opt/file")).unwrap(), b"theirs");
    assert!(!target.join("var/socks/app").exists());
}

#[test]
fn a_root_without_any_mknod_gets_the_memory_devices() {
    if !have_rpm_and_root() {
        return;
    }
    let scene = Scene::new();
    let lines: &[&[&str]] = &[&["Mknod", "c", "1", "3", "null"], &["Mknod", "c", "5", "0", "tty"]];
    let paired = scene.pair(&plan(&names("1.0"), lines)).unwrap();
    let target = scene.target();
    let root = format!("--root={}", target.display());
    assert_eq!(
        rpm(&[&root, "-i", paired.path.to_str().unwrap()]),
        "warning: /var/socks/app/dev/tty could not be made; run: mknod -m 0666 /var/socks/app/dev/tty c 5 0\n"
    );
    let null = target.join("var/socks/app/dev/null").symlink_metadata().unwrap();
    assert_eq!((null.rdev(), null.mode() & 0o7777), (0x103, 0o666));
    assert_eq!(rpm(&[&root, "-V", "app"]), "");
}

#[test]
fn same_tree_same_bytes() {
    let scene = Scene::new();
    let plan = plan(&names("1.0"), DEVICES);
    let bytes = || std::fs::read(scene.pair(&plan).unwrap().path).unwrap();
    let first = bytes();
    assert!(first == bytes());
}

#[test]
fn what_cannot_be_packed_is_said() {
    let scene = Scene::new();
    let said = |plan: &Plan| match scene.pair(plan) {
        Ok(paired) => panic!("packed {}", paired.path.display()),
        Err(e) => format!("{}: {e}", miette::Diagnostic::code(&e).unwrap()),
    };
    assert_eq!(
        said(&plan(&[("VERSION", "1")], &[])),
        "toe::pack::variable_missing: the foot sets no PACKAGE, so the package has no name"
    );
    assert_eq!(
        said(&plan(&[("PACKAGE", "a"), ("VERSION", "1-2")], &[])),
        "toe::rpm::build_name: the package's version is `1-2`, which has a character that package names cannot have"
    );
    let epoch = [("PACKAGE", "a"), ("VERSION", "1"), ("EPOCH", "-1")];
    assert_eq!(
        said(&plan(&epoch, &[])),
        "toe::pack::epoch: EPOCH is `-1`, which is not a number from 0 to 4294967295"
    );
    assert_eq!(
        said(&plan(&names("1"), &[&["Service", "appd", "app:app", "/usr/bin/app"]])),
        "toe::pack::service_not_yet: the foot declares the service `appd`, and services are not packaged yet"
    );
    let mut nowhere = plan(&names("1"), &[]);
    nowhere.sock_dir = "/".to_owned();
    assert_eq!(said(&nowhere), "toe::pack::sock_dir: SOCK_DIR is `/`, where no package can be installed");
}

#[test]
fn sockets_and_fifos_of_the_tree_are_left_out() {
    let scene = Scene::new();
    let _socket = std::os::unix::net::UnixListener::bind(scene.sock().join("home/socket")).unwrap();
    let paired = scene.pair(&plan(&names("1.0"), &[])).unwrap();
    let left: Vec<_> =
        paired.left_out.iter().map(|l| (l.path.to_str().unwrap(), l.reason.as_str())).collect();
    assert_eq!(left, [("/var/socks/app/home/socket", "a socket cannot be installed by rpm 4.18")]);
}
