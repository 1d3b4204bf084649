//! What is refused before anything is written.

use toe_install::PackageError;
use toe_plan::RpmOptions;
use toe_rpm::build::{Entry, PackageSpec, Slot};

use crate::fixture::{Tree, can_run, spec};

fn message(result: Result<Vec<toe_install::apply::InstalledReport>, Vec<PackageError>>) -> String {
    result.unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[test]
fn the_same_and_older_packages() {
    if !can_run() {
        return;
    }
    let tree = Tree::new();
    tree.put(tree.package(PackageSpec::new("a", "2", "1", "noarch"), [Entry::file("/a", "x")])).unwrap();
    let same = tree.package(PackageSpec::new("a", "2", "1", "noarch"), [Entry::file("/a", "x")]);
    assert_eq!(message(tree.put(same)), "package a-2-1.noarch is already installed");
    let older = tree.package(PackageSpec::new("a", "1.9", "5", "noarch"), [Entry::file("/b", "x")]);
    assert_eq!(
        message(tree.put(older)),
        "package a-1.9-5.noarch cannot be installed: a-2-1.noarch, which is newer, is already installed"
    );
    let foreign = tree.package(PackageSpec::new("f", "1", "1", "aarch64"), [Entry::file("/f", "x")]);
    assert_eq!(
        message(tree.put(foreign)),
        "package f-1-1.aarch64 is for the architecture aarch64, this machine is x86_64"
    );
    assert_eq!(tree.names("/"), ["a", "var"]);
}

#[test]
fn conflicting_files_are_found_through_links_of_earlier_packages() {
    if !can_run() {
        return;
    }
    let tree = Tree::new();
    let filesystem =
        tree.package(spec("filesystem"), [Entry::dir("/usr/bin"), Entry::symlink("/bin", "usr/bin")]);
    let first = tree.package(spec("first"), [Entry::file("/bin/tool", "one")]);
    let second = tree.package(spec("second"), [Entry::file("/usr/bin/tool", "two")]);
    let same = tree.package(spec("same"), [Entry::file("/usr/bin/tool", "one")]);
    let all = |last| [&filesystem, &first, last].map(|p| (p.clone(), RpmOptions::default()));
    assert_eq!(
        message(tree.install(&all(&second))),
        "file /usr/bin/tool from install of second-1-1.noarch conflicts with file from package first-1-1.noarch"
    );
    assert_eq!(tree.names("/"), ["var"], "nothing was written");
    tree.install(&all(&same)).unwrap();
    let replacing = RpmOptions { replace_files: true, ..RpmOptions::default() };
    tree.install(&[(second, replacing)]).unwrap();
    assert_eq!(tree.read("/usr/bin/tool"), "two");
}

#[test]
fn a_link_where_files_made_a_directory() {
    if !can_run() {
        return;
    }
    let tree = Tree::new();
    let early = tree.package(spec("early"), [Entry::file("/bin/tool", "x")]);
    let filesystem =
        tree.package(spec("filesystem"), [Entry::dir("/usr/bin"), Entry::symlink("/bin", "usr/bin")]);
    let both = [early, filesystem].map(|p| (p, RpmOptions::default()));
    assert_eq!(
        message(tree.install(&both)),
        "/bin of filesystem-1-1.noarch is a symbolic link, but a directory is there (made for the files of early-1-1.noarch)"
    );
}

#[test]
fn scriptlets_that_cannot_run_are_named() {
    if !can_run() {
        return;
    }
    let tree = Tree::new();
    let package = |spec: PackageSpec| tree.package(spec, [Entry::file("/s", "x")]);
    let odd = package(spec("s").scriptlet(Slot::Post, "x", "<perl>"));
    assert_eq!(
        message(tree.put(odd.clone())),
        "%post of s-1-1.noarch cannot run: rpm has no interpreter called <perl>"
    );
    let options = RpmOptions { no_scripts: true, ..RpmOptions::default() };
    tree.install(&[(odd, options)]).unwrap();
    assert_eq!(tree.read("/s"), "x");
}
