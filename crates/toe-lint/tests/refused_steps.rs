//! Every directive that a run would refuse is one finding of the rule for that kind of mistake: where it is
//! reached, in a branch that is not taken, and with computed words.

#![allow(clippy::unwrap_used, reason = "test code")]

use toe_eval::{MemoryHost, Settings};
use toe_lint::{RuleSet, lint};

const REFUSED: [(&str, &str); 36] = [
    ("GroupAdd 353", "TOE402"),
    ("Mknod c 1 null", "TOE402"),
    ("Write /etc/motd", "TOE402"),
    ("Dir $'/a\\tb'", "TOE402"),
    ("Rpm ''", "TOE403"),
    ("GroupAdd '' web", "TOE403"),
    ("GroupAdd 353 ''", "TOE403"),
    ("Dir ''", "TOE403"),
    ("Base ''", "TOE403"),
    ("Rpm a-1-1.noarch.rpm --nodeps", "TOE425"),
    ("Rpm a-1-1.noarch.rpm --noscript", "TOE425"),
    ("Rpm ftp://h/a-1-1.noarch.rpm", "TOE426"),
    ("GpgImport sftp://h/KEY", "TOE426"),
    ("GroupAdd web 353", "TOE507"),
    ("UserAdd 300 web /srv /bin/sh web", "TOE507"),
    ("GroupAdd 4294967295 web", "TOE507"),
    ("UserAdd 300 353 srv /bin/sh web", "TOE510"),
    ("UserAdd 300 353 /srv/../web /bin/sh web", "TOE510"),
    ("UserAdd 300 353 /srv sh web", "TOE513"),
    ("Gecos 9web The web", "TOE514"),
    ("Gecos web The: web", "TOE516"),
    ("UserAdd 300 353 /srv:x /bin/sh web", "TOE516"),
    ("Mknod x 1 3 null", "TOE601"),
    ("Mknod c 4096 3 null", "TOE602"),
    ("Mknod c 1 3 /null", "TOE604"),
    ("Symlink /srv/web ../x", "TOE609"),
    ("Symlink web srv/web", "TOE610"),
    ("Symlink /srv/../web srv/web", "TOE610"),
    ("Symlink srv/web /srv/web", "TOE612"),
    ("Base deploy/web", "TOE614"),
    ("Dir /srv 888", "TOE620"),
    ("Dir /srv 755 root", "TOE621"),
    ("Service web web /bin/web", "TOE621"),
    ("Link /srv /../web", "TOE622"),
    ("Service .web root:root /bin/web", "TOE636"),
    ("Service web root:root web", "TOE638"),
];

fn codes(foot: &str) -> Vec<String> {
    let host = MemoryHost::new().with_file("foot", foot);
    let report = lint(&host, "foot", foot.as_bytes(), &Settings::default(), &RuleSet::default());
    report.diagnostics.into_iter().map(|d| d.code).collect()
}

#[test]
fn each_has_its_rule() {
    for (line, code) in REFUSED {
        assert_eq!(codes(&format!("{line}\n")), [code], "{line}");
        // Only the walk of all branches knows words with `$`.
        if !line.contains('$') {
            let branch = format!("if [ \"${{TLS:-no}}\" = yes ]; then\n\t{line}\nfi\n");
            assert_eq!(codes(&branch), [code], "{branch}");
        }
    }
}

#[test]
fn computed_words_are_found_where_an_evaluation_stops() {
    for (line, code) in REFUSED {
        let words: Vec<&str> = line.split(' ').collect();
        if line.contains(['$', '\'']) || words.len() < 2 {
            continue;
        }
        let variables =
            words[1..].iter().enumerate().map(|(i, w)| format!("A{i}={w}\n")).collect::<Vec<_>>().concat();
        let uses = (0..words.len() - 1).map(|i| format!(" \"$A{i}\"")).collect::<Vec<_>>().concat();
        let foot = format!("{variables}{}{uses}\n", words[0]);
        assert_eq!(codes(&foot), [code], "{foot}");
    }
}
