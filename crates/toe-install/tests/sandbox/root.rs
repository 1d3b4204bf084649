//! A small root with a few of this machine's programs, and runs in it.

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use tempfile::TempDir;
use toe_install::sandbox::{Environment, Job, Limits, Outcome, Program, Sandbox};
use toe_source::{Event, Observer};

const PROGRAMS: [&str; 14] = [
    "/bin/bash",
    "/bin/sleep",
    "/bin/cat",
    "/bin/ls",
    "/bin/mount",
    "/bin/hostname",
    "/usr/bin/unshare",
    "/usr/bin/id",
    "/bin/mknod",
    "/usr/bin/wc",
    "/bin/readlink",
    "/usr/bin/env",
    "/usr/bin/yes",
    "/bin/date",
];

/// Namespaces need root here; says so loudly when they cannot be tried.
pub fn can_run() -> bool {
    let why = if !nix::unistd::geteuid().is_root() {
        "not root"
    } else if !PROGRAMS.iter().all(|p| Path::new(p).exists()) {
        "one of the programs for the test root is missing"
    } else {
        return true;
    };
    assert!(std::env::var("TOE_ORACLES").as_deref() != Ok("required"), "cannot test the sandbox: {why}");
    eprintln!("SKIPPED: the sandbox was not tested: {why}");
    false
}

pub fn make() -> TempDir {
    let root = tempfile::Builder::new().prefix("toe-sandbox-").tempdir_in("/var/tmp").unwrap();
    for program in PROGRAMS {
        install(root.path(), Path::new(program));
        let libraries = Command::new("ldd").arg(program).output().unwrap().stdout;
        for word in String::from_utf8(libraries).unwrap().split_whitespace().filter(|w| w.starts_with('/')) {
            install(root.path(), Path::new(word));
        }
    }
    std::os::unix::fs::symlink("bash", root.path().join("bin/sh")).unwrap();
    root
}

fn install(root: &Path, file: &Path) {
    let to = root.join(file.strip_prefix("/").unwrap());
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    if !to.exists() {
        std::fs::copy(file, to).unwrap();
    }
}

#[derive(Default)]
pub struct Recorder(pub Mutex<Vec<String>>);

impl Observer for Recorder {
    fn event(&self, event: Event<'_>) {
        if let Event::Line { text, .. } = event {
            self.0.lock().unwrap().push(text.to_owned());
        }
    }
}

/// Runs a shell script as a scriptlet's body; gives how it ended and its lines.
pub fn script(root: &TempDir, limits: Limits, stdin: &str, body: &str) -> (Outcome, Vec<String>) {
    let interpreter = [b"/bin/sh".to_vec()];
    let args = [b"1".to_vec()];
    run(
        root,
        limits,
        stdin,
        Program::Script { interpreter: &interpreter, body: body.as_bytes(), args: &args },
    )
}

pub fn run(root: &TempDir, limits: Limits, stdin: &str, program: Program<'_>) -> (Outcome, Vec<String>) {
    let handle = File::open(root.path()).unwrap();
    let job = Job {
        from: "test %post",
        program,
        stdin: stdin.as_bytes(),
        environment: Environment::default().with_source_date(1_700_000_000),
    };
    let recorder = Recorder::default();
    let outcome = Sandbox::new(&handle, limits).run(&job, &recorder).unwrap();
    (outcome, recorder.0.into_inner().unwrap())
}

pub fn sh(root: &TempDir, body: &str) -> Vec<String> {
    let (outcome, lines) = script(root, Limits::default(), "", body);
    assert!(outcome.end.is_success(), "{outcome:?} {lines:?}");
    lines
}
