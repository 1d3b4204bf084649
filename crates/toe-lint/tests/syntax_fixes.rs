//! Texts that are no nails, and what `--fix` makes of them: what only can have been meant, or nothing.

#![allow(clippy::unwrap_used, reason = "test code")]

use std::path::Path;

use toe_eval::{MemoryHost, Settings};
use toe_lint::{Configuration, lint, mend};
use toe_source::Safety;

/// The text after all safe fixes; `None` when there is none.
fn mended(text: &str) -> Option<String> {
    let rules = Configuration::default().rules_for(Path::new("a.nail"));
    let host = MemoryHost::new();
    mend(&host, "a.nail", text.as_bytes(), &Settings::default(), &rules, Safety::Safe)
        .map(|mended| mended.text)
}

fn codes(text: &str) -> Vec<String> {
    let rules = Configuration::default().rules_for(Path::new("a.nail"));
    let report = lint(&MemoryHost::new(), "a.nail", text.as_bytes(), &Settings::default(), &rules);
    report.diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn several_mistakes_are_mended_one_after_the_other() {
    for (text, meant) in [
        (
            "if PkgCheck a; Then\n\tDir /a\nElse\n\tDir /b\nFi\n",
            "if PkgCheck a; then\n\tDir /a\nelse\n\tDir /b\nfi\n",
        ),
        (
            "if PkgCheck a; then\n\tDir /a\nelse if PkgCheck b; then\n\tDir /b\nelse if PkgCheck c; then\n\tDir /c\nfi\n",
            "if PkgCheck a; then\n\tDir /a\nelif PkgCheck b; then\n\tDir /b\nelif PkgCheck c; then\n\tDir /c\nfi\n",
        ),
        (
            "GpgImport https://a.test/k?a=1&b=2&c=3\nGpgImport https://b.test/k?a=1&b=2\n",
            "GpgImport \"https://a.test/k?a=1&b=2&c=3\"\nGpgImport \"https://b.test/k?a=1&b=2\"\n",
        ),
        (
            "PkgCheck a &amp;&amp; Dir /a\nPkgCheck b &amp;&amp; Dir /b\n",
            "PkgCheck a && Dir /a\nPkgCheck b && Dir /b\n",
        ),
        ("Dir &quot;/srv/a b&quot;\n", "Dir \"/srv/a b\"\n"),
        ("GpgImport https://a.test/k?a=1&amp;b=2\n", "GpgImport \"https://a.test/k?a=1&b=2\"\n"),
        ("Gecos web The web (old)\n", "Gecos web The web \"(old)\"\n"),
    ] {
        assert_eq!(mended(text).as_deref(), Some(meant), "{text}");
    }
}

#[test]
fn what_may_mean_something_else_is_left() {
    for text in [
        "Dir /a &\n",
        "Dir 'a b'&c\n",
        "Gecos web a(b c)\n",
        "if a; then\n\tb\n",
        "X=${${A}%x}\n",
        "f (x) { :; }\n",
    ] {
        assert_eq!(mended(text), None, "{text}");
    }
}

#[test]
fn each_has_the_code_of_its_page() {
    for (text, code) in [
        ("if a; then b; else if c; then d; fi\n", "TOE016"),
        ("if a; Then b; fi\n", "TOE018"),
        ("if a; then b\n", "TOE019"),
        ("Dir /a\nfi\n", "TOE019"),
        ("case a in\nb\nesac\n", "TOE019"),
        ("Gecos web R&D\n", "TOE020"),
        ("Dir /a &\n", "TOE025"),
        ("Dir /a(b)\n", "TOE022"),
        ("a &amp;&amp; b\n", "TOE023"),
        ("X=${${A}}\n", "TOE117"),
        ("Gecos web \"a\n", "TOE001"),
    ] {
        assert_eq!(codes(text), [code], "{text}");
    }
    assert_eq!(codes(&format!("{}a{}", "$(".repeat(300), ")".repeat(300))), ["TOE024"]);
    assert_eq!(codes(&format!("{}a{}", "$(".repeat(30_000), ")".repeat(30_000))), ["TOE024"]);
}
