//! From a plan to a SOCK in place.

use std::fs;
use std::path::{Path, PathBuf};

use rustix::fs::fsync;
use toe_plan::{Directive, Plan, Step};
use toe_repo::{Fetched, Fetcher, Want};
use toe_root::{Attributes, Ledger, Privilege, Root, copy_tree};
use toe_source::{Diagnostic, Event, Observer};

use crate::accounts::{self, NewUser};
use crate::change::{self, Work};
use crate::disk_space::Need;
use crate::host_copy::{self, CopySource};
use crate::host_link::{self, HostLink};
use crate::packages::{Examined, KeyInput, PackageInput, Packages, Setting};
use crate::record::{CopiedInput, FetchedInput, Record, stored_plan};
use crate::staging::{Stage, clean_leftovers};
use crate::{
    InstallError, Leftover, SewOptions, SewReport, SockDir, SockLock, SockState, device_node, file_step,
    sock_dir,
};

/// Builds the SOCK of a plan, or brings one up to it, with the given installer of packages.
///
/// # Errors
/// On any error SOCK_DIR is what it was before.
pub fn sew_with(
    plan: &Plan,
    fetcher: &Fetcher,
    options: &SewOptions,
    observer: &dyn Observer,
    packages: &mut dyn Packages,
) -> Result<SewReport, InstallError> {
    refuse_to_die_later(plan, observer)?;
    let path = options.sock_dir.clone().unwrap_or_else(|| PathBuf::from(&plan.sock_dir));
    let mut sock = SockDir::check(&path, options.adopt)?;
    let fetched = fetch(plan, fetcher, observer)?;
    let inputs = Inputs::of(plan, &fetched);
    let copies = inspect_copies(plan)?;
    let examined = packages.examine(&inputs.packages, &inputs.keys)?;
    let setting = Setting {
        no_scripts: options.no_scripts,
        time: options.source_date.or(examined.newest_build_time).unwrap_or(0),
        jobs: options.jobs.max(1),
    };
    let links = if options.no_host_links { Vec::new() } else { decide_links(plan, &sock)? };
    let record = record_of(plan, &inputs, &examined, &copies, options)?;

    let made = MadeDirectories::make(sock.parent())?;
    let parent_fd = sock_dir::open_directory(sock.parent())?;
    let lock = SockLock::take(&parent_fd, &sock, options.waiting, observer)?;
    let parent = Root::open(sock.parent())?;
    let leftovers = clean_leftovers(&parent, &sock)?;
    report_leftovers(&leftovers, observer);
    // Whoever held the lock, or died, may have changed what stands there.
    sock.refresh(options.adopt)?;

    let mut build = Build { plan, options, observer, packages, setting, record, sock: &sock };
    let built = build.run(&parent, &examined, &copies)?;
    let mut host_links = Vec::new();
    for link in links {
        link.make()?;
        if let HostLink::Make { link, .. } | HostLink::Replace { link, .. } = link {
            host_links.push(link);
        }
    }
    made.keep();
    drop(lock);
    Ok(SewReport {
        sock_dir: path,
        changed: built.changed,
        installed: built.installed,
        leftovers,
        host_links,
        has_ledger: built.has_ledger,
    })
}

struct Built {
    changed: bool,
    installed: Vec<String>,
    has_ledger: bool,
}

struct Build<'a> {
    plan: &'a Plan,
    options: &'a SewOptions,
    observer: &'a dyn Observer,
    packages: &'a mut dyn Packages,
    setting: Setting,
    record: Record,
    sock: &'a SockDir,
}

impl Build<'_> {
    fn run(
        &mut self,
        parent: &Root,
        examined: &Examined,
        copies: &[CopySource],
    ) -> Result<Built, InstallError> {
        let old = self.old()?;
        let work = match &old {
            None => change::all(self.plan),
            Some((root, record)) => {
                if let Some(record) = record
                    && record.same_inputs(&self.record)
                {
                    let has_ledger = !record.ledger.is_empty();
                    return Ok(Built { changed: false, installed: Vec::new(), has_ledger });
                }
                let installed = self.packages.installed(root)?;
                change::missing(self.sock, self.plan, &self.record, record.as_ref(), &installed)?
            }
        };
        let old_root = old.as_ref().map(|(root, _)| root);
        let mut need = self.packages.decide(old_root, &work.packages, &self.setting)?;
        if let Some(root) = old_root {
            need = need.plus(Need::of_tree(root)?);
        }
        for copy in copies {
            need = need.plus(copy.need);
        }
        need.check(parent)?;

        let stage = Stage::create(parent, self.sock)?;
        let ledger = match &old {
            Some((_, Some(record))) => record.read_ledger()?,
            _ => Ledger::default(),
        };
        let root = stage.root(self.options.privilege, ledger)?;
        match old_root {
            Some(old) => copy_tree(old, &root)?,
            None => root.set_attributes("/", &Attributes::new(0, 0, 0o755))?,
        }
        self.build(&root, &work)?;
        if self.options.privilege == Privilege::Ledger {
            self.record.ledger = Record::ledger_lines(&root.ledger());
        }
        self.record.write(&root, self.setting.time)?;
        if old_root.is_none() {
            let newest = examined.newest_build_time.unwrap_or(self.setting.time).max(self.setting.time);
            settle_times(&root, newest, self.setting.time)?;
        }
        if let Some(left) = stage.put_in_place(self.sock)? {
            self.observer.event(Event::Warning(&Diagnostic::from_error(&left)));
        }
        let installed =
            work.packages.iter().filter_map(|i| examined.names.get(*i)).map(ToString::to_string).collect();
        Ok(Built { changed: true, installed, has_ledger: !self.record.ledger.is_empty() })
    }

    /// The tree to add to and its record, unless there is none or it is to be built from nothing.
    fn old(&self) -> Result<Option<(Root, Option<Record>)>, InstallError> {
        if self.options.fresh || matches!(self.sock.state(), SockState::Absent | SockState::Empty) {
            return Ok(None);
        }
        let root = Root::open(self.sock.real())?;
        let record = Record::read(&root)?;
        let Some(record) = record else { return Ok(Some((root, None))) };
        if record.ledger.is_empty() {
            return Ok(Some((root, Some(record))));
        }
        if self.options.privilege == Privilege::Real {
            let path = self.sock.path().display().to_string();
            let why = "it was built without root, and its owners were only noted".to_owned();
            return Err(InstallError::NeedsFresh { path, why });
        }
        let root = Root::open_with(self.sock.real(), Privilege::Ledger, record.read_ledger()?)?;
        Ok(Some((root, Some(record))))
    }

    fn build(&mut self, root: &Root, work: &Work) -> Result<(), InstallError> {
        let total = Some(work.directives.len() as u64);
        self.observer.event(Event::Phase { name: "building", total, bytes: false });
        self.packages.begin(root)?;
        let (mut package, mut key) = (0, 0);
        for (i, directive) in self.plan.directives.iter().enumerate() {
            let (this_package, this_key) = (package, key);
            match directive.step {
                Step::Rpm { .. } => package += 1,
                Step::GpgImport { .. } => key += 1,
                _ => {}
            }
            if work.directives.contains(&i) {
                self.step(root, directive, this_package, this_key).map_err(|e| e.at(directive))?;
                self.observer.event(Event::Advance { by: 1 });
            }
        }
        self.packages.finish(root)?;
        self.observer.event(Event::PhaseDone);
        Ok(())
    }

    fn step(
        &mut self,
        root: &Root,
        directive: &Directive,
        package: usize,
        key: usize,
    ) -> Result<(), InstallError> {
        let time = self.setting.time;
        match &directive.step {
            Step::Base { .. } | Step::Symlink { .. } | Step::Service { .. } => Ok(()),
            Step::Rpm { .. } => self.packages.install(root, package, self.observer),
            Step::GpgImport { .. } => self.packages.import_key(root, key),
            Step::GroupAdd { .. } | Step::UserAdd { .. } | Step::Gecos { .. } => {
                self.account(root, directive)
            }
            Step::Mknod { kind, major, minor, path } => {
                device_node::make_node(root, *kind, *major, *minor, path, time)
            }
            Step::Copy { source, dest, attributes } => host_copy::copy(root, source, dest, attributes, time),
            Step::Write { dest, attributes, content } => {
                file_step::write(root, dest, attributes, content, time)
            }
            Step::Dir { path, attributes } => file_step::directory(root, path, attributes, time),
            Step::Link { target, path } => file_step::link(root, target, path, time),
            Step::Exec { argv } => self.packages.run(root, argv, self.observer),
            Step::Log { message } => {
                self.observer.event(Event::Line { from: "", text: message });
                Ok(())
            }
            Step::Die { message } => Err(InstallError::Die { message: message.clone() }),
        }
    }

    /// Users and groups, natively or with the SOCK's own programs (SHADOW_UTILS=yes).
    fn account(&mut self, root: &Root, directive: &Directive) -> Result<(), InstallError> {
        let time = self.setting.time;
        if self.plan.variable("SHADOW_UTILS") == Some("yes") {
            let words: Vec<String> = match &directive.step {
                Step::GroupAdd { gid, name } => {
                    vec!["groupadd".into(), "-g".into(), gid.0.to_string(), name.to_string()]
                }
                Step::UserAdd { uid, gid, home, shell, name } => {
                    let (uid, gid) = (uid.0.to_string(), gid.0.to_string());
                    let words = [
                        "useradd",
                        "-u",
                        &uid,
                        "-g",
                        &gid,
                        "-d",
                        home.as_str(),
                        "-s",
                        shell,
                        "-m",
                        "-N",
                        "-r",
                        name.as_str(),
                    ];
                    words.map(str::to_owned).to_vec()
                }
                Step::Gecos { user, comment } => {
                    vec!["usermod".into(), "-c".into(), comment.clone(), user.to_string()]
                }
                _ => return Ok(()),
            };
            return self.packages.run(root, &words, self.observer);
        }
        match &directive.step {
            Step::GroupAdd { gid, name } => accounts::group_add(root, *gid, name, time)?,
            Step::UserAdd { uid, gid, home, shell, name } => {
                accounts::user_add(root, &NewUser { uid: *uid, gid: *gid, home, shell, name }, time)?;
            }
            Step::Gecos { user, comment } => accounts::set_comment(root, user, comment, time)?,
            _ => {}
        }
        Ok(())
    }
}

/// Gives everything that this run touched last (directories, what scriptlets wrote) the time `time`. What
/// packages brought is not younger than `newest` and keeps its own.
fn settle_times(root: &Root, newest: i64, time: i64) -> Result<(), InstallError> {
    let settled = Attributes { mtime: Some((time, 0)), ..Attributes::default() };
    for entry in root.walk() {
        let entry = entry?;
        if entry.metadata.mtime > newest {
            entry.node.set_attributes(&settled)?;
        }
    }
    root.set_attributes("/", &settled)?;
    Ok(())
}

/// A plan that ends in `die` is refused before anything is fetched, after what its nails say before that.
fn refuse_to_die_later(plan: &Plan, observer: &dyn Observer) -> Result<(), InstallError> {
    let Some(end) = plan.directives.iter().position(|d| matches!(d.step, Step::Die { .. })) else {
        return Ok(());
    };
    for directive in &plan.directives[..=end] {
        match &directive.step {
            Step::Log { message } => observer.event(Event::Line { from: "", text: message }),
            Step::Die { message } => return Err(InstallError::Die { message: message.clone() }.at(directive)),
            _ => {}
        }
    }
    Ok(())
}

/// Every package and key of the plan, in its order, packages and keys mixed.
fn fetch(plan: &Plan, fetcher: &Fetcher, observer: &dyn Observer) -> Result<Vec<Fetched>, InstallError> {
    let (wanting, wants): (Vec<&Directive>, Vec<Want>) = plan
        .directives
        .iter()
        .filter_map(|d| match &d.step {
            Step::Rpm { location, .. } | Step::GpgImport { location } => {
                Some((d, Want { location: location.clone(), sha256: None }))
            }
            _ => None,
        })
        .unzip();
    if wants.is_empty() {
        return Ok(Vec::new());
    }
    fetcher.fetch_all(&wants, observer).map_err(|failure| {
        let error = InstallError::from(failure.error);
        match wanting.get(failure.want) {
            Some(directive) => error.at(directive),
            None => error,
        }
    })
}

struct Inputs<'a> {
    packages: Vec<PackageInput<'a>>,
    keys: Vec<KeyInput<'a>>,
    key_locations: Vec<String>,
}

impl<'a> Inputs<'a> {
    fn of(plan: &'a Plan, fetched: &'a [Fetched]) -> Self {
        let mut inputs = Inputs { packages: Vec::new(), keys: Vec::new(), key_locations: Vec::new() };
        let mut fetched = fetched.iter();
        for directive in &plan.directives {
            let origin = &directive.origin;
            match &directive.step {
                Step::Rpm { location, options } => {
                    let Some(fetched) = fetched.next() else { break };
                    let (location, keys_before) = (location.redacted(), inputs.keys.len());
                    inputs.packages.push(PackageInput {
                        fetched,
                        location,
                        options: *options,
                        origin,
                        keys_before,
                    });
                }
                Step::GpgImport { location } => {
                    let Some(fetched) = fetched.next() else { break };
                    inputs.keys.push(KeyInput { fetched, origin });
                    inputs.key_locations.push(location.redacted());
                }
                _ => {}
            }
        }
        inputs
    }
}

fn inspect_copies(plan: &Plan) -> Result<Vec<CopySource>, InstallError> {
    plan.directives
        .iter()
        .filter_map(|d| match &d.step {
            Step::Copy { source, .. } => Some(host_copy::inspect(source).map_err(|e| e.at(d))),
            _ => None,
        })
        .collect()
}

fn decide_links(plan: &Plan, sock: &SockDir) -> Result<Vec<HostLink>, InstallError> {
    plan.directives
        .iter()
        .filter_map(|d| match &d.step {
            Step::Symlink { link, target } => {
                Some(host_link::decide(link, target, sock.path()).map_err(|e| e.at(d)))
            }
            _ => None,
        })
        .collect()
}

fn record_of(
    plan: &Plan,
    inputs: &Inputs<'_>,
    examined: &Examined,
    copies: &[CopySource],
    options: &SewOptions,
) -> Result<Record, InstallError> {
    let packages = inputs
        .packages
        .iter()
        .enumerate()
        .map(|(i, package)| FetchedInput {
            location: package.location.clone(),
            sha256: hex::encode(package.fetched.sha256.0),
            nevra: examined.names.get(i).map(ToString::to_string),
        })
        .collect();
    let keys = inputs
        .keys
        .iter()
        .zip(&inputs.key_locations)
        .map(|(key, location)| FetchedInput {
            location: location.clone(),
            sha256: hex::encode(key.fetched.sha256.0),
            nevra: None,
        })
        .collect();
    let sources = plan.directives.iter().filter_map(|d| match &d.step {
        Step::Copy { source, .. } => Some(source.clone()),
        _ => None,
    });
    let copies = sources
        .zip(copies)
        .map(|(source, copy)| CopiedInput { source, sha256: copy.sha256.clone() })
        .collect();
    Ok(Record {
        version: Record::VERSION,
        toe: env!("CARGO_PKG_VERSION").to_owned(),
        plan: stored_plan(plan)?,
        packages,
        keys,
        copies,
        scripts: !options.no_scripts,
        ledger: Vec::new(),
    })
}

fn report_leftovers(leftovers: &[Leftover], observer: &dyn Observer) {
    for left in leftovers {
        let text = if left.restored {
            format!("put back the SOCK that a killed run had moved to {}", left.name)
        } else {
            format!("removed {}, left by a killed run", left.name)
        };
        observer.event(Event::Line { from: "toe", text: &text });
    }
}

/// Directories above SOCK_DIR that a run made; removed again when it fails.
struct MadeDirectories {
    made: Vec<PathBuf>,
}

impl MadeDirectories {
    fn make(path: &Path) -> Result<Self, InstallError> {
        let mut made = MadeDirectories { made: Vec::new() };
        let missing: Vec<&Path> = path.ancestors().take_while(|dir| !dir.exists()).collect();
        for dir in missing.into_iter().rev() {
            let failed = |e| InstallError::host("make the directory", &sock_dir::shown(dir), e);
            match fs::create_dir(dir) {
                Ok(()) => made.made.push(dir.to_owned()),
                Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(failed(e)),
            }
            if let Some(above) = dir.parent() {
                let handle = sock_dir::open_directory(above)?;
                fsync(&handle).map_err(|e| failed(e.into()))?;
            }
        }
        Ok(made)
    }

    fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for MadeDirectories {
    fn drop(&mut self) {
        for dir in self.made.iter().rev() {
            // One that is not empty belongs to somebody by now.
            let _ = fs::remove_dir(dir);
        }
    }
}
