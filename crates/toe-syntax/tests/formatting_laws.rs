//! What holds of the printer for every nail: nothing is lost, nothing changes, twice is once.

#![allow(clippy::unwrap_used)]

mod random_nails;

use random_nails::Kind;
use toe_source::SourceId;
use toe_syntax::print::unified;
use toe_syntax::tree::Nail;
use toe_syntax::{FormatError, FormatOptions, format, is_formatted, parse};

const SOURCE: SourceId = SourceId(0);

fn layouts() -> [FormatOptions; 4] {
    let plain = FormatOptions::default();
    let all = FormatOptions {
        indent: 2,
        binary_next_line: true,
        switch_case_indent: true,
        space_redirects: true,
        function_next_line: true,
    };
    [
        plain,
        FormatOptions { indent: 4, binary_next_line: true, ..plain },
        FormatOptions { switch_case_indent: true, function_next_line: true, ..plain },
        all,
    ]
}

fn nail(text: &str) -> Nail {
    let parsed = parse(SOURCE, text);
    assert_eq!(parsed.errors, [], "of:\n{text}");
    parsed.nail
}

fn comments(nail: &Nail) -> Vec<&str> {
    nail.comments.iter().map(|comment| comment.text.trim_end()).collect()
}

fn holds(text: &str) {
    let before = nail(text);
    for options in layouts() {
        let once = format(SOURCE, text, options).unwrap_or_else(|e| panic!("{e:?} {options:?} of:\n{text}"));
        let after = nail(&once);
        assert!(before.eq_ignoring_spans(&after), "{options:?}:\n{text}\nbecame:\n{once}");
        assert_eq!(comments(&before), comments(&after), "{text}\nbecame:\n{once}");
        let twice = format(SOURCE, &once, options).unwrap_or_else(|e| panic!("{e:?} of:\n{once}"));
        assert!(once == twice, "{options:?}: {}", unified("twice", &once, &twice));
        assert_eq!(is_formatted(SOURCE, text, options), Ok(once == text), "{options:?} of:\n{text}");
        assert!(once.is_empty() || once.ends_with('\n') && !once.ends_with("\n\n"), "{once:?}");
    }
}

#[test]
fn random_nails_keep_their_meaning_and_stay_formatted() {
    let count: u64 = std::env::var("TOE_RANDOM_NAILS").ok().and_then(|n| n.parse().ok()).unwrap_or(150);
    let mut refused = 0;
    for seed in 1..=count {
        let text = random_nails::nail(seed * 0x9e37_79b9, Kind::Any);
        // The generator now and then begins a here-document where the language has none.
        if parse(SOURCE, &text).errors.is_empty() {
            holds(&text);
        } else {
            refused += 1;
        }
    }
    assert!(refused * 50 <= count, "{refused} of {count} are no nails");
}

#[test]
fn the_nails_of_the_repository() {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../TOENAILS");
    let mut seen = 0;
    for entry in std::fs::read_dir(directory).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        holds(&text);
        assert_eq!(format(SOURCE, &text, FormatOptions::default()).unwrap(), text);
        seen += 1;
    }
    assert!(seen >= 5, "only {seen} nails in {directory}");
}

/// What would end lines in parentheses goes below a here-document that its line announced.
#[test]
fn lines_of_here_documents() {
    for rest in [
        "X=$(case x in a) b; c ;; esac)",
        "X=$(a; b)",
        "X=`a; b`",
        "echo \")\" $(a; b)",
        "echo \"$(a \")\"; b)\"",
        "X=$(echo \\); b)",
        "a=(b c) d=$(e)",
        "{ a; b; }",
        "f() { a; b; }",
        "((a;b))",
        "for ((i=0;i<3;i++)); do a; done",
        "[[ ( a && b ) ]]",
        "echo ${x:-$(a; b)} \\\n c",
    ] {
        let text = format!("Write /a <<E && {rest}\nE\n");
        if parse(SOURCE, &text).errors.is_empty() {
            holds(&text);
        } else {
            assert_eq!(rest, "((a;b))");
        }
    }
}

/// Random bytes out of the language's own: errors or formatted, never a panic, never another meaning.
#[test]
fn random_text_is_formatted_or_refused() {
    let pieces = [
        "if",
        " then ",
        "fi",
        ";",
        ";;",
        "\n",
        " ",
        "$(",
        ")",
        "{",
        "}",
        "\"",
        "'",
        "#",
        "\\\n",
        "<<E\n",
        "E\n",
        "a",
        "=",
        "case x in",
        "esac",
        "&&",
        "[[ ",
        " ]]",
        "${",
        "((",
        "))",
        "`",
        "\t",
        "\r\n",
        "for i ",
        "for ((",
        "$((",
        "+",
        "- ",
        "?",
        ":",
        "[",
        "]",
        "$a",
        "do ",
        "done",
        "f()",
        "!",
    ];
    let (mut formatted, mut refused) = (0, 0);
    let mut state = 7_u64;
    for _ in 0..6000 {
        let mut text = String::new();
        for _ in 0..3 + state % 9 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(pieces[(state >> 20) as usize % pieces.len()]);
        }
        match format(SOURCE, &text, FormatOptions::default()) {
            Ok(once) => {
                formatted += 1;
                let twice = format(SOURCE, &once, FormatOptions::default());
                assert_eq!(twice.as_ref(), Ok(&once), "from {text:?}");
            }
            Err(FormatError::Syntax(errors)) => {
                refused += 1;
                assert_ne!(errors, []);
            }
            Err(FormatError::MeaningChanged | FormatError::Unsettled) => panic!("{text:?}"),
        }
    }
    assert!(formatted > 100 && refused > 100, "{formatted} {refused}");
}

#[test]
fn deep_nesting_needs_no_deep_stack() {
    for (open, inner, close) in
        [("{ ", "a", ";}"), ("a $(", "b", ")"), ("if a; then ", "b", "; fi"), ("\"$(a ", "b", ")\"")]
    {
        let deep = |levels: usize| format!("{}{inner}{}", open.repeat(levels), close.repeat(levels));
        let levels =
            (10..250).rev().step_by(10).find(|n| parse(SOURCE, &deep(*n)).errors.is_empty()).unwrap();
        assert!(levels >= 40, "{open} {levels}");
        let once = format(SOURCE, &deep(levels), FormatOptions::default()).unwrap();
        assert_eq!(format(SOURCE, &once, FormatOptions::default()).as_ref(), Ok(&once));
    }
}

/// Ten times the text may take a little more than ten times as long, not a hundred times.
#[test]
fn time_is_linear_in_the_text() {
    let piece = "if [ -f \"$x\" ]; then # why\n  Rpm   \"${MREPO_URL}/a-1.0-1.noarch.rpm\" \\\n --noscripts\nfi\nWrite /x <<E\ntext\nE\n";
    let took = |count: usize| {
        let text = piece.repeat(count);
        let start = std::time::Instant::now();
        format(SOURCE, &text, FormatOptions::default()).unwrap();
        start.elapsed().as_secs_f64()
    };
    took(20);
    let (small, large) = (took(100).max(1e-4), took(1000));
    assert!(large < small * 40.0, "{small} s, ten times the text: {large} s");
}
