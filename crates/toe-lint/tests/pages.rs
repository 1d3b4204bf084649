//! Every rule's page is true: its bad nails are found at the marked places, its good ones are clean, and
//! `docs/rules/` holds what the rules say of themselves.

#![allow(clippy::unwrap_used, reason = "test code")]

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use toe_eval::{MemoryHost, Settings};
use toe_lint::{
    Check, Configuration, HEADINGS, PackageFacts, PackagedFile, Packages, Report, Rule, Selector, fix_name,
    lint_with_packages, rules, severity_name,
};
use toe_plan::{Location, Nevra};
use toe_source::{Diagnostic, Edit, Fix, SourceId};

/// A nail of a page: its bytes, and the places that are marked in it, as ranges of bytes.
#[derive(Debug, Default)]
struct Example {
    bytes: Vec<u8>,
    marks: Vec<(usize, usize)>,
}

impl Example {
    /// Reads the nail of a block. A line of `^` marks a place in the line above it; `⟨0D⟩` stands for bytes,
    /// `⟨end⟩` for the end of the text without a newline, `⟨text×9⟩` for a text nine times.
    fn read(block: &str) -> Example {
        let mut example = Example::default();
        let mut columns: Vec<usize> = Vec::new();
        for line in block.lines() {
            let is_mark = line.contains('^') && line.trim().bytes().all(|b| b == b'^');
            if is_mark {
                let first = line.chars().position(|c| c == '^').unwrap();
                let last = line.chars().count();
                example.marks.push((columns[first], columns[last]));
                continue;
            }
            columns.clear();
            let mut ends = false;
            let mut chars = line.chars();
            while let Some(c) = chars.next() {
                if c == '⟨' {
                    let hex: String = chars.by_ref().take_while(|c| *c != '⟩').collect();
                    if hex == "end" {
                        ends = true;
                        continue;
                    }
                    if let Some((text, times)) = hex.split_once('×') {
                        let text = text.repeat(times.parse().unwrap());
                        columns.extend(std::iter::repeat_n(example.bytes.len(), hex.chars().count() + 2));
                        example.bytes.extend(text.bytes());
                        continue;
                    }
                    for byte in hex.split(' ') {
                        columns.push(example.bytes.len());
                        example.bytes.push(u8::from_str_radix(byte, 16).unwrap());
                    }
                } else {
                    columns.push(example.bytes.len());
                    example.bytes.extend(c.to_string().bytes());
                }
            }
            columns.push(example.bytes.len());
            if !ends {
                example.bytes.push(b'\n');
            }
        }
        example
    }

    /// Asks the rules that are asked by default, and `rule`.
    fn lint(&self, rule: &Rule) -> Report {
        let host = MemoryHost::new()
            .with_file("foot", self.bytes.clone())
            .with_file("standard-devs", "Mknod c 1 3 null\n")
            .with_file("site-settings", "SITE=web\n")
            .with_file("end-early", "exit 0\n");
        let select = vec![Selector::Default, Selector::Rule(rule.code)];
        let configuration = Configuration { select: Some(select), ..Configuration::default() };
        let rules = configuration.rules_for(Path::new("foot"));
        let packages = matches!(rule.check, Check::Packages(_)).then(|| packages_of(&self.bytes));
        let settings = Settings { allow_exec: rule.name == "runs-on-host", ..Settings::default() };
        lint_with_packages(&host, "foot", &self.bytes, &settings, &rules, packages.as_ref())
    }
}

/// The packages that the pages speak of, beside each other in the nail `bytes`.
fn packages_of(bytes: &[u8]) -> Packages {
    let has = |text: &str| String::from_utf8_lossy(bytes).contains(text);
    let place = |file: &str| Location::Url(format!("http://repo.example.com/el9/{file}"));
    let facts = |nevra: &str| PackageFacts {
        nevra: Nevra::from_file_name(nevra).unwrap(),
        files: Vec::new(),
        missing: Vec::new(),
        conflicts: Vec::new(),
    };
    let web = "web-1.2-1.el9.x86_64.rpm";
    let mut all = HashMap::new();
    for file in
        [web, "web-tools-1.2-1.el9.x86_64.rpm", "proxy-1.2-1.el9.x86_64.rpm", "liblog-1.0-1.el9.x86_64.rpm"]
    {
        all.insert(place(file), facts(file));
    }
    all.insert(place("old-1.2-1.el9.x86_64.rpm"), facts("old-1.3-1.el9.x86_64.rpm"));
    all.insert(place("old-1.3-1.el9.x86_64.rpm"), facts("old-1.3-1.el9.x86_64.rpm"));
    let file = |path: &str| PackagedFile { path: path.to_owned(), link_target: None };
    all.get_mut(&place(web)).unwrap().files = vec![file("/usr/sbin/web"), file("/var/log/web")];
    if !has("--replacefiles") {
        let tools = all.get_mut(&place("web-tools-1.2-1.el9.x86_64.rpm")).unwrap();
        tools.conflicts.push(("/usr/sbin/web".to_owned(), place(web)));
    }
    if !has("liblog-") {
        let proxy = all.get_mut(&place("proxy-1.2-1.el9.x86_64.rpm")).unwrap();
        proxy.missing.push("liblog.so.1()(64bit)".to_owned());
    }
    Packages::new(all)
}

fn blocks(rule: &Rule, heading: &str) -> Vec<Example> {
    let page = rule.page();
    let section = page.split(heading).nth(1).unwrap().split("\n## ").next().unwrap();
    section.split("```nail\n").skip(1).map(|b| Example::read(b.split("```").next().unwrap())).collect()
}

#[test]
fn every_page_has_its_headings_in_order() {
    for rule in rules() {
        let page = rule.page();
        let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(headings, HEADINGS, "{}", rule.code);
        for heading in &HEADINGS[2..] {
            assert!(!blocks(rule, heading).is_empty(), "{}: {heading} has no nail", rule.code);
        }
    }
}

#[test]
fn codes_and_names_are_unique_and_ordered() {
    let codes: Vec<&str> = rules().iter().map(|rule| rule.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted);
    let names: std::collections::BTreeSet<&str> = rules().iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), codes.len());
}

#[test]
fn every_rule_file_is_registered() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut files = 0;
    for family in std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        if family.is_dir() {
            let names = std::fs::read_dir(family).unwrap().map(|entry| entry.unwrap().file_name());
            files += names.filter(|name| name != "mod.rs").count();
        }
    }
    assert_eq!(files, rules().len());
}

#[test]
fn bad_nails_are_found_at_the_marked_places() {
    let mut wrong = String::new();
    for rule in rules() {
        for example in blocks(rule, "## Bad") {
            let report = example.lint(rule);
            let mut found: Vec<(usize, usize)> = Vec::new();
            for diagnostic in report.diagnostics.iter().filter(|d| d.code == rule.code) {
                assert!(diagnostic.help.is_some(), "{}", rule.code);
                assert_eq!(diagnostic.severity, rule.severity, "{}", rule.code);
                let span = diagnostic.labels[0].span;
                // A mark is of one line.
                let first_line = report.sources.text(span).lines().next().unwrap_or("").len();
                let width = if std::str::from_utf8(&example.bytes).is_ok() { first_line } else { span.len() };
                found.push((span.start as usize, span.start as usize + width.max(1)));
            }
            found.sort_unstable();
            assert!(!example.marks.is_empty(), "{}: nothing is marked", rule.code);
            let text = String::from_utf8_lossy(&example.bytes);
            let all: Vec<(&str, &str)> =
                report.diagnostics.iter().map(|d| (d.code.as_str(), d.message.as_str())).collect();
            if found != example.marks {
                let marks = &example.marks;
                let text = text.get(..500).unwrap_or(&text);
                writeln!(wrong, "{} in\n{text}has {found:?}, not {marks:?}; all: {all:?}", rule.code)
                    .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn good_nails_are_clean() {
    let mut wrong = String::new();
    for rule in rules() {
        for example in blocks(rule, "## Good") {
            for found in example.lint(rule).diagnostics {
                writeln!(wrong, "{}: {found:?}", rule.code).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The text of one fix made to `text`, which the fix fits.
fn fixed(text: &str, fix: &Fix) -> String {
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    edits.into_iter().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        text
    })
}

#[test]
fn fixes_mend_what_was_found() {
    let mut wrong = String::new();
    for rule in rules() {
        for example in blocks(rule, "## Bad").iter().chain(&blocks(rule, "## Good")) {
            let report = example.lint(rule);
            for diagnostic in &report.diagnostics {
                let of = rules().iter().find(|r| r.code == diagnostic.code).unwrap();
                let safety = diagnostic.fix.as_ref().map(|fix| fix.safety);
                if safety.is_some_and(|safety| of.fix.is_none_or(|declared| safety < declared)) {
                    writeln!(wrong, "{} has a fix that it does not declare", of.code).unwrap();
                }
            }
            if rule.fix.is_none() {
                continue;
            }
            let text = std::str::from_utf8(&example.bytes).unwrap();
            let of_rule = |report: &Report| -> Vec<Diagnostic> {
                report.diagnostics.iter().filter(|d| d.code == rule.code).cloned().collect()
            };
            let found = of_rule(&report);
            if !found.is_empty() && found.iter().all(|diagnostic| diagnostic.fix.is_none()) {
                writeln!(wrong, "{} offers no fix in\n{text}", rule.code).unwrap();
            }
            for diagnostic in &found {
                let Some(fix) = &diagnostic.fix else { continue };
                let mended = fixed(text, fix);
                let start = diagnostic.labels[0].span.start as usize;
                let before = fix.edits.iter().filter(|edit| edit.span.end as usize <= start);
                let moved = before.fold(start, |at, edit| at + edit.text.len() - edit.span.len());
                let errors = toe_syntax::parse(SourceId(0), &mended).errors;
                let after = Example { bytes: mended.clone().into_bytes(), marks: Vec::new() };
                let left = of_rule(&after.lint(rule));
                let is_left = left.iter().any(|d| d.labels[0].span.start as usize == moved);
                if !errors.is_empty() || is_left || left.len() >= found.len() {
                    writeln!(
                        wrong,
                        "{} makes of\n{text}this, with {errors:?} and {left:?}:\n{mended}",
                        rule.code
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The pages by their place in the repository.
fn pages() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules");
    let mut index = String::from(
        "# The rules of `toe lint`\n\nMade from the rules' own source; `toe explain CODE` shows the same pages. In the \
         nails of the pages a line of `^` marks\nthe place that is found, `⟨0D⟩` stands for a byte, \
         `⟨end⟩` for the end of a text without a newline,\nand `⟨text×9⟩` for a text nine times.\n\n| code | name | severity | fix |\n| --- | --- | --- | --- |\n",
    );
    let mut pages = BTreeMap::new();
    for rule in rules() {
        let file = format!("{}.md", rule.code);
        let severity = severity_name(rule.severity);
        let fix = fix_name(rule.fix);
        let off = if rule.by_default { "" } else { " (off by default)" };
        writeln!(index, "| [{}]({file}) | {}{off} | {severity} | {fix} |", rule.code, rule.name).unwrap();
        pages.insert(root.join(file), rule.page());
    }
    pages.insert(root.join("README.md"), index);
    pages
}

#[test]
fn docs_rules_holds_the_pages() {
    let pages = pages();
    if std::env::var_os("TOE_BLESS").is_some() {
        for (path, text) in &pages {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    let directory = pages.keys().next().unwrap().parent().unwrap();
    let mut there: Vec<PathBuf> =
        std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    there.sort();
    assert_eq!(there, pages.keys().cloned().collect::<Vec<_>>(), "remove pages of rules that are gone");
    for (path, text) in &pages {
        let name = path.display();
        assert!(
            std::fs::read_to_string(path).unwrap() == *text,
            "{name} differs: set TOE_BLESS=1 to rewrite"
        );
    }
}
