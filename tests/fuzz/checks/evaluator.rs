//! Any nail: the evaluation ends within its limits, with a plan or with errors, and the same twice.

use toe_eval::{Limits, MemoryHost, Settings, evaluate};

/// Panics where that does not hold.
pub fn check(bytes: &[u8]) {
    // Files that it may include and that globs and programs see.
    let host = MemoryHost::new()
        .with_file("foot", bytes)
        .with_file("a.nail", "A=${1-a}\nRpm \"$A.rpm\"\n")
        .with_file("b/c.nail", "return 3\n")
        .with_file("words", "one two\nthree\n\n")
        .with_file("[x]", "");
    // Small, so that a run takes milliseconds; that the true ones hold is another test's.
    let limits = Limits {
        steps: 20_000,
        word_bytes: 1 << 16,
        value_bytes: 1 << 20,
        directives: 1000,
        ..Limits::default()
    };
    let settings = Settings {
        defines: vec![("HOME".to_owned(), "/root".to_owned()), ("D".to_owned(), "a b*".to_owned())],
        limits,
        ..Settings::default()
    };
    let evaluation = evaluate(&host, "foot", &settings);
    assert!(evaluation.plan.is_some() || !evaluation.errors.is_empty(), "no plan, and no word why");
    for error in &evaluation.errors {
        let diagnostic = error.diagnostic();
        assert!(!diagnostic.code.is_empty() && diagnostic.help.is_some(), "{diagnostic:?}");
        for label in &diagnostic.labels {
            let length = evaluation.sources.file(label.span.source).text.len();
            assert!(label.span.end as usize <= length + 1, "{diagnostic:?}");
        }
    }
    let again = evaluate(&host, "foot", &settings);
    assert_eq!(format!("{:?}", again.plan), format!("{:?}", evaluation.plan));
    assert_eq!(again.output, evaluation.output);
}
