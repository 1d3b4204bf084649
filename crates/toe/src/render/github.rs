//! Findings as annotations of GitHub Actions (its documentation, "Workflow commands"): a line each.

use std::fmt::Write;

use toe_source::Severity;

use super::findings::Found;

/// The lines, each ending in a newline.
pub fn annotations(found: &[Found]) -> String {
    let mut out = String::new();
    for Found { diagnostic, sources, .. } in found {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Style | Severity::Info => "notice",
        };
        let place = diagnostic.labels.first().map_or_else(String::new, |label| {
            let at = sources.start(label.span);
            let file = property(&sources.file(label.span.source).name);
            format!("file={file},line={},col={},", at.line, at.column)
        });
        let help = diagnostic.help.as_deref().unwrap_or_default();
        let text = data(&format!("{}\n{help}", diagnostic.message));
        let title = property(&diagnostic.code);
        let _ = writeln!(out, "::{command} {place}title={title}::{text}");
    }
    out
}

/// The text of an annotation: a newline would end it.
fn data(text: &str) -> String {
    text.trim_end().replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value between `,` and `::`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_nail_cannot_end_an_annotation() {
        assert_eq!(data("100%\n::error::x"), "100%25%0A::error::x");
        assert_eq!(property("a,b::c"), "a%2Cb%3A%3Ac");
    }
}
