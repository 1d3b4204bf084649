//! What building a SOCK asks of whoever installs packages.

use toe_plan::{Nevra, RpmOptions};
use toe_repo::Fetched;
use toe_root::Root;
use toe_source::{Observer, Origin};

use crate::{InstallError, disk_space::Need};

/// A fetched `Rpm` line.
#[derive(Debug)]
pub struct PackageInput<'a> {
    /// The package file, digested while fetching.
    pub fetched: &'a Fetched,
    /// The location without secrets.
    pub location: String,
    /// The options of the line.
    pub options: RpmOptions,
    /// Where the line stands.
    pub origin: &'a Origin,
    /// How many of the plan's keys come before it: those it is checked against.
    pub keys_before: usize,
}

/// A fetched `GpgImport` line.
#[derive(Debug)]
pub struct KeyInput<'a> {
    /// The key file.
    pub fetched: &'a Fetched,
    /// Where the line stands.
    pub origin: &'a Origin,
}

/// What is known of the packages once headers, digests and signatures were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Examined {
    /// Each package's name and version, in the order given.
    pub names: Vec<Nevra>,
    /// The newest build time (RPMTAG_BUILDTIME, 1006), seconds since the epoch.
    pub newest_build_time: Option<i64>,
}

/// What a run of packages needs besides the tree.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// No scriptlet and no trigger runs.
    pub no_scripts: bool,
    /// Seconds since the epoch for everything that needs a time.
    pub time: i64,
    /// Threads.
    pub jobs: usize,
}

/// The packages of one plan. Calls come in the order of the methods; `install` and `import_key` in
/// the order of the plan, and only for what [`Packages::decide`] was told to add.
pub trait Packages {
    /// Reads and checks every package: format, digests, signatures. Writes nothing.
    fn examine(
        &mut self,
        packages: &[PackageInput<'_>],
        keys: &[KeyInput<'_>],
    ) -> Result<Examined, InstallError>;

    /// The packages that the database of a tree has.
    fn installed(&self, root: &Root) -> Result<Vec<Nevra>, InstallError>;

    /// Decides the owner of every path, conflicts and scriptlets that cannot run, for adding `add`
    /// (indices into the packages) to `old`. Writes nothing. Returns what they will take.
    fn decide(&mut self, old: Option<&Root>, add: &[usize], setting: &Setting) -> Result<Need, InstallError>;

    /// Opens the database of the tree under construction; makes an empty one where there is none.
    fn begin(&mut self, root: &Root) -> Result<(), InstallError>;

    /// Installs one package as a transaction of its own.
    fn install(&mut self, root: &Root, package: usize, observer: &dyn Observer) -> Result<(), InstallError>;

    /// Adds a key file's keys to the database.
    fn import_key(&mut self, root: &Root, key: usize) -> Result<(), InstallError>;

    /// Runs a command inside the tree.
    fn run(&mut self, root: &Root, argv: &[String], observer: &dyn Observer) -> Result<(), InstallError>;

    /// Writes and closes the database.
    fn finish(&mut self, root: &Root) -> Result<(), InstallError>;
}
