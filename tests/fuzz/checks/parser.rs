//! Any bytes: the parser answers, with spans inside of the text, and the same twice.

use toe_source::{SourceId, Span};
use toe_syntax::parse_bytes;

/// Panics where that does not hold.
pub fn check(bytes: &[u8]) {
    let parsed = parse_bytes(SourceId(0), bytes);
    // An error at the end of the text points one behind it.
    let fits = |span: Span| span.start <= span.end && span.end as usize <= bytes.len() + 1;
    for error in &parsed.errors {
        assert!(fits(error.span()), "{error:?}");
        let diagnostic = error.diagnostic();
        assert!(diagnostic.labels.iter().all(|label| fits(label.span)), "{diagnostic:?}");
        assert!(!diagnostic.message.is_empty() && !diagnostic.code.is_empty(), "{diagnostic:?}");
    }
    if parsed.errors.is_empty() {
        let text = std::str::from_utf8(bytes).expect("a nail is UTF-8");
        for comment in &parsed.nail.comments {
            let Span { start, end, .. } = comment.span;
            assert!(
                text.get(start as usize..end as usize).is_some_and(|c| c.starts_with('#')),
                "{comment:?}"
            );
        }
    }
    let again = parse_bytes(SourceId(0), bytes);
    assert!(again.errors == parsed.errors && again.nail.eq_ignoring_spans(&parsed.nail));
}
