//! The walk beside the evaluation: what a plan has, the walk has met, with the same words or unknown ones.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use toe_eval::{Host, MemoryHost, RealHost, evaluate};
use toe_plan::Directive;

use super::*;
use crate::flow::record::{DirectiveAt, WordAt};
use crate::flow::value::Presence;

fn agrees(walked: &DirectiveAt, planned: &Directive) -> bool {
    if walked.span != planned.origin.span || walked.situation.included_from != planned.origin.included_from {
        return false;
    }
    let fits = |(word, text): (&WordAt, &String)| {
        word.is_many || word.texts.known().is_none_or(|all| all.iter().any(|t| **t == **text))
    };
    let many = walked.words.iter().position(|word| word.is_many);
    match many {
        None => walked.words.len() == planned.args.len() && walked.words.iter().zip(&planned.args).all(fits),
        Some(first) => {
            first <= planned.args.len() && walked.words[..first].iter().zip(&planned.args).all(fits)
        }
    }
}

/// How many directives the plan has; panics when the walk has not met one of them.
fn compare(host: &dyn Host, name: &str, settings: &Settings, is_whole: bool) -> usize {
    let evaluation = evaluate(host, name, settings);
    let Some(plan) = &evaluation.plan else { return 0 };
    let Walked { flow, .. } = walk(host, name, &evaluation, settings, is_whole);
    if !flow.is_whole {
        return 0;
    }
    for planned in &plan.directives {
        let same: Vec<&DirectiveAt> =
            flow.directives.iter().filter(|walked| walked.span == planned.origin.span).collect();
        if same.is_empty() && flow.has_unknown_commands {
            continue;
        }
        assert!(
            same.iter().any(|walked| agrees(walked, planned)),
            "{name}: the plan has {} {:?} at {:?}, the walk {:?}\nin {}",
            planned.name.as_str(),
            planned.args,
            planned.origin,
            same.iter().map(|walked| &walked.words).collect::<Vec<_>>(),
            evaluation.sources.file(planned.origin.span.source).text,
        );
    }
    plan.directives.len()
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn nails_of_the_repository() {
    let here = repository();
    let mut settings = Settings::default();
    let given = [
        ("REPO_FILE", "a.repo"),
        ("MREPO_URL", "http://h"),
        ("LINK_DIR", "/usr/local"),
        ("REPO_DIR", "/srv/repo"),
        ("SOCK_DIR", "/var/deploy/x"),
    ];
    settings.defines = given.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let mut compared = 0;
    for directory in ["TOENAILS", "tests/sock_nails"] {
        for entry in std::fs::read_dir(here.join(directory)).unwrap() {
            let path = entry.unwrap().path();
            let host = RealHost::new(here.join(directory), &path, &[]);
            for is_whole in [false, true] {
                compared += compare(&host, &path.to_string_lossy(), &settings, is_whole);
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn nails_of_the_language() {
    let mut compared = 0;
    let directory = repository().join("crates/toe-eval/tests/nails");
    for entry in std::fs::read_dir(directory).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for nail in text.split("### ").skip(1) {
            let (_, body) = nail.split_once('\n').unwrap();
            let host = MemoryHost::new()
                .with_file("foot", body)
                .with_file("a.txt", "one\n")
                .with_file("b.txt", "two\n");
            for is_whole in [false, true] {
                compared += compare(&host, "foot", &Settings::default(), is_whole);
            }
        }
    }
    assert!(compared > 700, "{compared}");
}

fn walked(nail: &str) -> Flow {
    let host = MemoryHost::new()
        .with_file("foot", nail)
        .with_file("more", "MORE=1\nlog \"more $1\"\n")
        .with_file("away", "exit 0\n");
    let evaluation = evaluate(&host, "foot", &Settings::default());
    assert!(!evaluation.nails.is_empty(), "it parses");
    walk(&host, "foot", &evaluation, &Settings::default(), true).flow
}

/// The words of all directives, `?` for those that are not known.
fn words(nail: &str) -> Vec<String> {
    let shown = |texts: &value::Texts| match texts.known() {
        Some(all) => all.join("|"),
        None => "?".to_owned(),
    };
    let line = |at: &DirectiveAt| {
        let words = at.words.iter().map(|w| if w.is_many { "?..".to_owned() } else { shown(&w.texts) });
        words.collect::<Vec<_>>().join(" ")
    };
    walked(nail).directives.iter().filter(|at| at.name.as_str() == "log").map(line).collect()
}

#[test]
fn every_branch_is_walked_with_what_is_known() {
    assert_eq!(
        words("A=1\nif [ \"${B:-}\" = x ]; then A=2; log t $A; else log e $A; fi\nlog $A\n"),
        ["t 2", "e 1", "1"]
    );
    assert_eq!(words("if PkgCheck x; then A=1; else A=2; fi\nlog $A\n"), ["1|2"]);
    assert_eq!(words("case ${1:-} in a) log a;; *) exit 0; log no;; esac\nlog on\n"), ["a", "on"]);
    assert_eq!(words("for p in a b; do log $p; done\n"), ["a", "b"]);
    assert_eq!(words("for p in *; do log $p; done\n"), ["?.."]);
    assert_eq!(words("f() { local v=$1; log $v$2; }\nv=0\nf 1 2\nlog $v\n"), ["12", "0"]);
    assert_eq!(words("i=0\nwhile PkgCheck x; do log $i; i=1; done\nlog $i\n"), ["?..", "?.."]);
    assert_eq!(words("Include more x\nlog $MORE\n"), ["more x", "1"]);
    assert_eq!(words("Include \"$(arch)\"\nA=1\nlog $A\n"), ["1"]);
    assert_eq!(words("A=1\nInclude \"$(arch)\"\nlog $A\n"), ["?.."]);
    assert_eq!(words("P=(a 'b c')\nfor p in \"${P[@]}\"; do log \"$p\"; done\n"), ["a", "b c"]);
    assert_eq!(words("if PkgCheck x; then Include away; fi\nlog on\n"), ["on"]);
    assert_eq!(words("Include away\nlog off\n"), [""; 0]);
    assert_eq!(words("X='a b'\nlog $X \"$X\" ${X%b}\n"), ["a b a b a"]);
}

fn presence(nail: &str, name: &str) -> Vec<Presence> {
    walked(nail).reads.iter().filter(|read| &*read.name == name).map(|read| read.presence).collect()
}

#[test]
fn variables_are_set_on_all_paths_on_some_or_on_none() {
    use Presence::{Maybe, Set, Unknown, Unset};
    assert_eq!(presence("log $A\nA=1\nlog $A\n", "A"), [Unset, Set]);
    assert_eq!(presence("if PkgCheck x; then A=1; fi\nlog $A\n", "A"), [Maybe]);
    assert_eq!(presence("if PkgCheck x; then A=1; else A=2; fi\nlog $A\n", "A"), [Set]);
    assert_eq!(presence("if PkgCheck x; then A=1; else die no; fi\nlog $A\n", "A"), [Set]);
    assert_eq!(presence("PkgCheck x && A=1\nPkgCheck x && log $A\n", "A"), [Set]);
    assert_eq!(presence("[ -n \"${A:-}\" ] || A=1\nlog $A\n", "A"), [Unset, Set]);
    assert_eq!(presence("if [ -z \"${A:-}\" ]; then die no; fi\nlog $A\n", "A"), [Unset, Set]);
    assert_eq!(presence("for p in $(echo a); do A=$p; done\nlog $A\n", "A"), [Set]);
    assert_eq!(presence("Include missing\nlog $A\n", "A"), [Unknown]);
    assert_eq!(presence("B=${B:?is given}\nlog $A\n", "A"), [Unknown]);
    assert_eq!(presence("f() { local A=1; log $A; }\nf\nlog $A\n", "A"), [Set, Unset]);
    assert_eq!(presence("A=1\nunset A\nlog $A\n", "A"), [Unset]);
}

/// Nails of assignments, conditions, loops, functions and `log`, most of which evaluate.
fn statement() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["a", "b", "c", "d"]);
    let value = prop::sample::select(vec![
        "1",
        "''",
        "'x y'",
        "$a",
        "\"$b\"",
        "${c:-z}",
        "${d:+w}",
        "$a$b",
        "${a%1}",
        "${b:=q}",
        "${#a}",
        "$((1 + 2))",
        "$(echo s t)",
        "\"${l[@]}\"",
        "x$c",
        "$1",
        "\"$@\"",
    ]);
    let test = prop::sample::select(vec![
        "[ \"$a\" = 1 ]",
        "[ -n \"${b:-}\" ]",
        "[[ $c == z ]]",
        "[ -z \"$d\" ]",
        "true",
        "false",
        "PkgCheck x",
        "[[ -v e ]]",
        "[ \"$a\" != \"$b\" ] && [ \"$c\" = z ]",
        "! [ \"$d\" = w ]",
        "[[ $a == 1 || $b == x* ]]",
    ]);
    let leaf = prop_oneof![
        (name.clone(), value.clone()).prop_map(|(n, v)| format!("{n}={v}")),
        (name.clone(), value.clone()).prop_map(|(n, v)| format!("{n}+={v}")),
        (value.clone(), value.clone()).prop_map(|(v, w)| format!("log {v} {w}")),
        (value.clone(), value.clone()).prop_map(|(v, w)| format!("l=({v} {w})")),
        value.clone().prop_map(|v| format!("f {v}")),
        value.clone().prop_map(|v| format!("set -- {v}")),
        value.clone().prop_map(|v| format!("Include more {v}")),
        Just("source ./more".to_owned()),
        name.clone().prop_map(|n| format!("unset {n}; {n}=u")),
        Just("log \"$a\" \"$b\" \"$c\" \"$d\"".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let list = prop::collection::vec(inner, 1..4).prop_map(|all| all.join("\n"));
        prop_oneof![
            (test.clone(), list.clone(), list.clone())
                .prop_map(|(t, y, n)| format!("if {t}; then\n{y}\nelse\n{n}\nfi")),
            (test.clone(), list.clone()).prop_map(|(t, y)| format!("{t} && {{\n{y}\n}}")),
            (test.clone(), list.clone()).prop_map(|(t, y)| format!("{t} || {{\n{y}\n}}")),
            (name.clone(), value.clone(), list.clone())
                .prop_map(|(n, v, b)| format!("for {n} in {v} 2; do\n{b}\ndone")),
            (test.clone(), list.clone(), prop::sample::select(vec!["break", "continue", ":"]))
                .prop_map(|(t, b, l)| format!("for i in 1 2 3; do\nif {t}; then {l}; fi\n{b}\ndone")),
            list.clone().prop_map(|b| format!("n=0\nwhile [ $n -lt 2 ]; do\nn=$((n + 1))\n{b}\ndone")),
            (name.clone(), list.clone(), list.clone(), prop::sample::select(vec![";;", ";&", ";;&"]))
                .prop_map(|(n, x, y, t)| format!("case ${n} in\n1|z)\n{x}\n{t}\n*)\n{y}\n;;\nesac")),
            (list.clone(), test.clone())
                .prop_map(|(b, t)| format!("g() {{\nlocal a=$1\n{t} && return\n{b}\n}}\ng 1")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_a_plan_has_was_walked(statements in prop::collection::vec(statement(), 1..8), given in any::<bool>()) {
        let mut nail = String::from("a=1 b=2 c= d=4 l=(p q)\nf() { log \"f $1\" $b; c=$1; }\nset -- o\n");
        for statement in statements {
            writeln!(nail, "{statement}").unwrap();
        }
        let host = MemoryHost::new()
            .with_file("foot", nail.as_bytes())
            .with_file("more", "log \"$a\" ${1:-none}\nd=$b\nif [ \"$c\" = z ]; then return; fi\nb=more\n");
        let mut settings = Settings::default();
        if given {
            settings.defines.push(("e".to_owned(), "given".to_owned()));
        }
        compare(&host, "foot", &settings, true);
    }
}
