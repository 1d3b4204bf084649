//! The packages of a plan: verified, decided, installed.

use std::fs::File;
use std::io::{Read, Seek};
use std::os::fd::AsFd;

use rayon::prelude::*;
use toe_plan::{Nevra, Plan, RpmOptions};
use toe_repo::{Fetched, Fetcher};
use toe_root::Root;
use toe_rpm::keyring::{Keyring, PublicKey};
use toe_rpm::rpmdb::{Database, InstallFacts};
use toe_rpm::{PackageLabel, Policy, Verified};
use toe_source::{Observer, Origin};

use crate::apply::{Applying, Installer};
use crate::disk_space::Need;
use crate::package_error::PackageError;
use crate::packages::{Examined, KeyInput, PackageInput, Packages, Setting};
use crate::sandbox::{Environment, Job, Limits, Program, Sandbox};
use crate::transaction::{Incoming, Member, Refused, Settings, Transaction, decide};
use crate::{InstallError, SewOptions, SewReport, sew_with};

/// Most bytes of a key file that are read.
const MAX_KEY_FILE: u64 = 16 << 20;

/// Where the database is inside a SOCK.
const DATABASE: &str = "/var/lib/rpm";

/// Installs packages itself: no rpm is needed on the machine or in the SOCK.
#[derive(Debug, Default)]
pub struct RpmPackages {
    packages: Vec<(Verified, RpmOptions)>,
    /// The Rpm line of each.
    origins: Vec<Origin>,
    keys: Vec<Vec<PublicKey>>,
    /// What [`Packages::decide`] was told to add, in its order.
    added: Vec<usize>,
    decided: Option<(Transaction, Applying)>,
    installer: Option<Installer>,
}

impl RpmPackages {
    /// Nothing examined yet.
    pub fn new() -> Self {
        RpmPackages::default()
    }

    fn installer(&mut self) -> Result<&mut Installer, PackageError> {
        self.installer.as_mut().ok_or(PackageError::NoSuchPackage { index: 0 })
    }
}

/// What scriptlets leave that differs from run to run and is made anew when it is missing: ldconfig's
/// own notes hold inode numbers and times of the tree it ran in.
const VOLATILE: [&[u8]; 1] = [b"/var/cache/ldconfig/aux-cache"];

/// Builds the SOCK of a plan, or brings one up to it.
pub fn sew(
    plan: &Plan,
    fetcher: &Fetcher,
    options: &SewOptions,
    observer: &dyn Observer,
) -> Result<SewReport, InstallError> {
    sew_with(plan, fetcher, options, observer, &mut RpmPackages::new())
}

/// Another handle of the file that was hashed while fetching: what was hashed is what is read.
fn handle_of(fetched: &Fetched, name: &str) -> Result<File, PackageError> {
    let unreadable = |source| PackageError::ReadPackage { file: name.to_owned(), source };
    fetched.file.try_clone().map_err(unreadable)
}

fn nevra(label: &PackageLabel) -> Nevra {
    Nevra {
        name: label.name.clone(),
        epoch: label.epoch,
        version: label.version.clone(),
        release: label.release.clone(),
        arch: label.arch.clone(),
    }
}

/// The records of a tree's database; none when it has no database.
fn members(root: &Root) -> Result<Vec<Member>, PackageError> {
    let directory = match root.dir_fd(DATABASE) {
        Ok(directory) => directory,
        Err(e) if e.is_not_found() => return Ok(Vec::new()),
        Err(e) => return Err(e.into()),
    };
    let database = match Database::open_read_only(directory.as_fd()) {
        Err(toe_rpm::Error::NoDatabase) => return Ok(Vec::new()),
        other => other?,
    };
    database.packages()?.iter().map(|record| Ok(Member::from_record(record)?)).collect()
}

impl Packages for RpmPackages {
    fn examine(
        &mut self,
        packages: &[PackageInput<'_>],
        keys: &[KeyInput<'_>],
    ) -> Result<Examined, InstallError> {
        // The keyring that each number of GpgImport lines makes.
        let mut keyring = Keyring::new();
        let mut keyrings = vec![keyring.clone()];
        for key in keys {
            let name = key.fetched.path.display().to_string();
            let mut bytes = Vec::new();
            let mut file = handle_of(key.fetched, &name)?;
            file.rewind()
                .and_then(|()| file.take(MAX_KEY_FILE).read_to_end(&mut bytes))
                .map_err(|source| PackageError::ReadPackage { file: name.clone(), source })?;
            let added = keyring.add(&bytes, &name).map_err(PackageError::from);
            self.keys.push(added.map_err(|e| InstallError::from(e).at_origin(key.origin))?);
            keyrings.push(keyring.clone());
        }
        let verified: Vec<Result<Verified, PackageError>> = packages
            .par_iter()
            .map(|input| {
                let keyring = keyrings.get(input.keys_before).or(keyrings.last());
                let empty = Keyring::new();
                let policy = Policy {
                    require_signature: input.keys_before > 0 && !input.options.no_signature,
                    ignore_signatures: input.options.no_signature,
                    allow_weak: false,
                };
                let file = handle_of(input.fetched, &input.location)?;
                Ok(toe_rpm::verify_file(file, &input.location, keyring.unwrap_or(&empty), policy)?)
            })
            .collect();
        let mut examined = Examined::default();
        for (input, verified) in packages.iter().zip(verified) {
            let verified = verified.map_err(|e| InstallError::from(e).at_origin(input.origin))?;
            examined.names.push(nevra(verified.package().label()));
            let built = verified.package().build_time().map_err(PackageError::from)?.map(i64::from);
            examined.newest_build_time = examined.newest_build_time.max(built);
            self.packages.push((verified, input.options));
            self.origins.push(input.origin.clone());
        }
        Ok(examined)
    }

    fn installed(&self, root: &Root) -> Result<Vec<Nevra>, InstallError> {
        Ok(members(root)?.iter().map(|member| nevra(&member.label)).collect())
    }

    fn decide(&mut self, old: Option<&Root>, add: &[usize], setting: &Setting) -> Result<Need, InstallError> {
        let installed = old.map_or_else(|| Ok(Vec::new()), members)?;
        let mut incoming = Vec::new();
        for &index in add {
            let Some((verified, options)) = self.packages.get(index) else {
                return Err(PackageError::NoSuchPackage { index }.into());
            };
            incoming.push(Incoming { verified: verified.clone(), options: *options });
        }
        let machine = nix::sys::utsname::uname().map_or_else(
            |_| std::env::consts::ARCH.to_owned(),
            |system| system.machine().to_string_lossy().into_owned(),
        );
        let settings = Settings { no_scripts: setting.no_scripts, machine, languages: None };
        let transaction = decide(old, installed, incoming, &settings).map_err(|refused| {
            InstallError::all(refused.into_iter().map(|Refused { package, error }| {
                let origin = package.and_then(|p| add.get(p)).and_then(|index| self.origins.get(*index));
                let error = InstallError::from(error);
                match origin {
                    Some(origin) => error.at_origin(origin),
                    None => error,
                }
            }))
        })?;
        let mut need = Need::default();
        for package in &transaction.packages {
            for file in &package.member.files.files {
                need.add(file.size);
            }
        }
        let time = u32::try_from(setting.time.max(0)).unwrap_or(u32::MAX);
        let applying =
            Applying { settings, time, source_date: Some(setting.time), limits: Limits::default() };
        self.added = add.to_vec();
        self.decided = Some((transaction, applying));
        Ok(need)
    }

    fn begin(&mut self, root: &Root) -> Result<(), InstallError> {
        let Some((transaction, applying)) = self.decided.take() else {
            return Err(PackageError::NoSuchPackage { index: 0 }.into());
        };
        root.mkdir_all(DATABASE)?;
        let directory = root.dir_fd(DATABASE)?;
        let database = Database::open_or_create(directory.as_fd()).map_err(PackageError::from)?;
        self.installer = Some(Installer::new(database, transaction, applying));
        Ok(())
    }

    fn install(&mut self, root: &Root, package: usize, observer: &dyn Observer) -> Result<(), InstallError> {
        let position = self.added.iter().position(|index| *index == package);
        let position = position.ok_or(PackageError::NoSuchPackage { index: package })?;
        self.installer()?.install(root, position, observer)?;
        Ok(())
    }

    fn import_key(&mut self, _root: &Root, key: usize) -> Result<(), InstallError> {
        let keys = self.keys.get(key).cloned().unwrap_or_default();
        let installer = self.installer()?;
        let time = installer.time();
        for key in &keys {
            let facts = InstallFacts { transaction_id: time, time, color: 0 };
            installer.database().add_key(key, &facts).map_err(PackageError::from)?;
        }
        Ok(())
    }

    fn run(&mut self, root: &Root, argv: &[String], observer: &dyn Observer) -> Result<(), InstallError> {
        let time = self.installer()?.time();
        let words: Vec<Vec<u8>> = argv.iter().map(|word| word.clone().into_bytes()).collect();
        let from = format!("Exec {}", argv.first().map(String::as_str).unwrap_or_default());
        let job = Job {
            from: &from,
            program: Program::Command { argv: &words },
            stdin: b"",
            environment: Environment::default().with_source_date(time.into()),
        };
        let handle = root.fd();
        let outcome =
            Sandbox::new(&handle, Limits::default()).run(&job, observer).map_err(PackageError::from)?;
        if outcome.end.is_success() {
            return Ok(());
        }
        Err(PackageError::ExecFailed {
            command: argv.join(" "),
            end: outcome.end.to_string(),
            output: outcome.last_line.map(|line| format!(" ({line})")).unwrap_or_default(),
        }
        .into())
    }

    fn finish(&mut self, root: &Root) -> Result<(), InstallError> {
        let Some(installer) = self.installer.take() else { return Ok(()) };
        for path in VOLATILE {
            let mut files = installer.members().iter().flat_map(|m| &m.files.files);
            let owned = files.any(|f| *f.path == *path && !f.is_ghost());
            if !owned && root.find(path)?.is_some_and(|found| found.is_file()) {
                root.unlink(path)?;
            }
        }
        Ok(installer.finish()?)
    }
}
