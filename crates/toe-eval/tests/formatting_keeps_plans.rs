//! A nail means the same after formatting: the same directives with the same words, the same output, the
//! same end.

#![allow(clippy::unwrap_used, reason = "test code")]
#![allow(dead_code, reason = "the generator offers more than is used here")]

#[path = "../../../tests/language/generator/mod.rs"]
mod generator;

use std::path::Path;

use toe_eval::{EvalError, MemoryHost, Settings, evaluate};
use toe_source::SourceId;
use toe_syntax::{FormatOptions, format};

/// What a nail means, places left out.
#[derive(Debug, PartialEq)]
struct Meaning {
    directives: Option<Vec<Vec<String>>>,
    variables: Vec<(String, String)>,
    output: String,
    status: i32,
    errors: Vec<String>,
    warnings: Vec<String>,
}

fn meaning(nail: &str, files: &[(&'static str, Vec<String>)]) -> Meaning {
    let mut host = MemoryHost::new()
        .with_file("foot", nail)
        .with_file("TOENAILS/args", "log included \"$#\" \"$@\"\n")
        .with_file("TOENAILS/vars", "from_nail=set; log vars \"${x:-none}\"\n")
        .with_file("TOENAILS/returns", "log before\nreturn 3\nlog after\n")
        .with_file("TOENAILS/locals", "local l=1; declare d=2; g=3; log \"$l$d$g\"\n")
        .with_file("lines.txt", "one:1\ntwo:2\n\nfour:4\ntwo:2\n");
    for (name, statements) in files {
        host = host.with_file(format!("{}/{name}", generator::NAILS), statements.join("\n"));
    }
    let evaluation = evaluate(&host, "foot", &Settings::default());
    let plan = evaluation.plan.as_ref();
    let words = |d: &toe_plan::Directive| {
        std::iter::once(d.name.as_str().to_owned()).chain(d.args.iter().cloned()).collect()
    };
    Meaning {
        directives: plan.map(|plan| plan.directives.iter().map(words).collect()),
        variables: plan.iter().flat_map(|plan| plan.variables.clone()).collect(),
        output: evaluation.output,
        status: evaluation.status,
        errors: evaluation.errors.iter().map(message).collect(),
        warnings: evaluation.warnings.into_iter().map(|d| d.message).collect(),
    }
}

/// What an error says. One about arithmetic or an element that is not set quotes the arithmetic, and its blanks are
/// layout.
fn message(error: &EvalError) -> String {
    let message = error.diagnostic().message;
    let quotes_arithmetic = message.starts_with("arithmetic `") || message.ends_with("]` is not set");
    if quotes_arithmetic { message.replace(' ', "") } else { message }
}

/// Checks `nail` in two layouts; false when it is no nail.
fn keeps_its_plan(nail: &str, files: &[(&'static str, Vec<String>)]) -> bool {
    let before = meaning(nail, files);
    let other = FormatOptions {
        indent: 2,
        binary_next_line: true,
        switch_case_indent: true,
        space_redirects: true,
        function_next_line: true,
    };
    for options in [FormatOptions::default(), other] {
        let Ok(formatted) = format(SourceId(0), nail, options) else { return false };
        assert_eq!(before, meaning(&formatted, files), "of:\n{nail}\nwhich became:\n{formatted}");
    }
    true
}

#[test]
fn random_nails() {
    let count: u64 = std::env::var("TOE_RANDOM_NAILS").ok().and_then(|n| n.parse().ok()).unwrap_or(500);
    let (mut formatted, mut planned) = (0, 0);
    for seed in 0..count {
        let nail = generator::Generator::new(seed).nail();
        let foot = nail.foot.join("\n");
        formatted += u64::from(keeps_its_plan(&foot, &nail.files));
        planned += u64::from(meaning(&foot, &nail.files).directives.is_some_and(|d| !d.is_empty()));
    }
    assert!(formatted * 4 >= count * 3, "{formatted} of {count} are nails");
    assert!(planned * 2 >= count, "{planned} of {count} plan anything");
}

#[test]
fn the_nails_that_are_compared_with_bash() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nails");
    let (mut count, mut formatted) = (0, 0);
    for table in std::fs::read_dir(directory).unwrap() {
        let table = std::fs::read_to_string(table.unwrap().path()).unwrap();
        for case in table.split("\n### ").skip(1) {
            count += 1;
            formatted += u32::from(keeps_its_plan(case.split_once('\n').unwrap().1, &[]));
        }
    }
    assert!(count > 100 && formatted * 10 >= count * 8, "{formatted} of {count} are nails");
}
