//! The checks of a whole plan: what is installed already, architectures, scriptlets, file conflicts.

use std::collections::{HashMap, HashSet};

use toe_root::Root;
use toe_rpm::{FileKind, evr, same_file};

use super::fingerprint::Links;
use super::{
    Decided, FileState, Incoming, Member, Settings, Transaction, architecture, disposition, is_on_disk,
    runnable,
};
use crate::macros::Macros;
use crate::package_error::{PackageError, shown};

/// Decides on packages in the order given, one transaction each, on top of what is installed.
///
/// `root` is the tree that they will be unpacked into; it is only read. All that is wrong is listed.
pub fn decide(
    root: Option<&Root>,
    installed: Vec<Member>,
    incoming: Vec<Incoming>,
    settings: &Settings,
) -> Result<Transaction, Vec<Refused>> {
    let mut state = State {
        links: Links::new(root),
        root,
        owners: HashMap::new(),
        directories: HashMap::new(),
        members: Vec::new(),
        color: architecture::transaction_color(&settings.machine),
        errors: Vec::new(),
    };
    for (number, member) in installed.iter().enumerate() {
        state.add_installed(number, member);
    }
    let mut refused: Vec<Refused> =
        state.errors.drain(..).map(|error| Refused { package: None, error }).collect();
    let macros = Macros::new(&settings.machine);
    let mut packages = Vec::new();
    for (index, incoming) in incoming.into_iter().enumerate() {
        match state.package(installed.len() + packages.len(), incoming, settings, &macros) {
            Ok(decided) => packages.push(decided),
            Err(error) => state.errors.push(error),
        }
        refused.extend(state.errors.drain(..).map(|error| Refused { package: Some(index), error }));
    }
    if refused.is_empty() { Ok(Transaction { installed, packages }) } else { Err(refused) }
}

/// Something that is wrong, found while deciding.
#[derive(Debug)]
pub struct Refused {
    /// Position of the package among the incoming ones; `None` when the SOCK as it is is to blame.
    pub package: Option<usize>,
    /// What is wrong.
    pub error: PackageError,
}

/// A file of a package, by position.
#[derive(Clone, Copy)]
struct Owner {
    member: usize,
    file: usize,
}

struct State<'r> {
    links: Links<'r>,
    root: Option<&'r Root>,
    /// Who has each path.
    owners: HashMap<Vec<u8>, Vec<Owner>>,
    /// Directories that exist only because something is in them, and whose.
    directories: HashMap<Vec<u8>, usize>,
    members: Vec<Member>,
    color: u32,
    errors: Vec<PackageError>,
}

impl State<'_> {
    fn add_installed(&mut self, number: usize, member: &Member) {
        for (index, file) in member.files.files.iter().enumerate() {
            match self.links.fingerprint(&file.path) {
                Ok(path) => {
                    self.owners.entry(path).or_default().push(Owner { member: number, file: index });
                }
                Err(error) => self.errors.push(error.into()),
            }
        }
        self.members.push(member.clone());
    }

    fn package(
        &mut self,
        number: usize,
        incoming: Incoming,
        settings: &Settings,
        macros: &Macros,
    ) -> Result<Decided, PackageError> {
        let label = incoming.verified.package().label().clone();
        let name = label.to_string();
        self.check_versions(&label, &name)?;
        if let Some(arch) = &label.arch
            && !architecture::compatible(arch, &settings.machine)
        {
            return Err(PackageError::WrongArchitecture {
                package: name,
                arch: arch.clone(),
                machine: settings.machine.clone(),
            });
        }
        let files = incoming.verified.package().files()?;
        let scriptlets = incoming.verified.package().scriptlets()?;
        if !settings.no_scripts && !incoming.options.no_scripts {
            self.errors.extend(runnable::check(&name, &scriptlets, macros));
        }
        let states = disposition::states(
            &files,
            self.color,
            settings.languages.as_deref(),
            incoming.options.exclude_docs,
        );
        let mut decided = Decided {
            member: Member { label, files, states, scriptlets, record: 0 },
            incoming,
            displaced: Vec::new(),
        };
        self.claim(number, &name, &mut decided)?;
        self.members.push(decided.member.clone());
        Ok(decided)
    }

    fn check_versions(&self, label: &toe_rpm::PackageLabel, name: &str) -> Result<(), PackageError> {
        for there in self.members.iter().map(|m| &m.label).filter(|l| l.name == label.name) {
            match evr::compare(label, there) {
                std::cmp::Ordering::Equal if there.arch == label.arch => {
                    return Err(PackageError::AlreadyInstalled { package: name.to_owned() });
                }
                std::cmp::Ordering::Less => {
                    return Err(PackageError::NewerInstalled {
                        package: name.to_owned(),
                        newer: there.to_string(),
                    });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Gives the package its paths, or says who has them.
    fn claim(&mut self, number: usize, name: &str, decided: &mut Decided) -> Result<(), PackageError> {
        let mut fingerprints = Vec::with_capacity(decided.member.files.files.len());
        // Directories and links first: they decide where the rest goes.
        for file in &decided.member.files.files {
            let path = self.links.fingerprint(&file.path)?;
            if file.kind == FileKind::Symlink && !file.is_ghost() {
                self.refuse_directory(&path, file.kind, name);
                self.links.put(&path, Some(&file.link_target));
            }
        }
        for file in &decided.member.files.files {
            fingerprints.push(self.links.fingerprint(&file.path)?);
        }
        let mut own: HashSet<&[u8]> = HashSet::new();
        for (index, path) in fingerprints.iter().enumerate() {
            let Some(file) = decided.member.files.files.get(index) else { continue };
            let Some(mut state) = decided.member.states.get(index).copied() else { continue };
            if !matches!(file.kind, FileKind::Directory | FileKind::Symlink) && !file.is_ghost() {
                self.refuse_directory(path, file.kind, name);
            }
            if !own.insert(path) && file.kind != FileKind::Directory {
                // The same file by two names: rpm's file conflict of a package with itself.
                self.errors.push(PackageError::FileConflict {
                    path: shown(&file.path),
                    package: name.to_owned(),
                    other: name.to_owned(),
                });
            }
            for owner in self.owners.get(path).cloned().unwrap_or_default() {
                let Some(other) = self.members.get(owner.member) else { continue };
                let Some(theirs) = other.files.files.get(owner.file) else { continue };
                let their_state = other.states.get(owner.file).copied().unwrap_or(FileState::Normal);
                if !is_on_disk(their_state) || !is_on_disk(state) {
                    continue;
                }
                if same_file((&decided.member.files, file), (&other.files, theirs)) {
                    continue;
                }
                if self.color != 0 && file.color != 0 && theirs.color != 0 && file.color != theirs.color {
                    if file.color & architecture::PREFERRED_COLOR != 0 {
                        decided.displaced.push((owner.member, owner.file, FileState::WrongColor));
                    } else {
                        state = FileState::WrongColor;
                    }
                } else if decided.incoming.options.replace_files {
                    decided.displaced.push((owner.member, owner.file, FileState::Replaced));
                } else {
                    self.errors.push(PackageError::FileConflict {
                        path: shown(&file.path),
                        package: name.to_owned(),
                        other: other.label.to_string(),
                    });
                }
            }
            if let Some(slot) = decided.member.states.get_mut(index) {
                *slot = state;
            }
        }
        for &(member, file, state) in &decided.displaced {
            if let Some(slot) = self.members.get_mut(member).and_then(|m| m.states.get_mut(file)) {
                *slot = state;
            }
        }
        for (index, path) in fingerprints.into_iter().enumerate() {
            if let Some(file) = decided.member.files.files.get(index)
                && !file.is_ghost()
                && file.kind != FileKind::Symlink
            {
                self.links.put(&path, None);
                self.note_directories(&path, number);
            }
            self.owners.entry(path).or_default().push(Owner { member: number, file: index });
        }
        Ok(())
    }

    fn note_directories(&mut self, path: &[u8], member: usize) {
        let mut end = path.len();
        while let Some(slash) = path.iter().take(end).rposition(|b| *b == b'/').filter(|s| *s > 0) {
            let above = path.get(..slash).unwrap_or_default();
            if self.directories.contains_key(above) {
                break;
            }
            self.directories.insert(above.to_vec(), member);
            end = slash;
        }
    }

    /// A directory that no package owns cannot give way to a link or file.
    fn refuse_directory(&mut self, path: &[u8], kind: FileKind, package: &str) {
        if self.owners.get(path).is_some_and(|o| !o.is_empty()) {
            // Owned: the comparison of files decides.
            return;
        }
        let of = match self.directories.get(path).and_then(|m| self.members.get(*m)) {
            Some(member) => format!(" (made for the files of {})", member.label),
            None => match self.root.and_then(|root| root.find(path).ok().flatten()) {
                Some(found) if found.is_dir() => String::new(),
                _ => return,
            },
        };
        self.errors.push(PackageError::DirectoryInTheWay {
            path: shown(path),
            package: package.to_owned(),
            kind: if kind == FileKind::Symlink { "symbolic link" } else { "file" },
            of,
        });
    }
}
