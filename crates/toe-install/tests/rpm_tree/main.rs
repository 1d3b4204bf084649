//! Trees made by this crate against trees made by `rpm --root`, one call a package.
#![allow(clippy::unwrap_used)] // a test's unwrap is its failure

mod build;
mod compare;
mod tree;

use build::Built;

/// Differences that must be, by path, with the reason.
const EXPECTED: [(&str, &str); 3] = [
    ("/var/lib/rpm", "the database is compared by asking rpm"),
    (
        "/dev/null",
        "rpm's scriptlets write to the tree's /dev and so make a file; ours see a /dev of their own",
    ),
    ("/var/cache/ldconfig/aux-cache", "holds inode numbers and times"),
];

fn same(set: &str) {
    let Some(built) = Built::of(set) else { return };
    let ours = tree::read(built.ours.path());
    let theirs = tree::read(built.rpms.path());
    let mut wrong = Vec::new();
    for path in ours.keys().chain(theirs.keys()).collect::<std::collections::BTreeSet<_>>() {
        if EXPECTED.iter().any(|(known, _)| path == known || path.starts_with(&format!("{known}/"))) {
            continue;
        }
        let (a, b) = (ours.get(path), theirs.get(path));
        if let Some(difference) = tree::difference(a, b, built.began) {
            wrong.push(format!("{path}: {difference}"));
        }
    }
    assert!(wrong.is_empty(), "{} differences from rpm:\n{}", wrong.len(), wrong.join("\n"));
    compare::databases(&built);
    compare::erasing(&built);
}

#[test]
fn base_is_what_rpm_makes() {
    same("base");
}

#[test]
fn python_is_what_rpm_makes() {
    same("python");
}

#[test]
fn odd_is_what_rpm_makes() {
    same("odd");
}
