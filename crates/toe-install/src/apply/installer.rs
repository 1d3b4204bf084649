//! One package after the other, in the order of scriptlets that rpm has.

use std::collections::HashSet;

use toe_root::Root;
use toe_rpm::rpmdb::{Database, InstallFacts};
use toe_rpm::{Script, Slot, TriggerKind};
use toe_source::{Diagnostic, Event, Observer, Severity};

use super::file_trigger::{self, EARLY};
use super::package_trigger;
use super::runner::{Run, Runner};
use crate::extract::{self, Noticed, Placements};
use crate::macros::Macros;
use crate::package_error::PackageError;
use crate::sandbox::{Environment, Limits};
use crate::transaction::{Decided, FileState, Member, Settings, Transaction, transaction_color};

/// What applying a transaction needs besides the tree.
#[derive(Debug, Clone)]
pub struct Applying {
    /// What was decided with.
    pub settings: Settings,
    /// INSTALLTID, INSTALLTIME and the number in temporary names: seconds since 1970.
    pub time: u32,
    /// SOURCE_DATE_EPOCH of scriptlets, seconds since 1970.
    pub source_date: Option<i64>,
    /// What bounds a scriptlet.
    pub limits: Limits,
}

/// What the installation of a package came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalledReport {
    /// The number of its record in the database.
    pub record: u32,
    /// What rpm would have warned of; the observer has had each of them.
    pub warnings: Vec<String>,
}

/// Applies a transaction to a tree.
#[derive(Debug)]
pub struct Installer {
    database: Database,
    applying: Applying,
    /// All packages of the SOCK in the order of their records: those before, then those installed.
    members: Vec<Member>,
    packages: Vec<Decided>,
    /// For each package of the transaction its position in `members`, once it is there.
    positions: Vec<Option<usize>>,
    already: usize,
}

impl Installer {
    /// `database` is the one of the tree.
    pub fn new(database: Database, transaction: Transaction, applying: Applying) -> Self {
        let already = transaction.installed.len();
        Installer {
            database,
            applying,
            positions: vec![None; transaction.packages.len()],
            members: transaction.installed,
            packages: transaction.packages,
            already,
        }
    }

    /// Installs the package with this position in the transaction, as `rpm -i --nodeps` of it alone.
    /// `root` is the tree; no other handle of its database may have a transaction open.
    pub fn install(
        &mut self,
        root: &Root,
        index: usize,
        observer: &dyn Observer,
    ) -> Result<InstalledReport, PackageError> {
        let Some(decided) = self.packages.get(index).cloned() else {
            return Err(PackageError::NoSuchPackage { index });
        };
        let name = decided.member.label.to_string();
        let options = decided.incoming.options;
        let scripts = !self.applying.settings.no_scripts && !options.no_scripts;
        let triggers = scripts && !options.no_triggers;
        let instances = 1 + self.members.iter().filter(|m| m.label.name == decided.member.label.name).count();
        let mut warnings = Vec::new();
        observer.event(Event::Item { name: &name });
        let runner = self.runner(root, observer);

        if scripts {
            Self::scriptlet(&runner, &decided, Slot::Pretrans, instances, &mut warnings)?;
        }
        let placements = {
            let shared: HashSet<&[u8]> = self
                .members
                .iter()
                .flat_map(|m| &m.files.files)
                .filter(|f| f.is_config())
                .map(|f| &*f.path)
                .collect();
            Placements::decide(root, &decided.member, &|path| shared.contains(path))?
        };
        if triggers {
            // Counted in the database, where the package is not yet.
            self.package_triggers(&runner, &decided, TriggerKind::Prein, instances - 1, &mut warnings)?;
        }
        if scripts {
            Self::scriptlet(&runner, &decided, Slot::Pre, instances, &mut warnings)?;
        }
        let noticed = self.unpack(root, &decided, &name, &placements)?;
        warn_of(&name, noticed, observer, &mut warnings);
        let record = self.add_record(index, &decided)?;
        let own = self.members.len() - 1;

        if triggers {
            self.file_triggers(&runner, own, |priority| priority >= EARLY, &mut warnings)?;
        }
        if scripts {
            Self::scriptlet(&runner, &decided, Slot::Post, instances, &mut warnings)?;
        }
        if triggers {
            self.package_triggers(&runner, &decided, TriggerKind::In, instances, &mut warnings)?;
            self.file_triggers(&runner, own, |priority| priority < EARLY, &mut warnings)?;
        }
        if scripts {
            Self::scriptlet(&runner, &decided, Slot::Posttrans, instances, &mut warnings)?;
        }
        if triggers {
            self.transaction_file_triggers(&runner, own, &mut warnings)?;
        }
        Ok(InstalledReport { record, warnings })
    }

    /// The packages that are there now, in the order of their records.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// INSTALLTIME of this run, seconds since 1970.
    pub fn time(&self) -> u32 {
        self.applying.time
    }

    /// The database, for keys.
    pub fn database(&mut self) -> &mut Database {
        &mut self.database
    }

    /// Writes and closes the database.
    pub fn finish(self) -> Result<(), PackageError> {
        Ok(self.database.finish()?)
    }

    fn runner<'a>(&self, root: &'a Root, observer: &'a dyn Observer) -> Runner<'a> {
        let environment = match self.applying.source_date {
            Some(seconds) => Environment::default().with_source_date(seconds),
            None => Environment::default(),
        };
        Runner {
            root,
            observer,
            limits: self.applying.limits.clone(),
            environment,
            macros: Macros::new(&self.applying.settings.machine),
        }
    }

    fn scriptlet(
        runner: &Runner<'_>,
        decided: &Decided,
        slot: Slot,
        instances: usize,
        warnings: &mut Vec<String>,
    ) -> Result<(), PackageError> {
        let Some(script) = decided.member.scriptlets.get(slot) else { return Ok(()) };
        let package = decided.member.label.to_string();
        let run = Run { package: &package, name: slot.directive(), script, args: &[instances], stdin: b"" };
        if matches!(slot, Slot::Pretrans | Slot::Pre) {
            return runner.critical(&run);
        }
        warnings.extend(runner.lenient(&run)?);
        Ok(())
    }

    /// Triggers of all packages on this one, then its own on the others.
    fn package_triggers(
        &self,
        runner: &Runner<'_>,
        decided: &Decided,
        kind: TriggerKind,
        instances: usize,
        warnings: &mut Vec<String>,
    ) -> Result<(), PackageError> {
        let label = &decided.member.label;
        // The package's own triggers belong to nobody in `members` before its record is there.
        let own = self.members.iter().position(|m| m.label == *label).unwrap_or(self.members.len());
        let mut fired = package_trigger::set_off_by(&self.members, label, kind, instances);
        fired.extend(package_trigger::own(own, &decided.member.scriptlets.triggers, &self.members, kind));
        let name = if kind == TriggerKind::Prein { "%triggerprein" } else { "%triggerin" };
        for trigger in fired {
            let owner = self.members.get(trigger.owner).unwrap_or(&decided.member);
            let Some(script) = owner.scriptlets.triggers.get(trigger.trigger).map(|t| &t.script) else {
                continue;
            };
            let owners = self.members.iter().filter(|m| m.label.name == owner.label.name).count();
            let package = owner.label.to_string();
            let args = [owners, trigger.target_count];
            let run = Run { package: &package, name, script, args: &args, stdin: b"" };
            if kind == TriggerKind::Prein {
                runner.critical(&run)?;
            } else {
                warnings.extend(runner.lenient(&run)?);
            }
        }
        Ok(())
    }

    /// File triggers of all packages on this one's files, then its own on the files of the others.
    fn file_triggers(
        &self,
        runner: &Runner<'_>,
        own: usize,
        class: impl Fn(u32) -> bool,
        warnings: &mut Vec<String>,
    ) -> Result<(), PackageError> {
        let Some(package) = self.members.get(own) else { return Ok(()) };
        let others: Vec<&Member> =
            self.members.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, m)| m).collect();
        let mut fired = file_trigger::set_off(
            self.members.iter().enumerate(),
            |m| &m.scriptlets.file_triggers,
            |t| class(t.priority),
            &[package],
        );
        fired.extend(file_trigger::set_off(
            std::iter::once((own, package)),
            |m| &m.scriptlets.file_triggers,
            |t| class(t.priority),
            &others,
        ));
        self.run_file_triggers(runner, &fired, "%filetriggerin", |s| &s.file_triggers, warnings)
    }

    /// Transaction file triggers: those of packages that were there before, for this package's files,
    /// then this package's own, for all files.
    fn transaction_file_triggers(
        &self,
        runner: &Runner<'_>,
        own: usize,
        warnings: &mut Vec<String>,
    ) -> Result<(), PackageError> {
        let Some(package) = self.members.get(own) else { return Ok(()) };
        let all: Vec<&Member> = self.members.iter().collect();
        let mut fired = file_trigger::set_off(
            self.members.iter().enumerate().filter(|(at, _)| *at != own),
            |m| &m.scriptlets.transaction_file_triggers,
            |_| true,
            &[package],
        );
        fired.extend(file_trigger::set_off(
            std::iter::once((own, package)),
            |m| &m.scriptlets.transaction_file_triggers,
            |_| true,
            &all,
        ));
        let name = "%transfiletriggerin";
        self.run_file_triggers(runner, &fired, name, |s| &s.transaction_file_triggers, warnings)
    }

    fn run_file_triggers(
        &self,
        runner: &Runner<'_>,
        fired: &[file_trigger::Fired],
        name: &str,
        list: impl Fn(&toe_rpm::Scriptlets) -> &Vec<toe_rpm::Trigger>,
        warnings: &mut Vec<String>,
    ) -> Result<(), PackageError> {
        for trigger in fired {
            let Some(owner) = self.members.get(trigger.owner) else { continue };
            let script: Option<&Script> =
                list(&owner.scriptlets).get(trigger.trigger).map(|trigger| &trigger.script);
            let Some(script) = script else { continue };
            let package = owner.label.to_string();
            // rpm up to 4.19 gives these a 0 and nothing else.
            let run = Run { package: &package, name, script, args: &[0], stdin: &trigger.files };
            warnings.extend(runner.lenient(&run)?);
        }
        Ok(())
    }

    fn unpack(
        &self,
        root: &Root,
        decided: &Decided,
        name: &str,
        placements: &Placements,
    ) -> Result<Noticed, PackageError> {
        let mut payload = decided.incoming.verified.payload(&decided.member.files)?;
        extract::unpack(root, name, &decided.member, placements, &mut payload, self.applying.time)
    }

    fn add_record(&mut self, index: usize, decided: &Decided) -> Result<u32, PackageError> {
        let facts = InstallFacts {
            transaction_id: self.applying.time,
            time: self.applying.time,
            color: transaction_color(&self.applying.settings.machine),
        };
        let record =
            self.database.add(decided.incoming.verified.package(), &decided.member.states, &facts)?;
        self.displace(&decided.displaced)?;
        let mut member = decided.member.clone();
        member.record = record;
        if let Some(slot) = self.positions.get_mut(index) {
            *slot = Some(self.members.len());
        }
        self.members.push(member);
        Ok(record)
    }

    /// Marks the files of earlier packages that this one has replaced.
    fn displace(&mut self, displaced: &[(usize, usize, FileState)]) -> Result<(), PackageError> {
        let mut changed = Vec::new();
        for &(decided_at, file, state) in displaced {
            let at = match decided_at.checked_sub(self.already) {
                None => Some(decided_at),
                Some(package) => self.positions.get(package).copied().flatten(),
            };
            let Some(at) = at else { continue };
            if let Some(slot) = self.members.get_mut(at).and_then(|m| m.states.get_mut(file)) {
                *slot = state;
                changed.push(at);
            }
        }
        changed.sort_unstable();
        changed.dedup();
        for member in changed.into_iter().filter_map(|at| self.members.get(at)) {
            self.database.set_file_states(member.record, &member.states)?;
        }
        Ok(())
    }
}

fn warn_of(package: &str, noticed: Noticed, observer: &dyn Observer, warnings: &mut Vec<String>) {
    let mut found = Vec::new();
    for (kind, names) in [("user", noticed.unknown_users), ("group", noticed.unknown_groups)] {
        for name in names {
            found.push((
                "toe::install::unknown_owner",
                format!("{package}: {kind} {name} does not exist - using root"),
                format!("install the package that adds the {kind} first, or add it with UserAdd or GroupAdd"),
            ));
        }
    }
    for (path, suffix) in noticed.config {
        let message = if suffix == ".rpmnew" {
            format!("{package}: {path} created as {path}.rpmnew")
        } else {
            format!("{package}: {path} saved as {path}{suffix}")
        };
        found.push(("toe::install::config_kept", message, "compare the two files".to_owned()));
    }
    for (code, message, help) in found {
        warnings.push(message.clone());
        observer.event(Event::Warning(&Diagnostic {
            code: code.to_owned(),
            severity: Severity::Warning,
            message,
            causes: Vec::new(),
            labels: Vec::new(),
            help: Some(help),
            included_from: Vec::new(),
            fix: None,
        }));
    }
}
