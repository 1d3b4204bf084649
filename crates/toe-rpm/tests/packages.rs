//! Headers, file lists and payloads of real packages, compared with what rpm says of them.

#![allow(clippy::unwrap_used)]

mod oracle;

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::ffi::OsStrExt;

use toe_rpm::{FileTable, Package, PayloadReader, Relation};

const FILES: &str = "[%{FILENAMES}\\t%{FILEMODES}\\t%{FILEUSERNAME}\\t%{FILEGROUPNAME}\\t%{FILESIZES}\\t%{FILEMTIMES}\\t\
     %{FILEDIGESTS}\\t%{FILEFLAGS}\\t%{FILELINKTOS}\\t%{FILECOLORS}\\t%{FILELANGS}\\t%{FILECAPS}\\t%{FILEVERIFYFLAGS}\\t%{FILERDEVS}\\n]";

fn described(table: &FileTable) -> Vec<u8> {
    let mut out = Vec::new();
    for f in &table.files {
        out.extend_from_slice(&f.path);
        let digest = f.digest.as_ref().map(hex::encode).unwrap_or_default();
        let mode = f.full_mode() as u16;
        write!(out, "\t{mode}\t{}\t{}\t{}\t{}\t{digest}\t{}\t", f.user, f.group, f.size, f.mtime, f.flags)
            .unwrap();
        out.extend_from_slice(&f.link_target);
        let rdev = f.major << 8 | f.minor;
        let caps = if f.caps.is_empty() { "" } else { &f.caps };
        writeln!(out, "\t{}\t{}\t{caps}\t{}\t{rdev}", f.color, f.lang, f.verify_flags).unwrap();
    }
    out
}

#[test]
fn headers_say_what_rpm_says() {
    let Some(repository) = oracle::packages_with("rpm") else { return };
    for path in oracle::all(&repository) {
        let package = Package::open(&path).unwrap();
        let p = path.to_str().unwrap();
        let label = String::from_utf8(oracle::rpm(&["-qp", "--nosignature", "--qf", "%{NEVRA}", p])).unwrap();
        assert_eq!(package.label().to_string(), label, "{p}");
        let table = package.files().unwrap();
        let files = oracle::rpm(&["-qp", "--nosignature", "--qf", FILES, p]);
        let files = String::from_utf8_lossy(&files).replace("(none)", "");
        assert_eq!(String::from_utf8_lossy(&described(&table)), files, "{p}");
        for (relation, option) in [
            (Relation::Provides, "PROVIDE"),
            (Relation::Requires, "REQUIRE"),
            (Relation::Conflicts, "CONFLICT"),
            (Relation::Obsoletes, "OBSOLETE"),
            (Relation::Recommends, "RECOMMEND"),
        ] {
            let format = format!("[%{{{option}NAME}} %{{{option}FLAGS}} %{{{option}VERSION}}\\n]");
            let theirs =
                String::from_utf8(oracle::rpm(&["-qp", "--nosignature", "--qf", &format, p])).unwrap();
            let ours: Vec<String> = package
                .dependencies(relation)
                .unwrap()
                .iter()
                .map(|d| format!("{} {} {}\n", d.name, d.flags, d.evr))
                .collect();
            let theirs = if theirs.starts_with("(none)") { String::new() } else { theirs };
            assert_eq!(ours.concat(), theirs, "{p} {option}");
        }
    }
}

#[test]
fn scriptlets_say_what_rpm_says() {
    let Some(repository) = oracle::packages_with("rpm") else { return };
    let mut triggers = 0;
    for path in oracle::all(&repository) {
        let scripts = Package::open(&path).unwrap().scriptlets().unwrap();
        let p = path.to_str().unwrap();
        for (format, ours) in [
            ("%{PREIN}", scripts.get(toe_rpm::Slot::Pre)),
            ("%{POSTIN}", scripts.get(toe_rpm::Slot::Post)),
            ("%{PREUN}", scripts.get(toe_rpm::Slot::Preun)),
            ("%{PRETRANS}", scripts.get(toe_rpm::Slot::Pretrans)),
            ("%{POSTTRANS}", scripts.get(toe_rpm::Slot::Posttrans)),
        ] {
            let theirs = oracle::rpm(&["-qp", "--nosignature", "--qf", format, p]);
            let ours = ours.and_then(|s| s.body.clone()).unwrap_or(b"(none)".to_vec());
            assert_eq!(String::from_utf8_lossy(&ours), String::from_utf8_lossy(&theirs), "{p} {format}");
        }
        let format = "[%{TRANSFILETRIGGERNAME} %{TRANSFILETRIGGERINDEX}\\n]";
        let theirs = oracle::rpm(&["-qp", "--nosignature", "--qf", format, p]);
        let ours: Vec<String> = scripts
            .transaction_file_triggers
            .iter()
            .enumerate()
            .flat_map(|(i, t)| {
                t.conditions.iter().map(move |c| format!("{} {i}\n", String::from_utf8_lossy(&c.name)))
            })
            .collect();
        triggers += ours.len();
        if !ours.is_empty() {
            let sorted = |text: &str| {
                let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
                lines.sort();
                lines
            };
            assert_eq!(sorted(&ours.concat()), sorted(&String::from_utf8_lossy(&theirs)), "{p}");
        }
    }
    assert!(triggers > 0);
}

#[test]
fn payloads_hold_what_their_headers_promise() {
    let Some(repository) = oracle::packages_with("rpm") else { return };
    for path in oracle::all(&repository) {
        let package = Package::open(&path).unwrap();
        let table = package.files().unwrap();
        let mut file = File::open(&path).unwrap();
        file.seek(SeekFrom::Start(package.payload_offset())).unwrap();
        let mut reader = PayloadReader::new(BufReader::new(file), package.header(), &table).unwrap();
        let mut come = 0;
        while let Some(entry) = reader.next_entry().unwrap() {
            come += 1;
            if !entry.has_data {
                continue;
            }
            let mut hasher = table.digest_algorithm.hasher();
            let mut buffer = [0; 16384];
            loop {
                let n = reader.read(&mut buffer).unwrap();
                if n == 0 {
                    break;
                }
                hasher.update(&buffer[..n]);
            }
            let expected = &table.files[entry.file_index];
            let name = std::ffi::OsStr::from_bytes(&expected.path);
            assert_eq!(Some(hasher.finish().as_slice()), expected.digest.as_deref(), "{path:?} {name:?}");
        }
        assert_eq!(come, table.files.iter().filter(|f| !f.is_ghost()).count(), "{path:?}");
    }
}
