//! A run as a whole, with made-up packages whose installer fails where the test says.

#![allow(clippy::unwrap_used)]

use std::cell::Cell;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use toe_install::{
    Examined, InstallError, KeyInput, Need, PackageInput, Packages, Setting, SewOptions, SewReport, Waiting,
    sew_with,
};
use toe_plan::{Directive, DirectiveName, Nevra, Place, Plan, Step};
use toe_repo::{FetchOptions, Fetcher};
use toe_root::{Privilege, Root, copy_tree};
use toe_source::{Event, Observer, Origin, Silent, SourceId, Span};

/// A package is a text file; installing writes it to /pkg/NAME and its name to a database.
struct TextPackages {
    names: Vec<Nevra>,
    texts: Vec<Vec<u8>>,
    calls: Cell<u32>,
    fail_at: u32,
    pause: Duration,
}

const DATABASE: &str = "var/lib/rpm/rpmdb.sqlite";

impl TextPackages {
    fn new(fail_at: u32) -> Self {
        TextPackages { names: vec![], texts: vec![], calls: Cell::new(0), fail_at, pause: Duration::ZERO }
    }

    fn call(&self) -> Result<(), InstallError> {
        self.calls.set(self.calls.get() + 1);
        std::thread::sleep(self.pause);
        if self.calls.get() == self.fail_at {
            return Err(InstallError::NotYet { what: format!("call {}", self.fail_at) });
        }
        Ok(())
    }
}

impl Packages for TextPackages {
    fn examine(
        &mut self,
        packages: &[PackageInput<'_>],
        _: &[KeyInput<'_>],
    ) -> Result<Examined, InstallError> {
        for package in packages {
            let file_name = package.fetched.path.file_name().unwrap().to_str().unwrap();
            self.names.push(Nevra::from_file_name(file_name).unwrap());
            self.texts.push(fs::read(&package.fetched.path).unwrap());
        }
        self.call()?;
        Ok(Examined { names: self.names.clone(), newest_build_time: Some(1_000_000) })
    }

    fn installed(&self, root: &Root) -> Result<Vec<Nevra>, InstallError> {
        let list = String::from_utf8(root.read_file(DATABASE, 1 << 20)?).unwrap();
        Ok(list.lines().map(|line| Nevra::from_file_name(line).unwrap()).collect())
    }

    fn decide(&mut self, _: Option<&Root>, _: &[usize], _: &Setting) -> Result<Need, InstallError> {
        self.call()?;
        Ok(Need::default())
    }

    fn begin(&mut self, root: &Root) -> Result<(), InstallError> {
        self.call()?;
        root.mkdir_all("var/lib/rpm")?;
        if root.find(DATABASE)?.is_none() {
            root.write_file_atomically(DATABASE, b"", &toe_root::Attributes::default())?;
        }
        Ok(())
    }

    fn install(&mut self, root: &Root, package: usize, _: &dyn Observer) -> Result<(), InstallError> {
        self.call()?;
        root.mkdir_all("pkg")?;
        let name = &self.names[package];
        let plain = toe_root::Attributes::new(0, 0, 0o644).at(5);
        root.write_file_atomically(format!("pkg/{}", name.name), &self.texts[package], &plain)?;
        let mut list = root.read_file(DATABASE, 1 << 20)?;
        list.extend(format!("{name}.rpm\n").into_bytes());
        root.write_file_atomically(DATABASE, &list, &plain)?;
        Ok(())
    }

    fn import_key(&mut self, _: &Root, _: usize) -> Result<(), InstallError> {
        self.call()
    }

    fn run(&mut self, root: &Root, argv: &[String], _: &dyn Observer) -> Result<(), InstallError> {
        self.call()?;
        root.write_file_atomically("ran", argv.join(" ").as_bytes(), &toe_root::Attributes::default().at(5))?;
        Ok(())
    }

    fn finish(&mut self, _: &Root) -> Result<(), InstallError> {
        self.call()
    }
}

struct Bench {
    scratch: PathBuf,
    _guard: Option<tempfile::TempDir>,
}

impl Bench {
    fn new() -> Self {
        let guard = tempfile::Builder::new().prefix("toe-frame").tempdir_in("/var/tmp").unwrap();
        let bench = Bench { scratch: guard.path().to_owned(), _guard: Some(guard) };
        fs::create_dir(bench.scratch.join("place")).unwrap();
        for (name, text) in
            [("a-1-1.noarch", "a"), ("b-1-1.noarch", "b"), ("b-2-1.noarch", "bb"), ("c-1-1.noarch", "c")]
        {
            fs::write(bench.scratch.join(format!("{name}.rpm")), text).unwrap();
        }
        fs::create_dir_all(bench.scratch.join("tree/sub")).unwrap();
        fs::write(bench.scratch.join("tree/sub/file"), "copied").unwrap();
        bench
    }

    fn sock(&self) -> PathBuf {
        self.scratch.join("place/sock")
    }

    fn plan(&self, lines: &[&str]) -> Plan {
        let directives = lines.iter().enumerate().map(|(i, line)| self.directive(i, line)).collect();
        Plan {
            version: 1,
            foot: "foot".into(),
            sock_dir: self.sock().to_str().unwrap().into(),
            variables: std::collections::BTreeMap::default(),
            directives,
            inputs: vec![],
            external_commands: vec![],
        }
    }

    fn directive(&self, i: usize, line: &str) -> Directive {
        let scratch = self.scratch.to_str().unwrap();
        let mut words = line.split(' ').map(|w| w.replace('@', scratch));
        let name = DirectiveName::from_word(&words.next().unwrap()).unwrap();
        let args: Vec<String> = words.collect();
        let body = (name == DirectiveName::Write).then_some("content\n");
        let span = Span::new(SourceId(0), i, i + 1);
        Directive {
            name,
            step: Step::parse(name, &args, body).unwrap(),
            arg_spans: args.iter().map(|_| span).collect(),
            args,
            place: Place { file: "foot".into(), line: i as u32 + 1, column: Some(1) },
            included_from: vec![],
            origin: Origin::in_foot(span),
        }
    }

    #[expect(clippy::unused_self, reason = "reads like the other parts of a bench")]
    fn options(&self) -> SewOptions {
        // Decisions are the same with a ledger, and the test needs no privilege.
        let privilege =
            if rustix::process::geteuid().is_root() { Privilege::Real } else { Privilege::Ledger };
        SewOptions { privilege, ..SewOptions::default() }
    }

    fn sew_as(
        &self,
        lines: &[&str],
        options: &SewOptions,
        packages: &mut TextPackages,
    ) -> Result<SewReport, InstallError> {
        let fetcher = Fetcher::new(FetchOptions::new(self.scratch.join("cache")));
        sew_with(&self.plan(lines), &fetcher, options, &Silent, packages)
    }

    fn sew(&self, lines: &[&str]) -> Result<SewReport, InstallError> {
        self.sew_as(lines, &self.options(), &mut TextPackages::new(0))
    }

    /// Everything below SOCK_DIR as text; `None` without a SOCK.
    fn tree(&self) -> Option<Vec<String>> {
        let root = Root::open(&self.sock()).ok()?;
        Some(
            root.walk()
                .map(|entry| {
                    let e = entry.unwrap();
                    let m = &e.metadata;
                    let text = if m.is_file() { root.read_file(&e.path, 1 << 20).unwrap() } else { vec![] };
                    let mtime = if m.is_file() { m.mtime } else { 0 };
                    let (path, text) = (String::from_utf8_lossy(&e.path), String::from_utf8_lossy(&text));
                    format!("{path} {:?} {:o} {}:{} {mtime} {text:?}", m.kind, m.mode, m.uid, m.gid)
                })
                .collect(),
        )
    }

    /// Names beside SOCK_DIR.
    fn beside(&self) -> Vec<String> {
        let place = fs::read_dir(self.scratch.join("place")).unwrap();
        let mut names: Vec<_> = place.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

const OLD: &[&str] = &[
    "Base @/place/sock",
    "Rpm @/a-1-1.noarch.rpm",
    "GroupAdd 353 appgrp",
    "Write /etc/motd",
    "Dir /srv/d 0750",
];
const NEW: &[&str] = &[
    "Base @/place/sock",
    "Rpm @/a-1-1.noarch.rpm",
    "Rpm @/b-1-1.noarch.rpm",
    "GroupAdd 353 appgrp",
    "UserAdd 300 353 /home/appuser /bin/sh appuser",
    "Gecos appuser An App",
    "Mknod p pipe",
    "Write /etc/motd",
    "Copy @/tree /opt/tree",
    "Link /opt/tree /opt/link",
    "Dir /srv/d 0750",
    "Exec echo hello",
];

#[test]
fn again_is_free_and_a_changed_foot_adds() {
    let bench = Bench::new();
    let first = bench.sew(OLD).unwrap();
    assert!(first.changed);
    assert_eq!(first.installed, ["a-1-1.noarch"]);
    let (inode, tree) = (fs::metadata(bench.sock()).unwrap().ino(), bench.tree());
    let again = bench.sew(OLD).unwrap();
    assert!(!again.changed && again.installed.is_empty());
    assert_eq!((fs::metadata(bench.sock()).unwrap().ino(), bench.tree()), (inode, tree));
    fs::write(bench.sock().join("letter"), "of a person").unwrap();
    let added = bench.sew(NEW).unwrap();
    assert_eq!(added.installed, ["b-1-1.noarch"]);
    assert_eq!(fs::read_to_string(bench.sock().join("letter")).unwrap(), "of a person");
    assert_eq!(fs::read_to_string(bench.sock().join("opt/tree/sub/file")).unwrap(), "copied");
    let passwd = fs::read_to_string(bench.sock().join("etc/passwd")).unwrap();
    assert_eq!(passwd, "appuser:!:300:353:An App:/home/appuser:/bin/sh\n");
    assert_eq!(bench.beside(), ["sock"]);
    fs::write(bench.scratch.join("tree/sub/file"), "changed").unwrap();
    assert!(bench.sew(NEW).unwrap().changed);
    assert_eq!(fs::read_to_string(bench.sock().join("opt/tree/sub/file")).unwrap(), "changed");
}

#[test]
fn what_adding_cannot_follow_asks_for_fresh() {
    let bench = Bench::new();
    bench.sew(NEW).unwrap();
    let before = bench.tree();
    let without =
        |what: &str| -> Vec<&str> { NEW.iter().copied().filter(|l| !l.starts_with(what)).collect() };
    let why = |lines: &[&str]| match bench.sew(lines) {
        Err(InstallError::NeedsFresh { why, .. }) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why(&without("Rpm @/b")), "the foot no longer names b-1-1.noarch");
    assert_eq!(
        why(&without("UserAdd")),
        "the foot no longer has the line `UserAdd 300 353 /home/appuser /bin/sh appuser`"
    );
    let newer: Vec<String> = NEW.iter().map(|l| l.replace("b-1-1", "b-2-1")).collect();
    let newer: Vec<&str> = newer.iter().map(String::as_str).collect();
    assert!(why(&newer).contains("b-1-1.noarch"));
    assert_eq!(bench.tree(), before);
    let fresh = SewOptions { fresh: true, ..bench.options() };
    fs::write(bench.sock().join("letter"), "of a person").unwrap();
    bench.sew_as(&newer, &fresh, &mut TextPackages::new(0)).unwrap();
    assert_eq!(fs::read_to_string(bench.sock().join("pkg/b")).unwrap(), "bb");
    assert!(!bench.sock().join("letter").exists());
}

#[test]
fn a_failure_at_any_call_leaves_the_old_tree() {
    for start in [&[][..], OLD] {
        let bench = Bench::new();
        if !start.is_empty() {
            bench.sew(start).unwrap();
        }
        let (before, beside) = (bench.tree(), bench.beside());
        for n in 1.. {
            let mut packages = TextPackages::new(n);
            let Err(e) = bench.sew_as(NEW, &bench.options(), &mut packages) else {
                assert!(n > 5, "there are more calls than {n}");
                break;
            };
            assert!(matches!(e.kind(), InstallError::NotYet { .. }), "{e}");
            assert_eq!((bench.tree(), bench.beside()), (before.clone(), beside.clone()), "call {n}");
        }
    }
}

#[test]
fn a_line_that_cannot_be_done_has_its_place() {
    let bench = Bench::new();
    bench.sew(OLD).unwrap();
    let before = bench.tree();
    for (line, message) in [
        ("die no more", "no more"),
        ("UserAdd 1 999 /home/x /bin/sh x", "the SOCK has no group with the GID 999"),
        ("Write /x 0644 nobody:nobody", "the SOCK has no user `nobody`"),
        ("Copy @/nothing /x", "cannot read"),
        ("Symlink @/tree /x", "cannot link"),
        ("Symlink @/missing/link /x", "cannot link"),
    ] {
        let mut lines = OLD.to_vec();
        lines.push(line);
        let error = bench.sew(&lines).unwrap_err();
        assert!(error.to_string().starts_with(message), "{error}");
        assert_eq!(error.diagnostic().labels[0].span.start as usize, OLD.len(), "{line}");
        assert_eq!((bench.tree(), bench.beside()), (before.clone(), vec!["sock".to_owned()]), "{line}");
    }
}

#[test]
fn the_same_inputs_give_the_same_times() {
    let bench = Bench::new();
    let times = || {
        let root = Root::open(&bench.sock()).unwrap();
        let seen = root.walk().map(|e| e.unwrap()).map(|e| (e.path, e.metadata.mtime)).collect::<Vec<_>>();
        (seen, root.metadata("/").unwrap().mtime)
    };
    bench.sew(NEW).unwrap();
    let first = times();
    assert!(first.0.iter().all(|(_, mtime)| *mtime <= 1_000_000), "{first:?}");
    let fresh = SewOptions { fresh: true, ..bench.options() };
    bench.sew_as(NEW, &fresh, &mut TextPackages::new(0)).unwrap();
    assert_eq!(times(), first);
}

#[test]
fn host_links_come_last_and_logs_are_said() {
    struct Lines(Mutex<Vec<String>>);
    impl Observer for Lines {
        fn event(&self, event: Event<'_>) {
            if let Event::Line { text, .. } = event {
                self.0.lock().unwrap().push(text.to_owned());
            }
        }
    }
    let bench = Bench::new();
    let lines = Lines(Mutex::new(vec![]));
    let plan = bench.plan(&["log hello there", "Symlink @/link /var/test"]);
    let fetcher = Fetcher::new(FetchOptions::new(bench.scratch.join("cache")));
    let none = SewOptions { no_host_links: true, ..bench.options() };
    sew_with(&plan, &fetcher, &none, &lines, &mut TextPackages::new(0)).unwrap();
    assert!(!bench.scratch.join("link").is_symlink());
    sew_with(&plan, &fetcher, &bench.options(), &lines, &mut TextPackages::new(0)).unwrap();
    assert_eq!(fs::read_link(bench.scratch.join("link")).unwrap(), bench.sock().join("var/test"));
    assert_eq!(*lines.0.lock().unwrap(), ["hello there"]);
}

#[test]
fn runs_at_the_same_time_wait_or_refuse() {
    let bench = Bench::new();
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(|| bench.sew(NEW).unwrap().changed)).collect();
        let changed = runs.into_iter().map(|r| r.join().unwrap()).filter(|c| *c).count();
        assert_eq!(changed, 1, "one builds, the others find it done");
    });
    let before = bench.tree();
    let slow = scope_slow(&bench);
    assert!(
        matches!(slow, InstallError::Busy { ref holder, .. } if holder.contains(&std::process::id().to_string()))
    );
    assert_eq!(bench.tree(), before);
    assert_eq!(bench.beside(), ["sock"]);
}

/// A second run that will not wait, while a first one is slow.
fn scope_slow(bench: &Bench) -> InstallError {
    std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            let mut packages = TextPackages::new(0);
            packages.pause = Duration::from_millis(150);
            let fresh = SewOptions { fresh: true, ..bench.options() };
            bench.sew_as(NEW, &fresh, &mut packages).unwrap();
        });
        while !bench.scratch.join("place/.sock.toe-lock").exists() {
            std::thread::sleep(Duration::from_millis(5));
        }
        let never = SewOptions { waiting: Waiting::Never, ..bench.options() };
        let refused = bench.sew_as(OLD, &never, &mut TextPackages::new(0)).unwrap_err();
        first.join().unwrap();
        refused
    })
}

/// Not a test of its own: the process that the next one kills.
#[test]
fn killed_child() {
    let Some(scratch) = std::env::var_os("TOE_FRAME_CHILD") else { return };
    let bench = Bench { scratch: PathBuf::from(scratch), _guard: None };
    let mut packages = TextPackages::new(0);
    packages.pause = Duration::from_millis(3);
    let _ = bench.sew_as(NEW, &bench.options(), &mut packages);
}

#[test]
fn a_kill_at_any_moment_leaves_old_or_new() {
    let bench = Bench::new();
    bench.sew(OLD).unwrap();
    let old = bench.tree().unwrap();
    let saved = bench.scratch.join("saved");
    fs::create_dir(&saved).unwrap();
    copy_tree(&Root::open(&bench.sock()).unwrap(), &Root::open(&saved).unwrap()).unwrap();
    bench.sew(NEW).unwrap();
    let new = bench.tree().unwrap();
    let child = || {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "killed_child"]).env("TOE_FRAME_CHILD", &bench.scratch);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let reset = |to: &Path| {
        fs::remove_dir_all(to).unwrap();
        fs::create_dir(to).unwrap();
        copy_tree(&Root::open(&saved).unwrap(), &Root::open(to).unwrap()).unwrap();
    };
    reset(&bench.sock());
    let begun = std::time::Instant::now();
    child().wait().unwrap();
    let whole = begun.elapsed();
    assert_eq!(bench.tree().unwrap(), new, "undisturbed, the child builds the new tree");
    let (mut olds, mut news) = (0, 0);
    for n in 0..40u32 {
        reset(&bench.sock());
        let mut run = child();
        std::thread::sleep(whole * n / 36);
        run.kill().unwrap();
        run.wait().unwrap();
        let found = bench.tree().unwrap();
        if found == old {
            olds += 1;
        } else {
            assert_eq!(found, new, "torn after {n}/36 of the run");
            news += 1;
        }
        bench.sew(NEW).unwrap();
        assert_eq!(bench.tree().unwrap(), new);
        assert_eq!(bench.beside(), ["sock"], "the next run cleans up");
    }
    assert!(olds > 0 && news > 0, "{olds} old, {news} new");
}

#[test]
fn a_tree_moved_away_by_a_killed_run_is_put_back() {
    let bench = Bench::new();
    bench.sew(OLD).unwrap();
    let before = bench.tree();
    fs::rename(bench.sock(), bench.scratch.join("place/.sock.toe-old.1")).unwrap();
    fs::create_dir_all(bench.scratch.join("place/.sock.toe-stage.1/root/half")).unwrap();
    let report = bench.sew(OLD).unwrap();
    assert!(!report.changed, "it is the old one again");
    assert_eq!(report.leftovers.iter().map(|l| l.restored).collect::<Vec<_>>(), [true, false]);
    assert_eq!((bench.tree(), bench.beside()), (before, vec!["sock".to_owned()]));
}
