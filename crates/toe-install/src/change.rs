//! What a changed foot means for a SOCK that is there: which lines are done already, and what adding
//! cannot follow.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use toe_plan::{Nevra, Plan, Step};

use crate::record::{Record, stored_directive};
use crate::{InstallError, SockDir};

/// The lines of a plan that are still to be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// Indices of directives.
    pub directives: BTreeSet<usize>,
    /// Indices of packages (among the plan's `Rpm` lines) to install.
    pub packages: Vec<usize>,
}

/// Everything: for a new SOCK.
pub fn all(plan: &Plan) -> Work {
    let packages = plan.directives.iter().filter(|d| matches!(d.step, Step::Rpm { .. })).count();
    Work { directives: (0..plan.directives.len()).collect(), packages: (0..packages).collect() }
}

/// What is missing in a SOCK with this record (if it has one) and these packages.
pub fn missing(
    sock: &SockDir,
    plan: &Plan,
    new: &Record,
    old: Option<&Record>,
    installed: &[Nevra],
) -> Result<Work, InstallError> {
    let needs_fresh =
        |why: String| Err(InstallError::NeedsFresh { path: sock.path().display().to_string(), why });
    let names: Vec<&str> = new.packages.iter().filter_map(|p| p.nevra.as_deref()).collect();
    if let Some(old) = old {
        if old.scripts != new.scripts {
            return needs_fresh("scriptlets ran in one run and not in the other".to_owned());
        }
        if let Some(gone) =
            old.packages.iter().filter_map(|p| p.nevra.as_deref()).find(|n| !names.contains(n))
        {
            return needs_fresh(format!("the foot no longer names {gone}"));
        }
    }
    let mut work = Work::default();
    let mut done = old.map(|old| done_before(old, new)).transpose()?.unwrap_or_default();
    let mut package = 0;
    for (i, directive) in plan.directives.iter().enumerate() {
        if matches!(directive.step, Step::Rpm { .. }) {
            let index = package;
            package += 1;
            let Some(nevra) = new.packages.get(index).and_then(|p| p.nevra.as_deref()) else { continue };
            if installed.iter().any(|have| have.to_string() == nevra) {
                let old_digest =
                    old.and_then(|o| o.packages.iter().find(|p| p.nevra.as_deref() == Some(nevra)));
                if let (Some(old), Some(new)) = (old_digest, new.packages.get(index))
                    && old.sha256 != new.sha256
                {
                    return needs_fresh(format!(
                        "{nevra} is there from another file of the same name and version"
                    ));
                }
                continue;
            }
            if let Some(name) = name_of(nevra, installed) {
                return needs_fresh(format!("{name} is there, the foot names {nevra}"));
            }
            work.packages.push(index);
            work.directives.insert(i);
            continue;
        }
        let key = key_of(&stored_directive(directive), copy_digest(plan, new, i));
        match done.get_mut(&key) {
            Some(times) if *times > 0 => *times -= 1,
            _ => {
                work.directives.insert(i);
            }
        }
    }
    if let Some(old) = old {
        refuse_taken_back(sock, old, plan)?;
    }
    Ok(work)
}

/// The package of the same name and architecture that is there at another version.
fn name_of<'n>(nevra: &str, installed: &'n [Nevra]) -> Option<&'n Nevra> {
    installed.iter().find(|have| {
        nevra.strip_prefix(have.name.as_str()).and_then(|rest| rest.strip_prefix('-')).is_some_and(|evra| {
            let arch = have.arch.as_deref().unwrap_or_default();
            // NAME-[EPOCH:]VERSION-RELEASE.ARCH has exactly one dash after the name's.
            evra.matches('-').count() == 1 && evra.ends_with(&format!(".{arch}"))
        })
    })
}

fn key_of(directive: &Value, copied: Option<&str>) -> String {
    format!("{directive}{}", copied.unwrap_or_default())
}

/// The digest of what the directive copies.
fn copy_digest<'r>(plan: &Plan, record: &'r Record, directive: usize) -> Option<&'r str> {
    let is_copy = |step: &Step| matches!(step, Step::Copy { .. });
    let this = plan.directives.get(directive)?;
    if !is_copy(&this.step) {
        return None;
    }
    let before = plan.directives.iter().take(directive).filter(|d| is_copy(&d.step)).count();
    record.copies.get(before).map(|c| c.sha256.as_str())
}

/// The directives of an earlier plan, counted.
fn done_before(old: &Record, _new: &Record) -> Result<BTreeMap<String, usize>, InstallError> {
    let mut copies = old.copies.iter();
    let mut done = BTreeMap::new();
    for directive in old_directives(old)? {
        let copied = (directive.get("name").and_then(Value::as_str) == Some("Copy"))
            .then(|| copies.next().map(|c| c.sha256.as_str()))
            .flatten();
        *done.entry(key_of(&reduced(directive), copied)).or_insert(0) += 1;
    }
    Ok(done)
}

fn old_directives(old: &Record) -> Result<&Vec<Value>, InstallError> {
    old.plan.get("directives").and_then(Value::as_array).ok_or_else(|| InstallError::BadRecord {
        path: crate::record::RECORD_PATH,
        why: "its plan has no directives".to_owned(),
    })
}

/// The parts of a stored directive that say what it does, without its place.
fn reduced(directive: &Value) -> Value {
    let part = |name| directive.get(name).cloned().unwrap_or(Value::Null);
    serde_json::json!({ "name": part("name"), "args": part("args"), "content": part("content") })
}

/// Lines that changed the SOCK and that the foot has no more, and no other line about the same thing.
fn refuse_taken_back(sock: &SockDir, old: &Record, plan: &Plan) -> Result<(), InstallError> {
    let now: BTreeSet<String> =
        plan.directives.iter().filter_map(|d| subject(&stored_directive(d))).collect();
    for directive in old_directives(old)? {
        if let Some(subject) = subject(&reduced(directive))
            && !now.contains(&subject)
        {
            let why = format!("the foot no longer has the line `{subject}`");
            return Err(InstallError::NeedsFresh { path: sock.path().display().to_string(), why });
        }
    }
    Ok(())
}

/// What a directive is about: two with the same subject supersede each other.
fn subject(directive: &Value) -> Option<String> {
    let name = directive.get("name")?.as_str()?;
    let args: Vec<&str> = directive.get("args")?.as_array()?.iter().filter_map(Value::as_str).collect();
    let words = match name {
        "Copy" | "Link" => args.get(1).copied().into_iter().collect(),
        "Write" | "Dir" | "Gecos" => args.first().copied().into_iter().collect(),
        "Mknod" => args.last().copied().into_iter().collect(),
        "GroupAdd" | "UserAdd" | "Exec" | "GpgImport" => args,
        _ => return None,
    };
    Some(format!("{name} {}", words.join(" ")))
}
