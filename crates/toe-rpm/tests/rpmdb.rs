//! The database, compared with the one that rpm writes for the same packages.
#![allow(clippy::unwrap_used)]

mod oracle;

use std::fs::File;
use std::os::fd::AsFd;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value;
use toe_rpm::keyring::Keyring;
use toe_rpm::{Database, FileState, InstallFacts, Package};

const DATABASE: &str = "var/lib/rpm/rpmdb.sqlite";

fn rpm(root: &Path, arguments: &[&str]) -> String {
    let root = root.to_str().unwrap();
    let all = [&["--root", root, "--dbpath", "/var/lib/rpm"], arguments].concat();
    String::from_utf8_lossy(&oracle::rpm(&all)).into_owned()
}

fn rows(connection: &Connection, table: &str) -> Vec<Vec<Value>> {
    let mut statement = connection.prepare(&format!("SELECT * FROM '{table}'")).unwrap();
    let columns = statement.column_count();
    let mut rows: Vec<Vec<Value>> = statement
        .query_map([], |r| {
            (0..columns)
                .map(|i| {
                    Ok(match r.get_ref(i)? {
                        // Text that is not UTF-8 is compared as bytes, told apart by a zero before it.
                        rusqlite::types::ValueRef::Text(t) => Value::Blob([b"\0", t].concat()),
                        other => other.try_into().unwrap(),
                    })
                })
                .collect()
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    rows.sort_by_key(|r| format!("{r:?}"));
    rows
}

fn compare(ours: &Path, theirs: &Path) {
    let (ours, theirs) = (Connection::open(ours).unwrap(), Connection::open(theirs).unwrap());
    let schema = |c: &Connection| -> Vec<String> {
        let mut s =
            c.prepare("SELECT coalesce(sql, name) FROM sqlite_master WHERE name != 'sqlite_stat1'").unwrap();
        // rpm makes the indexes at once or after the first packages, so their order says nothing.
        let mut all: Vec<String> = s.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
        all.sort();
        all
    };
    assert_eq!(schema(&ours), schema(&theirs));
    let mut s = theirs
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'sqlite_stat1'")
        .unwrap();
    let tables: Vec<String> = s.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(tables.len(), 20);
    for table in tables {
        let (ours, theirs) = (rows(&ours, &table), rows(&theirs, &table));
        let differing = ours.iter().zip(&theirs).find(|(a, b)| a != b);
        assert!(ours == theirs, "{table}: {} and {} rows, {differing:?}", ours.len(), theirs.len());
    }
}

fn directory(root: &Path) -> File {
    std::fs::create_dir_all(root.join("var/lib/rpm")).unwrap();
    File::open(root.join("var/lib/rpm")).unwrap()
}

/// What rpm wrote into a record; the clock may have gone on between two packages.
fn facts(header: &toe_rpm::Header) -> InstallFacts {
    let number = |tag| header.u32(tag).unwrap();
    InstallFacts {
        transaction_id: number(toe_rpm::tags::INSTALLTID).unwrap(),
        time: number(toe_rpm::tags::INSTALLTIME).unwrap(),
        color: number(toe_rpm::tags::INSTALLCOLOR).unwrap_or(0),
    }
}

#[test]
fn every_row_is_as_rpm_writes_it() {
    let Some(repository) = oracle::packages_with("rpm") else { return };
    let packages = oracle::all(&repository);
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let paths: Vec<_> = packages.iter().map(|p| p.to_str().unwrap()).collect();
    let install = [
        "-i",
        "--justdb",
        "--nodeps",
        "--noscripts",
        "--notriggers",
        "--force",
        "--noorder",
        "--nosignature",
        "--ignoreos",
    ];
    rpm(theirs.path(), &[&install[..], &paths].concat());
    // rpm marks files that a later package replaced; those states are taken over.
    let records: Vec<(InstallFacts, Vec<u8>)> = {
        let database = Database::open_read_only(directory(theirs.path()).as_fd()).unwrap();
        let all = database.packages().unwrap();
        assert_eq!(all.len(), packages.len());
        let states =
            |h: &toe_rpm::Header| h.chars(toe_rpm::tags::FILESTATES).unwrap().unwrap_or_default().to_vec();
        all.iter().map(|i| (facts(&i.header), states(&i.header))).collect()
    };
    let mut database = Database::open_or_create(directory(ours.path()).as_fd()).unwrap();
    for (path, (facts, states)) in packages.iter().zip(&records) {
        let package = Package::open(path).unwrap();
        let normal = vec![FileState::Normal; states.len()];
        let hnum = database.add(&package, &normal, facts).unwrap();
        let state = |s: &u8| match s {
            0 => FileState::Normal,
            1 => FileState::Replaced,
            2 => FileState::NotInstalled,
            other => panic!("{other}"),
        };
        let states: Vec<_> = states.iter().map(state).collect();
        if states != normal {
            database.set_file_states(hnum, &states).unwrap();
        }
    }
    database.finish().unwrap();
    let names: Vec<_> = std::fs::read_dir(ours.path().join("var/lib/rpm")).unwrap().collect();
    assert_eq!(names.len(), 1, "nothing but the database is left");
    compare(&ours.path().join(DATABASE), &theirs.path().join(DATABASE));
    for query in [
        &["-qa"][..],
        &["-qai"],
        &["-qal", "--state"],
        &["-q", "--whatprovides", "libc.so.6()(64bit)"],
        &["-q", "--whatrequires", "bash"],
        &["-q", "--whatprovides", "/usr/bin/bash"],
        &["-qa", "--last"],
        &["-qa", "--qf", "%{NAME} %{INSTALLTID} %{INSTALLCOLOR} %{SHA1HEADER} %{SIGMD5}\\n"],
    ] {
        let said = rpm(ours.path(), query);
        assert!(!said.is_empty(), "{query:?}");
        assert_eq!(said, rpm(theirs.path(), query), "{query:?}");
    }
    let rebuilt = tempfile::tempdir().unwrap();
    directory(rebuilt.path());
    std::fs::copy(ours.path().join(DATABASE), rebuilt.path().join(DATABASE)).unwrap();
    rpm(rebuilt.path(), &["--rebuilddb"]);
    compare(&ours.path().join(DATABASE), &rebuilt.path().join(DATABASE));
    let database = Database::open_read_only(directory(ours.path()).as_fd()).unwrap();
    let bash = database.by_name("bash").unwrap();
    let owners = database.owners(b"/usr/bin/bash").unwrap();
    assert_eq!(owners.iter().map(|o| o.0).collect::<Vec<_>>(), [bash[0].hnum]);
    assert!(database.providers("bash").unwrap().iter().any(|p| p.0 == bash[0].hnum));
    assert!(database.owners(b"/bin/bash").unwrap().is_empty());
}

#[test]
fn keys_are_recorded_as_rpm_imports_them() {
    let Some(repository) = oracle::packages_with("rpm") else { return };
    let file = repository.join("RPM-GPG-KEY-test");
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    rpm(theirs.path(), &["--import", file.to_str().unwrap()]);
    let facts = {
        let database = Database::open_read_only(directory(theirs.path()).as_fd()).unwrap();
        facts(&database.keys().unwrap()[0].header)
    };
    let mut database = Database::open_or_create(directory(ours.path()).as_fd()).unwrap();
    for key in Keyring::read(&std::fs::read(&file).unwrap(), "key").unwrap() {
        database.add_key(&key, &facts).unwrap();
    }
    let mut keyring = Keyring::new();
    keyring.add_record(&database.keys().unwrap()[0].header).unwrap();
    let id = keyring.keys()[0].id();
    assert_eq!(id, Keyring::read(&std::fs::read(&file).unwrap(), "key").unwrap()[0].id());
    database.finish().unwrap();
    assert_eq!(rpm(ours.path(), &["-qi", "gpg-pubkey"]), rpm(theirs.path(), &["-qi", "gpg-pubkey"]));
    compare(&ours.path().join(DATABASE), &theirs.path().join(DATABASE));
    let bash = oracle::all(&repository).into_iter().find(|p| p.to_str().unwrap().contains("/bash-")).unwrap();
    let checked = rpm(ours.path(), &["-Kv", bash.to_str().unwrap()]);
    let short = id.get(8..).unwrap();
    assert!(checked.contains(&format!("Signature, key ID {short}: OK")), "{checked}");
}

#[test]
fn links_in_place_of_the_database_are_refused() {
    let root = tempfile::tempdir().unwrap();
    let directory = directory(root.path());
    std::os::unix::fs::symlink("/etc/passwd", root.path().join(DATABASE)).unwrap();
    assert!(matches!(
        Database::open_or_create(directory.as_fd()),
        Err(toe_rpm::Error::LinkedDatabase { .. })
    ));
}
