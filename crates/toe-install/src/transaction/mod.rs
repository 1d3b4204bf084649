//! What will be installed, decided from headers before the first write.

mod architecture;
mod decide;
mod disposition;
mod fingerprint;
mod runnable;

use toe_plan::RpmOptions;
use toe_rpm::{FileTable, PackageLabel, Scriptlets, Verified};

pub(crate) use architecture::transaction_color;
pub use decide::{Refused, decide};
pub(crate) use runnable::expand;
pub use toe_rpm::rpmdb::FileState;

/// A package that was fetched and whose digests and signature were checked.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The package, with the file that was checked.
    pub verified: Verified,
    /// What its Rpm line says.
    pub options: RpmOptions,
}

/// A package of the SOCK: one that was there, or one that this run installs.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its name.
    pub label: PackageLabel,
    /// Its files.
    pub files: FileTable,
    /// A state for each file.
    pub states: Vec<FileState>,
    /// Its scriptlets and triggers.
    pub scriptlets: Scriptlets,
    /// The number of its record in the database; 0 until it has one.
    pub record: u32,
}

/// What holds for the whole run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// No scriptlet or trigger runs at all.
    pub no_scripts: bool,
    /// The machine's architecture as `uname -m` names it.
    pub machine: String,
    /// Languages whose files are installed (`%_install_langs`); `None` for all.
    pub languages: Option<Vec<String>>,
}

/// A decided package of the transaction.
#[derive(Debug, Clone)]
pub struct Decided {
    /// What was asked for.
    pub incoming: Incoming,
    /// Files, states and scriptlets.
    pub member: Member,
    /// Files of earlier packages that lose their path to this one: position of the package in
    /// [`Transaction::installed`] followed by [`Transaction::packages`], position of the file, new state.
    pub displaced: Vec<(usize, usize, FileState)>,
}

/// Everything that is known before the first write.
#[derive(Debug, Clone)]
pub struct Transaction {
    /// What the SOCK has already, in the order of the database.
    pub installed: Vec<Member>,
    /// What will be installed, in the foot's order, each in a transaction of its own.
    pub packages: Vec<Decided>,
}

/// True when a file of this state is on the disk as its package's.
pub(crate) fn is_on_disk(state: FileState) -> bool {
    state == FileState::Normal
}

impl Member {
    /// A package as its record in the database tells it.
    pub fn from_record(installed: &toe_rpm::rpmdb::Installed) -> Result<Self, toe_rpm::Error> {
        let header = &installed.header;
        let files = FileTable::read(header)?;
        let recorded = header.chars(toe_rpm::tags::FILESTATES)?.unwrap_or_default();
        let states = (0..files.files.len())
            .map(|at| match recorded.get(at) {
                Some(1) => FileState::Replaced,
                Some(2) => FileState::NotInstalled,
                Some(3) => FileState::NetShared,
                Some(4) => FileState::WrongColor,
                _ => FileState::Normal,
            })
            .collect();
        Ok(Member {
            label: installed.label.clone(),
            files,
            states,
            scriptlets: Scriptlets::read(header)?,
            record: installed.hnum,
        })
    }
}
