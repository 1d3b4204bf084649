//! Texts made to hurt: each ends soon, without a panic and in little memory.

use std::sync::Mutex;
use std::time::Duration;

use toe_source::SourceId;
use toe_syntax::{SyntaxError, parse};

/// Two seconds where the compiler optimises; builds without that are ten times slower.
fn allowed() -> Duration {
    Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 })
}

/// The processor time of this process: on a busy machine the clock says nothing.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("proc is mounted");
    let after_name = stat.rsplit(')').next().expect("the fields after the name");
    // utime and stime, in hundredths of a second.
    let ticks: u64 =
        after_name.split_whitespace().skip(11).take(2).map(|f| f.parse::<u64>().expect("a number")).sum();
    Duration::from_millis(ticks * 10)
}

/// One text at a time, since the time is the whole process's.
static ONE: Mutex<()> = Mutex::new(());

/// Parses `text` and gives its errors.
fn errors(name: &str, text: &str) -> Vec<SyntaxError> {
    let one = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let begin = processor_time();
    let parsed = parse(SourceId(0), text);
    let took = processor_time().saturating_sub(begin);
    drop(one);
    eprintln!("{name}: {took:?}, {} errors", parsed.errors.len());
    assert!(took < allowed(), "{name} took {took:?}");
    let place = |s: toe_source::Span| s.start <= s.end && s.end as usize <= text.len() + 1;
    assert!(parsed.errors.iter().all(|e| place(e.span())), "{name}: spans are in the text");
    parsed.errors
}

const PAIRS: &[(&str, &str)] = &[
    ("$(", ")"),
    ("\"$(", ")\""),
    ("${x:-", "}"),
    ("\"${x:-", "}\""),
    ("$((", "))"),
    ("$((1+(", "))) "),
    ("(", ")"),
    ("((", "))"),
    ("{ ", " ; }"),
    ("if a; then ", " ; fi"),
    ("while a; do ", " ; done"),
    ("for x in a; do ", " ; done"),
    ("case x in x) ", " ;; esac"),
    ("f() { ", " ; }"),
    ("[[ ( ", " ) ]]"),
    ("a=(", ")"),
    ("a[", "]=x"),
    ("${a[", "]}"),
    ("a=([$(a=", ")]=x)"),
    ("[[ ! ", " ]]"),
    ("<(", ")"),
    ("`", "`"),
    ("'", "'"),
    ("\"", "\""),
    ("2>$(", ")"),
    ("export a=$(", ")"),
    ("a=$(", ")"),
    ("[[ a =~ (", ") ]]"),
    ("${x/", "}"),
    ("${x:$(", ")}"),
    ("! ", ""),
    ("a && ", ""),
    ("cat <<A\n$(", ")\nA\n"),
    ("select x in a; do ", " ; done"),
    ("coproc ", ""),
    ("time ", ""),
    ("a | ", ""),
];

#[test]
fn a_hundred_thousand_brackets() {
    for (open, close) in PAIRS {
        let depth = 100_000;
        let whole = format!("{}x{}", open.repeat(depth), close.repeat(depth));
        errors(&format!("{depth} of {open:?}"), &whole);
        errors(&format!("{depth} of {open:?}, unclosed"), &open.repeat(depth));
    }
}

#[test]
fn sixty_levels_unclosed_take_no_time() {
    for (open, close) in PAIRS {
        for depth in [20, 60] {
            let whole = format!("{}x{}", open.repeat(depth), close.repeat(depth));
            errors(&format!("{depth} of {open:?}"), &whole);
            let unclosed = open.repeat(depth);
            errors(&format!("{depth} of {open:?}, unclosed"), &unclosed);
            errors(&format!("{depth} of {open:?}, ended wrongly"), &format!("{unclosed}x)}};;"));
        }
    }
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    for (open, close) in [("$(", ")"), ("${x:-", "}"), ("if a; then ", " ; fi"), ("{ ", " ; }")] {
        let whole = format!("{}x{}", open.repeat(256), close.repeat(256));
        assert_eq!(errors(open, &whole), [], "256 of {open:?}");
        let whole = format!("{}x{}", open.repeat(257), close.repeat(257));
        assert!(
            errors(open, &whole).iter().any(|e| matches!(e, SyntaxError::TooDeep { .. })),
            "257 of {open:?}"
        );
    }
}

#[test]
fn long_lines() {
    let ten = 10 * 1024 * 1024;
    for piece in [
        "a", " ", "#", "'", "\"", "$", "\\a", "a ", "a;", "$x", "a b\n", ";", "\n", "\\\n", "(", "{a,b}",
        "''", "\"\"", "é", "a=b ", "<<A\n", "# c\n",
    ] {
        errors(&format!("10 MB of {piece:?}"), &piece.repeat(ten / piece.len()));
    }
}

/// What opens a construct in the middle of a word or command; none is closed as it should be.
const OPENERS: &[&str] = &[
    "x$(c ",
    "\"x$(c ",
    "$\"$(c ",
    "a=$(c ",
    "a=x$(c ",
    "a=(x$(c ",
    "a=([1]=$(c ",
    "${x-x$(",
    "${x:$(c ",
    "${a[$(",
    "a[$(c ",
    "$((1+$(c ",
    "x$((",
    "if ",
    "until x$(",
    "for i in x$(",
    "for ((i=$(",
    "case x$( ",
    "case x in x$(",
    "[[ a == x$(",
    "[[ a =~ x$(",
    "f() { ",
    "c >x$(",
    "declare a=x$(",
    "local a=($(c ",
    "~$(",
    "x\\\n$(",
];

#[test]
fn what_does_not_close_is_read_once() {
    for opener in OPENERS {
        for end in ["", "; ;", " )", "\"", " & ", ")) ", "}", "|| "] {
            // Read twice at each level, this would take years.
            let text = format!("log\n{}{end}\n", opener.repeat(60));
            assert!(!errors(opener, &text).is_empty(), "{text}");
        }
    }
}

/// Pieces of constructs, whose pairs must not make the grammar read anything twice.
const PIECES: &[&str] = &[
    "$(",
    "$(a; ",
    "r=([",
    "t",
    "! ",
    "a",
    " ",
    "${a:-",
    "${#-[",
    "${#a[",
    "${!a[",
    "${a[",
    "${a/",
    "${a:",
    "${a#",
    "${a^",
    "\"",
    "$\"",
    "'",
    "`",
    "\\`",
    "[1]=",
    "x=(",
    "x[",
    "=",
    "((",
    "$((",
    "[[ ",
    "[[ -n ",
    "[[ a =~ ",
    "( ",
    "(",
    "{ ",
    "if ",
    "while ",
    "case ",
    "case a in ",
    "(b) ",
    "for i in ",
    "for ((",
    "f() ",
    "function f ",
    "functionf() { ",
    "coproc a >$(",
    "timef() { ",
    "f() { ",
    "<(",
    ">",
    "2>",
    "<<A\n",
    ";",
    "&& ",
    "| ",
    "&",
    ";; ",
    "time ",
    "coproc ",
    "select i in ",
    "export ",
    "local a=",
    "~",
    "\\\n",
    "#",
    "\n",
    "1",
    "+=",
    "?",
    ":",
    "[",
    "}",
    ")",
    "]",
    "-",
    "*",
    "/",
    "then ",
    "do ",
    "in ",
    "$",
    "|",
    "==",
];

#[test]
fn no_two_pieces_are_read_twice() {
    for first in PIECES {
        for second in PIECES {
            for (before, behind) in [("", ""), ("", "]=x)"), ("\"", ""), ("\"", "}"), ("x=(", "")] {
                // Read twice at each level, this would take minutes.
                let text = format!("{before}{}{behind}", format!("{first}{second}").repeat(20));
                errors(&format!("20 of {first:?} {second:?} between {before:?} and {behind:?}"), &text);
            }
        }
    }
}
