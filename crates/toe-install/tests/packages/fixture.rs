//! A tree, and packages put into it.

use std::os::fd::AsFd;
use std::path::Path;
use std::sync::Mutex;

use tempfile::TempDir;
use toe_install::PackageError;
use toe_install::apply::{Applying, InstalledReport, Installer};
use toe_install::sandbox::Limits;
use toe_install::transaction::{Incoming, Member, Settings, decide};
use toe_plan::RpmOptions;
use toe_root::Root;
use toe_rpm::build::{Entry, PackageSpec};
use toe_rpm::keyring::Keyring;
use toe_rpm::rpmdb::Database;
use toe_rpm::{Policy, Verified};
use toe_source::{Event, Observer};

pub struct Tree {
    pub dir: TempDir,
    packages: TempDir,
    pub root: Root,
    pub lines: Lines,
}

#[derive(Default)]
pub struct Lines(pub Mutex<Vec<String>>);

impl Observer for Lines {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::Line { text, .. } => self.0.lock().unwrap().push(text.to_owned()),
            Event::Warning(warning) => self.0.lock().unwrap().push(format!("warning: {}", warning.message)),
            _ => {}
        }
    }
}

/// Owners need root; says so loudly when there is none.
pub fn can_run() -> bool {
    if nix::unistd::geteuid().is_root() {
        return true;
    }
    assert!(std::env::var("TOE_ORACLES").as_deref() != Ok("required"), "installing must be tested as root");
    eprintln!("SKIPPED: installing was not tested: not root");
    false
}

impl Tree {
    pub fn new() -> Tree {
        let directory = || tempfile::Builder::new().prefix("toe-packages-").tempdir_in("/var/tmp").unwrap();
        let (dir, packages) = (directory(), directory());
        let root = Root::open(dir.path()).unwrap();
        Tree { dir, packages, root, lines: Lines::default() }
    }

    pub fn package<'e>(&self, spec: PackageSpec, entries: impl IntoIterator<Item = Entry<'e>>) -> Verified {
        let built = spec.build_into(self.packages.path(), entries).unwrap();
        toe_rpm::verify(&built.path, &Keyring::new(), Policy::default()).unwrap()
    }

    /// Decides on top of what the database holds and installs; errors of deciding come together.
    pub fn install(
        &self,
        packages: &[(Verified, RpmOptions)],
    ) -> Result<Vec<InstalledReport>, Vec<PackageError>> {
        let settings = Settings { no_scripts: false, machine: "x86_64".to_owned(), languages: None };
        self.root.mkdir_all("/var/lib/rpm").unwrap();
        let directory = self.root.dir_fd("/var/lib/rpm").unwrap();
        let database = Database::open_or_create(directory.as_fd()).unwrap();
        let installed =
            database.packages().unwrap().iter().map(|record| Member::from_record(record).unwrap()).collect();
        let incoming = packages
            .iter()
            .map(|(verified, options)| Incoming { verified: verified.clone(), options: *options })
            .collect();
        let transaction = decide(Some(&self.root), installed, incoming, &settings)
            .map_err(|refused| refused.into_iter().map(|r| r.error).collect::<Vec<_>>())?;
        let applying =
            Applying { settings, time: 1_700_000_000, source_date: None, limits: Limits::default() };
        let mut installer = Installer::new(database, transaction, applying);
        let reports = (0..packages.len())
            .map(|index| installer.install(&self.root, index, &self.lines).map_err(|e| vec![e]))
            .collect();
        installer.finish().unwrap();
        reports
    }

    pub fn put(&self, package: Verified) -> Result<Vec<InstalledReport>, Vec<PackageError>> {
        self.install(&[(package, RpmOptions::default())])
    }

    pub fn path(&self, path: &str) -> std::path::PathBuf {
        self.dir.path().join(path.trim_start_matches('/'))
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// Names below a directory, sorted.
    pub fn names(&self, path: &str) -> Vec<String> {
        names(&self.path(path))
    }
}

pub fn names(path: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(path).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub fn spec(name: &str) -> PackageSpec {
    PackageSpec::new(name, "1", "1", "noarch")
}
