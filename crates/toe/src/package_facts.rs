//! What the packages of a foot say of themselves, for `toe lint --online`.

use std::collections::{HashMap, HashSet};
use std::io::BufReader;

use toe_lint::{PackageFacts, PackagedFile, Packages};
use toe_plan::{Location, Nevra, RpmOptions, Step};
use toe_repo::{FetchOptions, Fetcher, Want};
use toe_rpm::satisfy::Provided;
use toe_rpm::tags::file_flags;
use toe_rpm::{FileEntry, FileKind, FileTable, Package, PackageLabel, Relation, same_file};
use toe_source::{Diagnostic, Observer, Origin};

use crate::args::{EvalArgs, LintArgs};
use crate::assembling::{allow_many_files, cache_dir, processors};
use crate::failure::Failure;
use crate::foot::Foot;
use crate::progress::Progress;
use crate::terminal::Terminal;

/// A package of the plan, read.
struct Member<'a> {
    location: &'a Location,
    options: RpmOptions,
    package: Package,
    files: FileTable,
}

/// Those of the foot at `path`; `None` for a nail that is none, or one that a run would refuse.
pub fn of_foot(path: &str, args: &LintArgs, terminal: &Terminal) -> Result<Option<Packages>, Failure> {
    // Lint runs no programs.
    let eval = EvalArgs { allow_exec: false, ..args.eval.clone() };
    let Ok(foot) = Foot::evaluate(path, &eval, true, terminal) else { return Ok(None) };
    if !foot.plan.directives.iter().any(|d| matches!(d.step, Step::Base { .. })) {
        return Ok(None);
    }
    allow_many_files();
    let mut options = FetchOptions::new(cache_dir(args.cache.as_deref())?);
    options.jobs = processors();
    let progress = Progress::new(terminal, &foot.sources);
    read(&foot, &Fetcher::new(options), &progress).map(Some)
}

/// Fetches the packages of `foot` and reads their headers.
fn read(foot: &Foot, fetcher: &Fetcher, observer: &dyn Observer) -> Result<Packages, Failure> {
    let mut members = Vec::new();
    let mut wants = Vec::new();
    let mut known = HashSet::new();
    let mut places: Vec<(&Location, RpmOptions, &Origin)> = Vec::new();
    for directive in &foot.plan.directives {
        let Step::Rpm { location, options } = &directive.step else { continue };
        // What is there twice is another rule's business.
        if known.insert(location) {
            wants.push(Want { location: location.clone(), sha256: None });
            places.push((location, *options, &directive.origin));
        }
    }
    let at = |i: usize, error: &(dyn miette::Diagnostic + 'static)| {
        let mut diagnostic = Diagnostic::from_error(error);
        if let Some((_, _, origin)) = places.get(i) {
            diagnostic = diagnostic
                .with_label(origin.span, "")
                .with_include_chain(origin.included_from.iter().copied());
        }
        Failure::new(diagnostic, foot.sources.clone())
    };
    if wants.is_empty() {
        return Ok(Packages::default());
    }
    let fetched = fetcher.fetch_all(&wants, observer).map_err(|failure| at(failure.want, &failure.error))?;
    for (i, ((location, options, _), fetched)) in places.iter().zip(fetched).enumerate() {
        let read = || {
            let package = Package::read(&mut BufReader::new(&fetched.file), &location.redacted())?;
            let files = package.files()?;
            Ok((package, files))
        };
        let (package, files) = read().map_err(|error: toe_rpm::Error| at(i, &error))?;
        members.push(Member { location, options: *options, package, files });
    }
    let mut provided = Provided::default();
    for (i, member) in members.iter().enumerate() {
        let provides = member.package.dependencies(Relation::Provides).map_err(|error| at(i, &error))?;
        provided.add(provides, &member.files);
    }
    let mut facts = HashMap::new();
    let mut owners: HashMap<&[u8], (&Member, &FileEntry)> = HashMap::new();
    for (i, member) in members.iter().enumerate() {
        let needs = member.package.dependencies(Relation::Requires).map_err(|error| at(i, &error))?;
        let missing = needs.iter().filter(|need| !provided.satisfies(need)).map(ToString::to_string);
        let mut missing: Vec<String> = missing.collect();
        missing.sort();
        missing.dedup();
        let mut conflicts = Vec::new();
        for file in member.files.files.iter().filter(|file| !file.is_ghost()) {
            match owners.get(&*file.path) {
                Some((other, theirs)) => {
                    if collide((member, file), (other, theirs)) {
                        conflicts.push((text(&file.path), other.location.clone()));
                    }
                }
                None => drop(owners.insert(&file.path, (member, file))),
            }
        }
        let files = member.files.files.iter().map(packaged).collect();
        let nevra = nevra(member.package.label());
        facts.insert(member.location.clone(), PackageFacts { nevra, files, missing, conflicts });
    }
    Ok(Packages::new(facts))
}

/// True when the later of two packages cannot have the file. Programs of two word sizes may share a path: one
/// of them wins.
fn collide(ours: (&Member, &FileEntry), theirs: (&Member, &FileEntry)) -> bool {
    let is_left_out = |(member, file): (&Member, &FileEntry)| {
        member.options.exclude_docs && file.flags & file_flags::DOC != 0
    };
    let (a, b) = (ours.1.color, theirs.1.color);
    let is_of_another_color = a != 0 && b != 0 && a != b;
    let is_allowed =
        ours.0.options.replace_files || is_left_out(ours) || is_left_out(theirs) || is_of_another_color;
    !is_allowed && !same_file((&ours.0.files, ours.1), (&theirs.0.files, theirs.1))
}

fn packaged(file: &FileEntry) -> PackagedFile {
    let link_target = (file.kind == FileKind::Symlink).then(|| text(&file.link_target));
    PackagedFile { path: text(&file.path), link_target }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
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
