//! Rules about whose variable it is: what they find, and what is meant so and left alone.

#![allow(clippy::unwrap_used, reason = "test code")]

use std::path::Path;

use toe_eval::{MemoryHost, Settings};
use toe_lint::{Configuration, Selector, lint};

/// How often the rule `code` finds something in a foot with the lines `nail`.
fn count(code: &'static str, nail: &str) -> usize {
    let text = format!("Base /var/deploy/web\n{nail}");
    let configuration =
        Configuration { select: Some(vec![Selector::Rule(code)]), ..Configuration::default() };
    let rules = configuration.rules_for(Path::new("foot"));
    let report = lint(&MemoryHost::new(), "foot", text.as_bytes(), &Settings::default(), &rules);
    report.diagnostics.iter().filter(|diagnostic| diagnostic.code == code).count()
}

#[test]
fn unset_in_arithmetic() {
    for (nail, found) in [
        ("log $((A + 1))\n", 1),
        ("(( A += 1 ))\n", 1),
        ("for ((i = A; i < 3; i++)); do log $i; done\n", 1),
        ("x=(a b)\nlog \"${x[A]}\"\n", 1),
        ("[ -n \"$B\" ] && A=1\nlog $((A + 1))\n", 1),
        ("f() {\n\tlog $((A + 1))\n}\nf\n", 1),
        ("set +u\nlog $((A + 1))\n", 1),
        ("A=1\nlog $((A + 1))\n", 0),
        ("log $((A = 1)) $((A + 1))\n", 0),
        ("log $((${A:-0} + 1))\n", 0),
        // It may be skipped.
        ("log $((B ? A : 0))\n", 0),
        ("log $((0 && A))\n", 0),
        ("for ((i = 0; i < 3; i++)); do log $i; done\n", 0),
        ("log $((RANDOM % 2))\n", 0),
        ("log \"${A?give it}\" $((A + 1))\n", 0),
    ] {
        assert_eq!(count("TOE119", nail), found, "{nail}");
    }
    // They are not told twice.
    for code in ["TOE201", "TOE202"] {
        assert_eq!(count(code, "log $((A + 1))\nPkgCheck a && C=1\nlog $((C))\n"), 0);
    }
    assert_eq!(count("TOE201", "log $(($A + 1))\n"), 1);
}

#[test]
fn variables_of_the_caller() {
    let calls = "for n in a b; do\n\tf\n\tlog $n\ndone\n";
    for (function, found) in [
        ("f() { for n in 1 2; do log $n; done; }\n", 1),
        ("f() { n=$1; log $n; }\n", 1),
        ("f() { local n; for n in 1 2; do log $n; done; }\n", 0),
        ("f() { local n=x; n=y; log $n; }\n", 0),
        // It reads the caller's value first, so it knows of it.
        ("f() { log $n; n=x; log $n; }\n", 0),
        ("f() { n=${n}x; log $n; }\n", 0),
        // It gives a value and has no use of its own for it.
        ("f() { n=x; }\n", 0),
        ("f() { log x; }\n", 0),
    ] {
        assert_eq!(count("TOE210", &format!("{function}{calls}")), found, "{function}");
    }
    let function = "f() { n=1; log $n; }\n";
    for (calls, found) in [
        ("n=0\nf\nlog $n\n", 1),
        ("f\nlog $n\n", 0),
        ("n=0\nf\nn=2\nlog $n\n", 0),
        ("n=0\nf\n", 0),
        ("n=0\nx=$(f)\nlog $n $x\n", 0),
    ] {
        assert_eq!(count("TOE210", &format!("{function}{calls}")), found, "{calls}");
    }
    assert_eq!(count("TOE210", "f() { ARCH=$(arch); log $ARCH; }\nARCH=noarch\nf\nlog $ARCH\n"), 0);
}

#[test]
fn values_that_end_with_a_substitution() {
    for (nail, found) in [
        ("f() { x=1; echo a; }\nlog \"$(f)\" \"$x\"\n", 1),
        ("log \"$(x=1; echo a)\" \"$x\"\n", 1),
        ("x=1\nf() { x=$((x + 1)); echo $x; }\nlog $(f) $(f)\n", 1),
        ("x=1\nf() { ((x++)); echo $x; }\nlog $(f) $(f)\n", 1),
        // Once, it may be a value of its own.
        ("x=1\nf() { x=$((x + 1)); echo $x; }\nlog $(f)\n", 0),
        ("x=a\nf() { x+=b; echo $x; }\nlog $(f) $(f)\n", 0),
        ("f() { Dir /a; }\nlog $(f)\n", 1),
        ("if PkgCheck none; then\n\tlog $(log a)\nfi\n", 1),
        // Used where it is set.
        ("log \"$(x=1; echo $x)\"\n", 0),
        ("f() { x=${1%.rpm}; echo ${x#web-}; }\nx=a\nlog $x $(f web-1.rpm) $x\n", 0),
        ("f() { local x=1; echo $x; }\nlog $(f)\n", 0),
        // Also called as a command.
        ("x=1\nf() { x=$((x + 1)); echo $x; }\nf\nlog $(f) $(f)\n", 0),
        ("log \"$(x=1; echo a)\" \"${x:-none}\"\n", 0),
        ("f() { PkgCheck a || die no; echo a; }\nlog $(f)\n", 0),
    ] {
        assert_eq!(count("TOE227", nail), found, "{nail}");
    }
}

#[test]
fn unquoted_expansions() {
    for (nail, found) in [
        ("x=a\nDir /srv/$x\n", 1),
        ("log ${1:-a} $(arch) `arch`\n", 3),
        ("for x in $y; do :; done\n", 1),
        ("x=a\nDir \"/srv/$x\"\n", 0),
        ("x=$y\ncase $y in a) ;; esac\n[[ $y == a ]]\n", 0),
        ("log $# $? ${#x} $((1 + 1)) ${x:+\"$x\"}\n", 0),
        ("$x a\n", 0),
    ] {
        assert_eq!(count("TOE102", nail), found, "{nail}");
    }
}
