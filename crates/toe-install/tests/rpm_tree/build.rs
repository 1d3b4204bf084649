//! Both trees of a set.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use toe_install::apply::{Applying, Installer};
use toe_install::sandbox::Limits;
use toe_install::transaction::{Incoming, Settings, decide};
use toe_root::Root;
use toe_rpm::Policy;
use toe_rpm::keyring::Keyring;
use toe_rpm::rpmdb::Database;
use toe_source::{Event, Observer};

/// The trees, and when their making began (seconds since the epoch).
pub struct Built {
    pub ours: TempDir,
    pub rpms: TempDir,
    pub began: i64,
    pub packages: Vec<PathBuf>,
}

/// Warnings go to standard error, where a failed test shows them.
struct Loud;

impl Observer for Loud {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::Warning(warning) => eprintln!("warning: {}", warning.message),
            Event::Line { from, text } => eprintln!("{from}: {text}"),
            _ => {}
        }
    }
}

impl Built {
    /// `None`, after saying so, when the machine lacks what the comparison needs.
    pub fn of(set: &str) -> Option<Built> {
        let repository = std::env::var_os("TOE_TESTREPO").map(PathBuf::from);
        let missing = if !nix::unistd::geteuid().is_root() {
            "root"
        } else if Command::new("rpm").arg("--version").output().is_err() {
            "rpm"
        } else if repository.as_ref().is_none_or(|r| !r.join("order").join(format!("{set}.txt")).exists()) {
            "TOE_TESTREPO with this set"
        } else {
            ""
        };
        if !missing.is_empty() {
            assert!(std::env::var("TOE_ORACLES").as_deref() != Ok("required"), "{set}: missing: {missing}");
            eprintln!("SKIPPED: {set} was not compared with rpm: missing: {missing}");
            return None;
        }
        let repository = repository?;
        let order = std::fs::read_to_string(repository.join("order").join(format!("{set}.txt"))).unwrap();
        let packages: Vec<_> = order.lines().map(|line| repository.join(line.trim())).collect();
        let directory = || tempfile::Builder::new().prefix("toe-tree-").tempdir_in("/var/tmp").unwrap();
        let (ours, rpms) = (directory(), directory());
        let began =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64;
        std::fs::set_permissions(ours.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        std::fs::set_permissions(rpms.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        install(ours.path(), &packages, began as u32);
        for package in &packages {
            let done = rpm(rpms.path()).args(["--nodeps", "-ivh"]).arg(package).output().unwrap();
            assert!(done.status.success(), "rpm: {}", String::from_utf8_lossy(&done.stderr));
        }
        Some(Built { ours, rpms, began, packages })
    }
}

pub fn rpm(root: &Path) -> Command {
    let mut command = Command::new("rpm");
    command.arg("--root").arg(root).arg("--dbpath=/var/lib/rpm").env("LC_ALL", "C");
    command
}

fn install(tree: &Path, packages: &[PathBuf], time: u32) {
    let root = Root::open(tree).unwrap();
    let incoming = packages
        .iter()
        .map(|file| Incoming {
            verified: toe_rpm::verify(file, &Keyring::new(), Policy::default()).unwrap(),
            options: toe_plan::RpmOptions::default(),
        })
        .collect();
    let machine = nix::sys::utsname::uname().unwrap().machine().to_string_lossy().into_owned();
    let settings = Settings { no_scripts: false, machine, languages: None };
    let transaction =
        decide(Some(&root), Vec::new(), incoming, &settings).unwrap_or_else(|errors| panic!("{errors:?}"));
    root.mkdir_all("/var/lib/rpm").unwrap();
    let directory = root.dir_fd("/var/lib/rpm").unwrap();
    let database = Database::open_or_create(std::os::fd::AsFd::as_fd(&directory)).unwrap();
    let applying = Applying { settings, time, source_date: None, limits: Limits::default() };
    let mut installer = Installer::new(database, transaction, applying);
    for (index, package) in packages.iter().enumerate() {
        if let Err(error) = installer.install(&root, index, &Loud) {
            panic!("{}: {error}: {error:?}", package.display());
        }
    }
    installer.finish().unwrap();
}
