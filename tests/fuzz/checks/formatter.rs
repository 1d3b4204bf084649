//! Any nail: what is printed means the same, keeps every comment, and stays as it is when printed again;
//! and what it evaluates to is the same.

use toe_eval::{EvalErrorKind, Limits, MemoryHost, Settings, evaluate};
use toe_source::SourceId;
use toe_syntax::tree::Nail;
use toe_syntax::{FormatError, FormatOptions, format, is_formatted, parse};

/// The first byte chooses the style, the rest is the nail.
fn options(byte: u8) -> FormatOptions {
    FormatOptions {
        indent: usize::from(byte & 7).try_into().expect("small"),
        binary_next_line: byte & 8 != 0,
        switch_case_indent: byte & 16 != 0,
        space_redirects: byte & 32 != 0,
        function_next_line: byte & 64 != 0,
    }
}

fn comments(nail: &Nail) -> Vec<&str> {
    nail.comments.iter().map(|comment| comment.text.trim_end()).collect()
}

/// A directive with its words.
type Directive = (String, Vec<String>);

/// What an evaluation came to.
#[derive(Debug, PartialEq)]
enum Meaning {
    /// The directives, and what is printed.
    Plan(Vec<Directive>, String),
    Error,
    /// A limit stopped it. How much work a file is depends on its length, so the layout may matter for that.
    Unknown,
}

fn meaning(text: &str) -> Meaning {
    let limits = Limits { steps: 10_000, value_bytes: 1 << 20, ..Limits::default() };
    let host = MemoryHost::new().with_file("foot", text);
    let evaluation = evaluate(&host, "foot", &Settings { limits, ..Settings::default() });
    if evaluation.errors.iter().any(|error| matches!(*error.kind, EvalErrorKind::Limit { .. })) {
        return Meaning::Unknown;
    }
    let Some(plan) = evaluation.plan.filter(|_| evaluation.errors.is_empty()) else { return Meaning::Error };
    let words = plan.directives.iter().map(|d| (d.name.as_str().to_owned(), d.args.clone()));
    Meaning::Plan(words.collect(), evaluation.output)
}

/// Panics where that does not hold.
pub fn check(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let options = options(*first);
    let once = match format(SourceId(0), text, options) {
        Ok(once) => once,
        Err(FormatError::Syntax(errors)) => {
            assert!(!errors.is_empty());
            return;
        }
        // A CR that is a letter of a word may come to end a line, where it would be none: that is refused.
        Err(FormatError::MeaningChanged) if text.contains('\r') => return,
        Err(error) => panic!("{error}"),
    };
    assert_eq!(is_formatted(SourceId(0), text, options), Ok(once == text), "what --check says");
    let twice = format(SourceId(0), &once, options).expect("what was printed is a nail");
    assert_eq!(once, twice, "printed twice");
    let (before, after) = (parse(SourceId(0), text), parse(SourceId(0), &once));
    // CR and a byte-order mark are mended on the way: such a text alone is no nail.
    if before.errors.is_empty() {
        assert!(before.nail.eq_ignoring_spans(&after.nail), "another tree");
        assert_eq!(comments(&before.nail), comments(&after.nail), "other comments");
        let (text, once) = (meaning(text), meaning(&once));
        let known = text != Meaning::Unknown && once != Meaning::Unknown;
        assert!(!known || text == once, "another meaning: {text:?}, then {once:?}");
    }
}
