//! Nails made to hurt: every one is answered, and in time that grows no faster than the text.

#![allow(clippy::unwrap_used, reason = "test code")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use toe_eval::{MemoryHost, Settings};
use toe_lint::{Configuration, Report, RuleSet, lint, mend};
use toe_source::{Safety, SourceId};

fn of(nail: &[u8]) -> Report {
    lint(
        &MemoryHost::new().with_file("x.foot", nail),
        "x.foot",
        nail,
        &Settings::default(),
        &RuleSet::default(),
    )
}

/// Generous for a build without optimisation on a busy machine; quadratic work takes minutes.
const ENOUGH: Duration = Duration::from_secs(30);

fn in_time(nail: &str) -> Report {
    let started = Instant::now();
    let report = of(nail.as_bytes());
    assert!(started.elapsed() < ENOUGH, "{:?}", started.elapsed());
    report
}

#[test]
fn many_functions_comments_and_accounts() {
    const MANY: usize = 5_000;
    let mut nail = String::from("REPO_FILE=a\nMREPO_URL=http://h\nBase /var/deploy/web\n");
    for i in 0..MANY {
        writeln!(nail, "f{i}() {{ :; }}\nf{i}").unwrap();
    }
    in_time(&nail);
    let stacked = in_time(&format!("{}a\n", "# toe: ignore TOE108 why\n".repeat(MANY)));
    assert_eq!(stacked.diagnostics.iter().filter(|d| d.code == "TOE901").count(), MANY);
    let beside = in_time(&"# toe: ignore TOE108 why\nDir \"/`arch`\"\n".repeat(MANY));
    assert!(beside.diagnostics.is_empty());
    let mut accounts = String::from("REPO_FILE=a\nMREPO_URL=http://h\nBase /var/deploy/web\n");
    for i in 0..MANY {
        writeln!(accounts, "UserAdd {i} 5000 /home/u /bin/sh u{i}\nGecos x{i}x Name").unwrap();
    }
    in_time(&accounts);
}

#[test]
fn many_tests_loops_and_signs() {
    const MANY: usize = 3_000;
    in_time(&"log a\nlog $?\n[ -f x ]\n".repeat(MANY));
    in_time(&format!("A=$B\n{}", "[ \"$A\" -gt 6.2 ]; log \"${A%$A}\"\n".repeat(MANY)));
    in_time(&"for f in *.rpm; do Rpm \"$f\"; done\n".repeat(MANY));
    in_time(&format!("Dir {}\n", "[".repeat(MANY)));
    in_time(&format!("Dir {}\n", "{$a".repeat(MANY)));
    in_time(&format!("Dir a{}\n", "&a".repeat(MANY)));
    in_time(&format!("Dir \"{}\"\n", "\\n".repeat(MANY)));
    in_time(&format!("{}fi\n", "If a; Then b; Else if c; ".repeat(MANY / 10)));
    in_time(&format!("{}Dir (\n", "else if a; then\ndone\n".repeat(MANY / 10)));
}

#[test]
fn deep_nails() {
    in_time(&format!("{}:{}\n", "if true; then ".repeat(250), "; fi".repeat(250)));
    in_time(&format!("Dir \"{}x{}\"\n", "$(echo \"".repeat(120), "\")".repeat(120)));
}

/// Fixes end, and a nail stays a nail.
fn mends_well(nail: &str) -> Result<(), TestCaseError> {
    let host = MemoryHost::new();
    let is_nail = |text: &str| toe_syntax::parse(SourceId(0), text).errors.is_empty();
    for least in [Safety::Safe, Safety::Unsafe] {
        let mended = mend(&host, "x", nail.as_bytes(), &Settings::default(), &RuleSet::default(), least);
        if let Some(mended) = mended {
            prop_assert_ne!(&mended.text, nail);
            prop_assert!(is_nail(&mended.text) || !is_nail(nail), "{}", mended.text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn bytes_of_any_kind(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        of(&bytes);
    }

    #[test]
    fn settings_of_any_kind(text in "[\\[\\]a-z=\"'., \n0-9#-]{0,80}") {
        let _ = Configuration::read(&text);
        let _ = Configuration::read(&format!("[lint]\n{text}"));
    }

    #[test]
    fn texts_that_look_like_nails(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "Rpm ", "GroupAdd ", "353 ", "A=", "$A ", "${A[@]} ", "\"", "'", "\\\n", "\\ \n", "\n", "; ", "# toe: ignore ",
            "TOE108 ", "why", "`arch`", "$((010))", "[ ", "] ", "[[ ", "]] ", "= ", "=~ ", "< ", "case x in ", "*) ",
            ";; ", "esac\n", "if ", "then ", "fi\n", "for x in ", "do ", "done\n", "f() { ", "}\n", "exit\n", "ä", "\u{a0}",
            "http://u:p@h/", "VERSION=1-2\n", "PACKAGE=x\n", "<<E\n", "E\n", "local ", "0x1", "$10",
        ]), 0..40,
    )) {
        let nail = pieces.concat();
        let report = of(nail.as_bytes());
        mends_well(&nail)?;
        // Every place is in the text.
        for label in report.diagnostics.iter().flat_map(|d| &d.labels) {
            let text = &report.sources.file(label.span.source).text;
            prop_assert!(text.get(label.span.start as usize..label.span.end as usize).is_some());
        }
    }
}
