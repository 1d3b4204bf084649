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

/// Branches, loops and calls within each other, where all ways through are far more than anybody could go.
#[test]
fn many_ways_through() {
    const MANY: usize = 3_000;
    let mut nail = String::new();
    for i in 0..MANY {
        writeln!(nail, "if PkgCheck p{i}; then V{i}=$V{}; else exit; fi", i / 2).unwrap();
    }
    in_time(&nail);
    let chain = (0..MANY).map(|i| format!("elif [ $A = {i} ]; then B{i}=$A\n")).collect::<Vec<_>>().concat();
    in_time(&format!("if false; then :\n{chain}fi\n"));
    let arms = (0..MANY).map(|i| format!("{i}) B{i}=$A ;&\n")).collect::<Vec<_>>().concat();
    in_time(&format!("case $A in\n{arms}*) ;;\nesac\n"));
    let words = (0..60).map(|i| format!(" {i}")).collect::<Vec<_>>().concat();
    let unrolled = format!("for i in{words}; do\n").repeat(8);
    in_time(&format!("{unrolled}A=$i\n{}\n", "done\n".repeat(8)));
    let turns = "while PkgCheck x; do\nA=$A$B\n".repeat(60);
    in_time(&format!("{turns}{}\n", "done\n".repeat(60)));
    let doubling =
        (1..40).map(|i| format!("f{i}() {{ f{0} a; f{0} b; }}\n", i - 1)).collect::<Vec<_>>().concat();
    in_time(&format!("f0() {{ Dir /$1; }}\n{doubling}f39 x\n"));
    in_time("f() { if PkgCheck $1; then f $1x; g; fi; }\ng() { f; g; }\nf\ng\n");
    let unset = (0..MANY).map(|i| format!("S{i}=1\nDir /$U{i}\n")).collect::<Vec<_>>().concat();
    in_time(&format!("Base /var/deploy/x\n{unset}"));
}

/// Every nail includes the two below it, and the last one the first.
#[test]
fn many_includes() {
    let mut host = MemoryHost::new();
    for i in 0..60 {
        let text = format!("A{i}=1\nInclude n{}\nif PkgCheck x; then Include n{}; fi\n", i + 1, (i + 2) % 60);
        host = host.with_file(format!("n{i}"), text);
    }
    let nail = b"Include n0\nInclude n0\nInclude none\nInclude n\n";
    let started = Instant::now();
    lint(&host.with_file("x.foot", nail), "x.foot", nail, &Settings::default(), &RuleSet::default());
    assert!(started.elapsed() < ENOUGH, "{:?}", started.elapsed());
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
            ";; ", "esac\n", "if ", "then ", "fi\n", "for x in ", "do ", "done\n", "f() { ", "}\n", "exit\n", "f x\n", "Include x.foot\n", "while ", "return\n", "break\n", "unset A\n", "A+=1 ", "${A:-", "} ", "set -- ", "ä", "\u{a0}",
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
